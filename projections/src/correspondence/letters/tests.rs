//! Letters on their way, sent, tried again, given up.

use domain::{
    correspondence::letter::DeliveryFaultKind,
    kernel::ids::{AccountId, BookingId},
};
use jiff::SignedDuration;

use super::*;
use crate::{
    Definition,
    conventions::register::Conventions,
    ministages::{
        bookings::Bookings,
        sample::{
            HOST, ORIGIN, OTHER, booked, booking, convention, generated, person, platform,
            published, pupil, slot, uai, world,
        },
        slots::Slots,
    },
    spec::{Facts, Given, given, given_all, unchanged_by_a_rebuild},
};

fn letter(number: u128) -> LetterId {
    LetterId::from_u128(number)
}

fn requested(number: u128, recipient: Recipient, booking: Option<BookingId>) -> LetterEvent {
    LetterEvent::LetterRequested {
        letter: letter(number),
        template: Template::BookingToHost,
        recipient,
        about: About { booking, ..About::default() },
    }
}

fn asked() -> Facts {
    Facts::new()
        .on("lycee-demo-paul")
        .then(letter(1).uuid(), requested(1, Recipient::Host, Some(booking(11))))
}

fn fault() -> DeliveryFault {
    DeliveryFault { kind: DeliveryFaultKind::Deferred, code: Some(451) }
}

fn failed(facts: &Facts) -> (Facts, Timestamp) {
    let next_attempt = crate::spec::START + SignedDuration::from_hours(1);
    let event =
        LetterEvent::LetterFailed { letter: letter(1), attempt: 1, error: fault(), next_attempt };
    (facts.clone().then(letter(1).uuid(), event), next_attempt)
}

fn read(facts: &Facts) -> Letter {
    given::<Letters>(facts).query(|db| by_id(db, letter(1))).unwrap()
}

fn due_at(facts: &Facts, now: Timestamp) -> usize {
    given::<Letters>(facts).query(|db| due(db, now, 10)).len()
}

#[test]
fn a_letter_is_due_from_the_moment_it_is_asked_for() {
    let row = read(&asked());

    assert_eq!((row.status, row.attempts), (LetterStatus::Requested, 0));
    assert_eq!((row.recipient, row.about.booking), (Recipient::Host, Some(booking(11))));
    assert_eq!(row.platform, Some(platform()));
    assert_eq!(due_at(&asked(), crate::spec::START), 1);
    assert_eq!(due_at(&asked(), crate::spec::START - SignedDuration::from_secs(1)), 0);
}

#[test]
fn a_letter_that_failed_is_due_again_later_and_says_why() {
    let (facts, next) = failed(&asked());

    let row = read(&facts);
    assert_eq!((row.status, row.attempts), (LetterStatus::Retrying, 1));
    assert_eq!((row.fault, row.due), (Some(fault()), Some(next)));
    assert_eq!(due_at(&facts, next - SignedDuration::from_secs(1)), 0);
    assert_eq!(due_at(&facts, next), 1);
    assert_eq!(given::<Letters>(&facts).query(next_due), Some(next));
}

#[test]
fn a_letter_sent_or_given_up_is_due_no_more_until_it_is_asked_for_again() {
    let sent = LetterEvent::LetterSent { letter: letter(1), attempt: 2 };
    let abandoned = LetterEvent::LetterAbandoned { letter: letter(1), attempt: 8, error: fault() };
    let far = crate::spec::START + SignedDuration::from_hours(1000);
    let (tried, _) = failed(&asked());
    let sent = tried.clone().then(letter(1).uuid(), sent);
    let abandoned = tried.then(letter(1).uuid(), abandoned);
    let again = LetterEvent::LetterResendRequested { letter: letter(1) };
    let again = abandoned.clone().then(letter(1).uuid(), again);

    let row = read(&sent);
    assert_eq!((row.status, row.attempts, row.fault), (LetterStatus::Sent, 2, None));
    assert!(row.sent_at.is_some());
    let row = read(&abandoned);
    assert_eq!((row.status, row.fault), (LetterStatus::Abandoned, Some(fault())));
    assert_eq!((due_at(&sent, far), due_at(&abandoned, far), due_at(&again, far)), (0, 0, 1));
    assert_eq!(read(&again).status, LetterStatus::Requested);
    assert_eq!(given::<Letters>(&sent).query(next_due), None);
}

/// A letter to each kind of recipient, and one about a convention.
fn five() -> Given {
    let to_account = Recipient::Account { account: AccountId::from_u128(5) };
    let to_school = Recipient::School { uai: uai(ORIGIN) };
    let about_convention = LetterEvent::LetterRequested {
        letter: letter(5),
        template: Template::ConventionValidated,
        recipient: Recipient::Origin,
        about: About { convention: Some(convention(11)), ..About::default() },
    };
    let facts = world()
        .then(slot(1).uuid(), published(1, 1, "2026-03-10", 2))
        .then(slot(1).uuid(), booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN))
        .then(letter(1).uuid(), requested(1, Recipient::Host, Some(booking(11))))
        .then(letter(2).uuid(), requested(2, Recipient::Origin, Some(booking(11))))
        .then(letter(3).uuid(), requested(3, to_school, None))
        .then(letter(4).uuid(), requested(4, to_account, None))
        .then(letter(5).uuid(), about_convention);
    given_all(
        &[
            Definition::of::<Letters>(),
            Definition::of::<Bookings>(),
            Definition::of::<Slots>(),
            Definition::of::<Conventions>(),
        ],
        &facts,
    )
}

fn found(change: impl FnOnce(&mut Wanted)) -> Vec<u128> {
    let mut wanted = Wanted::default();
    change(&mut wanted);
    let found = five().query(|db| page(db, &wanted, Window::first(10)));
    found.items.iter().map(|it| it.id.uuid().as_u128()).collect()
}

#[test]
fn a_school_sees_what_goes_to_it_and_nobody_elses() {
    assert_eq!(found(|it| it.school = Some(uai(ORIGIN))), [5, 3, 2]);
    assert_eq!(found(|it| it.school = Some(uai(HOST))), [1]);
    assert_eq!(found(|it| it.school = Some(uai(OTHER))), [0; 0]);
}

#[test]
fn letters_are_filtered_and_the_latest_comes_first() {
    assert_eq!(found(|it| it.platform = Some(platform())), [5, 4, 3, 2, 1]);
    assert_eq!(found(|it| it.status = Some(LetterStatus::Sent)), [0; 0]);
    assert_eq!(found(|it| it.template = Some(Template::BookingToHost)).len(), 4);
    assert_eq!(found(|it| it.template = Some(Template::VerifyEmail)), [0; 0]);
}

#[test]
fn a_rebuild_gives_the_same_letters() {
    unchanged_by_a_rebuild::<Letters>(&failed(&asked()).0);
}
