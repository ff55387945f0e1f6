//! The life of a booking, and who is in it.

use domain::ministages::slot::{LapseCause, Side};

use super::*;
use crate::{
    Definition,
    ministages::{
        sample::{
            AT, ORIGIN, OTHER, booked, booking, cancelled, corrected, joined, person, platform,
            published, pupil, slot, world,
        },
        slots::Slots,
    },
    spec::{Facts, Given, START, forgets, given_all, unchanged_by_a_rebuild},
};

fn begun() -> Facts {
    let id = slot(1).uuid();
    world()
        .then(id, published(1, 1, "2026-03-10", 1))
        .then(id, booked(1, 11, pupil(1, "Martin-Été", "Zoé"), ORIGIN))
        .then(id, joined(1, 12, pupil(2, "Durand", "Léa"), OTHER))
        .then(id, joined(1, 13, pupil(1, "Martin-Été", "Zoé"), ORIGIN))
}

fn given(facts: &Facts) -> Given {
    given_all(&[Definition::of::<Bookings>(), Definition::of::<Slots>()], facts)
}

fn status(facts: &Facts, number: u128) -> BookingStatus {
    let found = given(facts).query(|db| by_id(db, booking(number)));
    found.unwrap().status
}

fn promoted() -> SlotEvent {
    SlotEvent::WaitlistPromoted { slot: slot(1), booking: booking(12), deadline: START }
}

#[test]
fn a_booking_is_read_with_its_pupil_and_guardian() {
    let read = given(&begun()).query(|db| by_id(db, booking(11))).unwrap();

    assert_eq!(read.pupil, pupil(1, "Martin-Été", "Zoé"));
    assert_eq!(read.status, BookingStatus::Booked);
    assert_eq!((read.since, read.deadline, read.present), (Some(AT), None, None));
    assert_eq!((read.slot, read.origin.as_str()), (slot(1), ORIGIN));
    assert_eq!(read.kind, PupilKind::Internal);
}

#[test]
fn a_corrected_pupil_replaces_what_was_typed_in_that_booking_alone() {
    let in_truth = Personal::new(
        person(1),
        PupilIdentity {
            last_name: "Martin-Unique".to_owned(),
            first_name: "Zoë".to_owned(),
            birth_date: None,
            class: None,
            guardian: None,
        },
    );
    let facts = begun().then(slot(1).uuid(), corrected(1, 11, in_truth.clone()));
    let rows = given(&facts);
    let before = given(&begun()).query(|db| by_id(db, booking(11))).unwrap();

    let read = rows.query(|db| by_id(db, booking(11))).unwrap();
    let other = rows.query(|db| by_id(db, booking(13))).unwrap();

    assert_eq!(read, Booking { pupil: in_truth, ..before });
    assert_eq!(other.pupil, pupil(1, "Martin-Été", "Zoé"));
}

#[test]
fn who_waits_is_in_the_order_in_which_they_joined() {
    let rows = given(&begun());

    let line = rows.query(|db| waiting(db, slot(1)));
    let second = rows.query(|db| place_in_line(db, &line[1]));
    let seated = rows.query(|db| by_id(db, booking(11))).unwrap();

    assert_eq!(line.iter().map(|it| it.id).collect::<Vec<_>>(), [booking(12), booking(13)]);
    assert_eq!(second, Some(2));
    assert_eq!(rows.query(|db| place_in_line(db, &seated)), None);
}

#[test]
fn a_promotion_is_kept_accepted_or_lapses() {
    let id = slot(1).uuid();
    let accepted = SlotEvent::WaitlistAccepted { slot: slot(1), booking: booking(12), at: START };
    let lapsed = SlotEvent::WaitlistLapsed {
        slot: slot(1),
        booking: booking(12),
        cause: LapseCause::Unanswered,
    };
    let kept = begun().then(id, promoted());

    assert_eq!(status(&kept, 12), BookingStatus::Promoted);
    assert_eq!(status(&kept.clone().then(id, accepted), 12), BookingStatus::Booked);
    let after = kept.then(id, lapsed);
    let read = given(&after).query(|db| by_id(db, booking(12))).unwrap();
    assert_eq!((read.status, read.lapse), (BookingStatus::Lapsed, Some(LapseCause::Unanswered)));
}

