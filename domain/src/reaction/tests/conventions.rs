//! What follows from events of conventions.

use super::*;
use jiff::{
    Timestamp,
    civil::{date, time},
};

use crate::{
    conventions::{
        convention::{ConventionEvent, ConventionLapse, Parties, Recognition, SignatureCheck},
        signing::{Channel, LinkCause, Signatory, SigningEnd, SigningEvent},
        terms::{Change, Terms},
    },
    kernel::ids::CodeId,
    ministages::slot::{PupilIdentity, Side},
};

fn about_convention() -> About {
    About { convention: Some(CONVENTION), ..About::default() }
}

fn to_origin(template: Template) -> Reaction {
    letter(template, Recipient::Origin, about_convention())
}

#[test]
fn a_generated_convention_is_mailed_to_the_school_of_origin() {
    let parties = Parties {
        platform: "lycee-demo-paul".parse().unwrap(),
        slot: SLOT,
        booking: BOOKING,
        host: "0491234A".parse().unwrap(),
        origin: college(),
        pupil: ZOE,
    };

    follows(
        ConventionEvent::ConventionGenerated {
            convention: CONVENTION,
            parties,
            reference: "C-7F3K-92QD".to_owned(),
            original: document(),
            pages: 2,
            template: "1".to_owned(),
            terms: None,
        },
        &[letter(
            Template::ConventionToOrigin,
            Recipient::Origin,
            About {
                platform: Some("lycee-demo-paul".parse().unwrap()),
                slot: Some(SLOT),
                booking: Some(BOOKING),
                convention: Some(CONVENTION),
                ..About::default()
            },
        )],
    );
}

#[test]
fn what_says_something_else_is_signed_again_and_mailed() {
    let terms = Terms {
        date: date(2027, 1, 13),
        start: time(9, 0, 0, 0),
        end: time(12, 0, 0, 0),
        room: None,
        teacher: None,
        pupil: PupilIdentity {
            last_name: "Témoin".to_owned(),
            first_name: "Zoé".to_owned(),
            birth_date: None,
            class: None,
            guardian: None,
        },
        rest: "aa".repeat(32),
    };
    let changes = vec![Change::Place];

    follows(
        ConventionEvent::ConventionAmended {
            convention: CONVENTION,
            print: 2,
            original: document(),
            pages: 2,
            template: "1".to_owned(),
            terms: Personal::new(ZOE, terms),
            changes: changes.clone(),
            at: Timestamp::UNIX_EPOCH,
        },
        &[
            Reaction::AskSignaturesAgain { convention: CONVENTION, changes },
            to_origin(Template::ConventionAmended),
        ],
    );
}

#[test]
fn the_side_that_did_not_deposit_is_told() {
    for (side, told) in [(Side::Origin, Recipient::Host), (Side::Host, Recipient::Origin)] {
        follows(
            ConventionEvent::ConventionDeposited {
                convention: CONVENTION,
                document: document(),
                pages: 2,
                side,
                recognised: Recognition::OriginalBytes,
                signatures: SignatureCheck::NotLooked,
            },
            &[
                close_signing(SigningEnd::Deposited),
                letter(Template::ConventionDeposited, told, about_convention()),
            ],
        );
    }
}

#[test]
fn a_validated_convention_confirms_the_booking() {
    follows(
        ConventionEvent::ConventionValidated { convention: CONVENTION },
        &[
            Reaction::ConfirmBooking { convention: CONVENTION },
            to_origin(Template::ConventionValidated),
        ],
    );
}

#[test]
fn only_a_convention_that_was_validated_unconfirms_the_booking() {
    let invalidated = |was_validated| ConventionEvent::ConventionInvalidated {
        convention: CONVENTION,
        reason: Personal::new(ZOE, "signature manquante".to_owned()),
        was_validated,
    };

    follows(invalidated(false), &[to_origin(Template::ConventionInvalidated)]);
    follows(
        invalidated(true),
        &[
            Reaction::UnconfirmBooking { convention: CONVENTION },
            to_origin(Template::ConventionInvalidated),
        ],
    );
}

#[test]
fn the_school_of_origin_is_told_of_a_regeneration_and_reminded() {
    follows(
        ConventionEvent::ConventionRegenerated { convention: CONVENTION },
        &[close_signing(SigningEnd::Regenerated), to_origin(Template::ConventionRegenerated)],
    );
    follows(
        ConventionEvent::ReminderSent { convention: CONVENTION },
        &[to_origin(Template::ConventionReminder)],
    );
}

fn close_signing(cause: SigningEnd) -> Reaction {
    Reaction::CloseSigning { convention: CONVENTION, cause }
}

#[test]
fn nobody_is_asked_to_sign_what_is_void() {
    follows(
        ConventionEvent::ConventionLapsed {
            convention: CONVENTION,
            cause: ConventionLapse::SlotWithdrawn,
        },
        &[close_signing(SigningEnd::Lapsed)],
    );
}

#[test]
fn what_was_signed_online_closes_no_signing_and_is_told_by_its_own_letters() {
    follows(
        ConventionEvent::ConventionDeposited {
            convention: CONVENTION,
            document: document(),
            pages: 3,
            side: Side::Origin,
            recognised: Recognition::SignedOnline,
            signatures: SignatureCheck::NotLooked,
        },
        &[],
    );
}

#[test]
fn a_link_and_a_code_leave_to_the_signatory() {
    let (role, channel) = (Signatory::Guardian, Channel::Mail);
    let (at, expires) = ("2026-12-20T08:15:00Z".parse().unwrap(), Timestamp::MAX);
    let about = About { role: Some(role), ..about_convention() };

    follows(
        SigningEvent::SigningLinkSent {
            convention: CONVENTION,
            role,
            link: LINK,
            channel,
            cause: LinkCause::Opening,
            at,
            expires,
        },
        &[letter(
            Template::SigningInvitation,
            Recipient::Signatory { role },
            About { link: Some(LINK), ..about.clone() },
        )],
    );
    let code = CodeId::from_u128(30);
    follows(
        SigningEvent::SigningCodeSent { convention: CONVENTION, role, code, channel, at, expires },
        &[letter(
            Template::SigningCode,
            Recipient::Signatory { role },
            About { code: Some(code), ..about },
        )],
    );
}

#[test]
fn the_school_of_origin_is_told_who_declines() {
    follows(
        SigningEvent::SignatureDeclined {
            convention: CONVENTION,
            role: Signatory::Guardian,
            reason: Personal::new(ZOE, "Les horaires ne conviennent pas.".to_owned()),
        },
        &[letter(
            Template::SigningDeclined,
            Recipient::Origin,
            About { role: Some(Signatory::Guardian), ..about_convention() },
        )],
    );
}

#[test]
fn what_all_have_signed_deposits_itself_then_all_are_told() {
    let told = |recipient| letter(Template::SigningCompleted, recipient, about_convention());

    follows(
        SigningEvent::SigningCompleted {
            convention: CONVENTION,
            roles: vec![Signatory::Origin, Signatory::Guardian, Signatory::Host],
        },
        &[
            Reaction::DepositSigned { convention: CONVENTION },
            told(Recipient::Origin),
            told(Recipient::Host),
            told(Recipient::Signatory { role: Signatory::Guardian }),
        ],
    );
}
