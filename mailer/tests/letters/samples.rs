//! One letter for each template, and those whose words differ with what happened.

use domain::{
    accounts::school_space::MemberRole,
    conventions::signing::Signatory,
    correspondence::template::Template,
    ministages::slot::{LapseCause, Side},
};
use jiff::civil::{DateTime, date, datetime, time};
use mailer::{
    letter::LetterContent,
    letterhead::{Colour, Letterhead},
    letters::{
        Placement,
        access::{AccessDeclined, AccessRequested, MemberInvited, Requester},
        account::{
            AccountLocked, EmailChange, PasswordChanged, ResetPassword, SignInLink, VerifyEmail,
        },
        audit::SignedNote,
        booking::{AbsenceRecorded, BookingCancelled, BookingExpired, BookingToHost},
        convention::{
            ConventionAmended, ConventionDeposited, ConventionInvalidated, ConventionRegenerated,
            ConventionReminder, ConventionToOrigin, ConventionValidated,
        },
        signing::{SigningCode, SigningCompleted, SigningDeclined, SigningInvitation},
        slot::{SlotChanged, SlotWithdrawn},
        waitlist::{WaitlistJoined, WaitlistLapsed, WaitlistPromoted},
    },
};

const COLLEGE: &str = "Collège Jean Moulin (Nantes)";
const REFERENCE: &str = "C-7F3K-92QD";

pub(crate) fn head() -> Letterhead {
    Letterhead {
        name: "Mini-stages du Lycée Démo Paul".to_owned(),
        colour: Colour::ESCALE,
        home: "https://escale.example/lycee-demo-paul".to_owned(),
        support: Some("assistance@escale.example".to_owned()),
    }
}

fn link(path: &str) -> String {
    format!("https://escale.example/lycee-demo-paul/{path}")
}

/// A personal link; its address has what HTML must escape.
fn secret() -> String {
    link("lien?id=01hx&secret=q7Zk2v")
}

pub(crate) fn placement() -> Placement {
    Placement {
        pupil: Some("MARTIN Léa".to_owned()),
        origin: COLLEGE.to_owned(),
        host: "Lycée des métiers Démo Paul (Saint-Nazaire)".to_owned(),
        formation: "CAP Cuisine".to_owned(),
        date: date(2027, 1, 13),
        start: time(9, 15, 0, 0),
        end: time(12, 0, 0, 0),
        room: Some("B204".to_owned()),
        teacher: Some("Mme ROUX".to_owned()),
        note: Some("Apporter une blouse\u{202f};\nvenir en chaussures fermées.".to_owned()),
    }
}

/// As little as a slot may say, and a pupil who was erased.
fn erased() -> Placement {
    Placement { pupil: None, room: None, teacher: None, note: None, ..placement() }
}

fn deadline() -> DateTime {
    datetime(2027, 1, 11, 0, 0, 0, 0)
}

fn moment() -> DateTime {
    datetime(2027, 1, 5, 18, 30, 0, 0)
}

pub(crate) fn sample(template: Template) -> LetterContent {
    match template {
        Template::VerifyEmail => verify(Some(COLLEGE), 5),
        Template::ResetPassword => reset_password(),
        Template::PasswordChanged => password_changed(),
        Template::AccountLocked => locked(),
        Template::SignInLink => sign_in(),
        Template::EmailChange => email_change(),
        Template::AccessRequested => access_requested(),
        Template::AccessDeclined => access_declined(),
        Template::MemberInvited => invited(MemberRole::Manager),
        Template::ConventionToOrigin => convention_of(placement()),
        Template::BookingToHost => to_host(2),
        Template::ConventionDeposited => deposited(Side::Origin),
        Template::ConventionValidated => validated(),
        Template::ConventionInvalidated => invalidated(),
        Template::ConventionRegenerated => regenerated(),
        Template::ConventionAmended => amended(),
        Template::ConventionReminder => reminder(),
        Template::SigningInvitation => to_sign(Signatory::Guardian),
        Template::SigningCode => signing_code(),
        Template::SigningDeclined => declined(Signatory::Guardian),
        Template::SigningCompleted => signed(Some(link("reservations/42"))),
        Template::BookingCancelled => cancelled(Side::Origin, Some("L’élève est malade.")),
        Template::BookingExpired => expired(Side::Origin),
        Template::SlotWithdrawn => withdrawn(),
        Template::SlotChanged => changed(),
        Template::WaitlistJoined => waiting(),
        Template::WaitlistPromoted => promoted(),
        Template::WaitlistLapsed => lapsed(LapseCause::Unanswered),
        Template::AbsenceRecorded => absent(),
        Template::SignedNote => signed_note(),
    }
}