#[test]
fn a_booking_is_confirmed_unconfirmed_and_expires() {
    let id = slot(1).uuid();
    let (slot, booking) = (slot(1), booking(11));
    let confirmed = begun().then(id, SlotEvent::BookingConfirmed { slot, booking });
    let unconfirmed = confirmed.clone().then(id, SlotEvent::BookingUnconfirmed { slot, booking });
    let expired = unconfirmed.clone().then(id, SlotEvent::BookingExpired { slot, booking });

    assert_eq!(status(&confirmed, 11), BookingStatus::Confirmed);
    assert_eq!(status(&unconfirmed, 11), BookingStatus::Booked);
    assert_eq!(status(&expired, 11), BookingStatus::Expired);
}

#[test]
fn a_cancellation_says_who_and_why() {
    let reason = Personal::new(person(1), "Malade".to_owned());
    let facts = begun().then(slot(1).uuid(), cancelled(1, 11, Some(reason)));

    let read = given(&facts).query(|db| by_id(db, booking(11))).unwrap();

    assert_eq!(read.status, BookingStatus::Cancelled);
    assert_eq!((read.cancelled_by, read.reason.as_deref()), (Some(Side::Origin), Some("Malade")));
}

#[test]
fn a_withdrawn_slot_takes_its_bookings_along() {
    let withdrawn = SlotEvent::SlotWithdrawn {
        slot: slot(1),
        reason: "Travaux".to_owned(),
        bookings: vec![booking(11), booking(12)],
    };
    let facts = begun().then(slot(1).uuid(), withdrawn);

    assert_eq!(status(&facts, 11), BookingStatus::Withdrawn);
    assert_eq!(status(&facts, 12), BookingStatus::Withdrawn);
}

#[test]
fn presence_is_recorded_corrected_and_followed_by_an_appreciation() {
    let id = slot(1).uuid();
    let facts = attended(begun()).then(
        id,
        SlotEvent::AttendanceCorrected { slot: slot(1), booking: booking(11), present: false },
    );

    let before = given(&attended(begun())).query(|db| by_id(db, booking(11))).unwrap();
    let after = given(&facts).query(|db| by_id(db, booking(11))).unwrap();

    assert_eq!(
        (before.present, before.appreciation.as_deref()),
        (Some(true), Some("Très curieuse-unique"))
    );
    assert_eq!(after.present, Some(false));
    assert_eq!(after.status, BookingStatus::Booked);
}

fn attended(facts: Facts) -> Facts {
    let (slot, booking) = (slot(1), booking(11));
    let text = Personal::new(person(1), "Très curieuse-unique".to_owned());
    facts
        .then(slot.uuid(), SlotEvent::AttendanceRecorded { slot, booking, present: true })
        .then(slot.uuid(), SlotEvent::AppreciationGiven { slot, booking, text })
}

#[test]
fn a_pupil_holds_what_is_not_over() {
    let rows = given(&begun());
    let after = given(&begun().then(slot(1).uuid(), cancelled(1, 11, None)));

    assert_eq!(rows.query(|db| held_by(db, person(1), &platform())), 2);
    assert_eq!(after.query(|db| held_by(db, person(1), &platform())), 1);
    assert_eq!(after.query(|db| of_slot(db, slot(1))).len(), 3);
    assert_eq!(after.query(|db| by_ids(db, &[booking(11), booking(99)])).len(), 1);
}

#[test]
fn a_rebuild_gives_the_same_bookings() {
    let id = slot(1).uuid();
    let facts = attended(begun())
        .then(id, promoted())
        .then(id, corrected(1, 11, pupil(1, "Martin-Unique", "Zoë")));

    unchanged_by_a_rebuild::<Bookings>(&facts);
}

#[test]
fn an_erased_pupil_is_forgotten() {
    let reason = Personal::new(person(1), "Malade-unique".to_owned());
    let facts = attended(begun())
        .then(slot(1).uuid(), corrected(1, 11, pupil(1, "Vrai-Unique", "Zoë")))
        .then(slot(1).uuid(), cancelled(1, 11, Some(reason)));
    let values = [
        "Vrai-Unique",
        "vrai unique",
        "Zoë",
        "Martin",
        "Zoé",
        "martin",
        "zoe",
        "2011-04-11",
        "4e-1",
        "Parent Martin",
        "Très curieuse-unique",
        "Malade-unique",
    ];

    forgets::<Bookings>(&facts, person(1), &values);

    let read = given(&facts.then_erased(person(1))).query(|db| by_id(db, booking(11))).unwrap();
    assert_eq!(read.pupil, Personal::erased(person(1)));
}
