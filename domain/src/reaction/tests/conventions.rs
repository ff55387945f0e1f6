//! What follows from events of conventions.

use super::*;
use crate::{
    conventions::convention::{ConventionEvent, Parties, Recognition},
    ministages::slot::Side,
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
fn the_side_that_did_not_deposit_is_told() {
    for (side, told) in [(Side::Origin, Recipient::Host), (Side::Host, Recipient::Origin)] {
        follows(
            ConventionEvent::ConventionDeposited {
                convention: CONVENTION,
                document: document(),
                pages: 2,
                side,
                recognised: Recognition::OriginalBytes,
            },
            &[letter(Template::ConventionDeposited, told, about_convention())],
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
        &[to_origin(Template::ConventionRegenerated)],
    );
    follows(
        ConventionEvent::ReminderSent { convention: CONVENTION },
        &[to_origin(Template::ConventionReminder)],
    );
}