pub(crate) fn to_sign(role: Signatory) -> LetterContent {
    SigningInvitation {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        role,
        changed: None,
        link: secret(),
        until: moment(),
        lost: "https://escale.example/signer".to_owned(),
    }
    .into()
}

pub(crate) fn to_sign_again() -> LetterContent {
    SigningInvitation {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        role: Signatory::Guardian,
        changed: Some("l’écriture du nom du responsable légal".to_owned()),
        link: secret(),
        until: moment(),
        lost: "https://escale.example/signer".to_owned(),
    }
    .into()
}

fn signing_code() -> LetterContent {
    SigningCode { reference: REFERENCE.to_owned(), code: "048213".to_owned(), minutes: 10 }.into()
}

pub(crate) fn declined(role: Signatory) -> LetterContent {
    SigningDeclined {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        role,
        reason: Some("Les horaires ne conviennent pas.".to_owned()),
        link: link("reservations/42"),
    }
    .into()
}

pub(crate) fn signed(link: Option<String>) -> LetterContent {
    SigningCompleted { placement: placement(), reference: REFERENCE.to_owned(), link }.into()
}

fn reset_password() -> LetterContent {
    ResetPassword { link: secret(), minutes: 60 }.into()
}

fn password_changed() -> LetterContent {
    PasswordChanged { at: moment(), reset: link("mot-de-passe-oublie") }.into()
}

fn locked() -> LetterContent {
    AccountLocked { until: moment(), reset: link("mot-de-passe-oublie") }.into()
}

fn sign_in() -> LetterContent {
    SignInLink { link: secret(), minutes: 5 }.into()
}

fn email_change() -> LetterContent {
    EmailChange { link: secret(), minutes: 2880 }.into()
}

fn access_declined() -> LetterContent {
    AccessDeclined { school: COLLEGE.to_owned() }.into()
}

fn validated() -> LetterContent {
    ConventionValidated {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        link: link("conventions/C-7F3K-92QD"),
    }
    .into()
}

fn regenerated() -> LetterContent {
    ConventionRegenerated {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        deadline: deadline(),
        link: link("conventions/C-7F3K-92QD"),
    }
    .into()
}

fn amended() -> LetterContent {
    ConventionAmended {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        version: 2,
        changed: "la salle et la personne qui accueille".to_owned(),
        deadline: deadline(),
        link: link("conventions/C-7F3K-92QD"),
    }
    .into()
}

fn reminder() -> LetterContent {
    ConventionReminder {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        deadline: deadline(),
        link: link("conventions/C-7F3K-92QD"),
    }
    .into()
}

fn changed() -> LetterContent {
    SlotChanged { placement: placement(), link: link("reservations/42") }.into()
}

fn waiting() -> LetterContent {
    WaitlistJoined { placement: placement(), rank: Some(2), link: link("reservations/42") }.into()
}

fn promoted() -> LetterContent {
    WaitlistPromoted { placement: placement(), deadline: moment(), link: link("reservations/42") }
        .into()
}

fn absent() -> LetterContent {
    AbsenceRecorded { placement: placement(), link: link("reservations/42") }.into()
}

fn signed_note() -> LetterContent {
    SignedNote {
        log: "escale.example/journal".to_owned(),
        events: 41_250,
        several: true,
        at: moment(),
        file: "journal-000000041250.note".to_owned(),
    }
    .into()
}

fn verify(school: Option<&str>, minutes: u32) -> LetterContent {
    VerifyEmail { school: school.map(str::to_owned), link: secret(), minutes }.into()
}

fn access_requested() -> LetterContent {
    AccessRequested {
        school: COLLEGE.to_owned(),
        requester: Requester {
            name: Some("DURAND Anne".to_owned()),
            function: Some("Secrétaire".to_owned()),
            email: Some("anne.durand@ac-nantes.fr".to_owned()),
        },
        grant: link("acces?id=01hx&accorder=k3"),
        decline: link("acces?id=01hx&decliner=p9"),
    }
    .into()
}

fn invited(role: MemberRole) -> LetterContent {
    MemberInvited { school: COLLEGE.to_owned(), role, link: secret(), expires: moment() }.into()
}

/// A letter about any mini-stage.
pub(crate) fn convention_of(placement: Placement) -> LetterContent {
    ConventionToOrigin {
        placement,
        reference: REFERENCE.to_owned(),
        deadline: deadline(),
        link: link("conventions/C-7F3K-92QD"),
    }
    .into()
}

fn invalidated() -> LetterContent {
    ConventionInvalidated {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        reason: Some("La signature du responsable légal manque.".to_owned()),
        was_validated: false,
        deadline: Some(deadline()),
        link: link("conventions/C-7F3K-92QD"),
    }
    .into()
}

fn withdrawn() -> LetterContent {
    SlotWithdrawn {
        placement: placement(),
        reason: "Le professeur est absent.".to_owned(),
        link: link("creneaux"),
    }
    .into()
}

fn deposited(by: Side) -> LetterContent {
    ConventionDeposited {
        placement: placement(),
        reference: REFERENCE.to_owned(),
        by,
        link: link("conventions/C-7F3K-92QD"),
    }
    .into()
}

fn to_host(seats_left: u16) -> LetterContent {
    BookingToHost { placement: placement(), seats_left, seats: 4, link: link("reservations/42") }
        .into()
}

fn cancelled(by: Side, reason: Option<&str>) -> LetterContent {
    BookingCancelled {
        placement: placement(),
        by,
        reason: reason.map(str::to_owned),
        link: link("reservations"),
    }
    .into()
}

fn expired(to: Side) -> LetterContent {
    BookingExpired { placement: placement(), to, link: link("reservations") }.into()
}

fn lapsed(cause: LapseCause) -> LetterContent {
    WaitlistLapsed { placement: placement(), cause, link: link("creneaux") }.into()
}

/// The letters whose words differ with what happened, each under the name of its snapshot.
pub(crate) fn variants() -> Vec<(&'static str, LetterContent)> {
    vec![
        ("verify_email_without_school", verify(None, 1)),
        ("member_invited_as_teacher", invited(MemberRole::Teacher)),
        ("convention_deposited_by_host", deposited(Side::Host)),
        (
            "convention_invalidated_after_validation_and_erasure",
            ConventionInvalidated {
                placement: erased(),
                reference: REFERENCE.to_owned(),
                reason: None,
                was_validated: true,
                deadline: None,
                link: link("conventions/C-7F3K-92QD"),
            }
            .into(),
        ),
        ("signing_invitation_again", to_sign_again()),
        ("booking_to_host_one_seat_left", to_host(1)),
        ("booking_to_host_full", to_host(0)),
        ("booking_cancelled_by_host", cancelled(Side::Host, None)),
        ("booking_expired_to_host", expired(Side::Host)),
        ("waitlist_lapsed_declined", lapsed(LapseCause::Declined)),
    ]
}
