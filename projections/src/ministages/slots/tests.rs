//! Slots on offer, changed and withdrawn, with their seats counted.

use super::*;
use crate::{
    Definition,
    ministages::{
        bookings::Bookings,
        sample::{
            HOST, ORIGIN, TEACHER, booked, booking, cancelled, details, joined, platform,
            published, pupil, slot, uai, world,
        },
    },
    spec::{Facts, forgets, given_all, unchanged_by_a_rebuild},
};

const BOTH: [Definition; 2] = [Definition::of::<Slots>(), Definition::of::<Bookings>()];

fn full() -> Facts {
    let id = slot(1).uuid();
    world()
        .then(id, published(1, 1, "2026-03-10", 2))
        .then(id, booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(id, booked(1, 12, pupil(2, "Durand", "Léa"), ORIGIN))
        .then(id, joined(1, 13, pupil(3, "Petit", "Tom"), ORIGIN))
}

#[test]
fn a_slot_is_read_as_it_was_published_with_its_seats() {
    let slots = given_all(&BOTH, &full());

    let read = slots.query(|db| by_id(db, slot(1))).unwrap();

    assert_eq!(read.details, details("2026-03-10", 2));
    assert_eq!((read.platform.clone(), read.host.clone()), (platform(), uai(HOST)));
    assert_eq!((read.held, read.waiting, read.free()), (2, 1, 0));
    assert_eq!(read.begins_at(), jiff::civil::date(2026, 3, 10).at(8, 30, 0, 0));
    assert_eq!(read.withdrawn, None);
    assert_eq!(slots.query(|db| by_ids(db, &[slot(1), slot(9)])), [read]);
}

#[test]
fn a_promotion_keeps_the_seat_and_a_cancellation_frees_a_place_in_line() {
    let id = slot(1).uuid();
    let promoted = SlotEvent::WaitlistPromoted {
        slot: slot(1),
        booking: booking(13),
        deadline: crate::spec::START,
    };
    let facts = full()
        .then(id, cancelled(1, 11, None))
        .then(id, promoted)
        .then(id, joined(1, 14, pupil(4, "Roux", "Eva"), ORIGIN))
        .then(id, cancelled(1, 14, None));

    let read = given_all(&BOTH, &facts).query(|db| by_id(db, slot(1))).unwrap();

    assert_eq!((read.held, read.waiting), (2, 0));
}

#[test]
fn a_change_replaces_the_details_and_a_withdrawal_says_why() {
    let id = slot(1).uuid();
    let mut later = details("2026-03-11", 4);
    later.teacher = None;
    let facts = full()
        .then(
            id,
            SlotEvent::SlotChanged { slot: slot(1), details: later.clone(), bookings: Vec::new() },
        )
        .then(
            id,
            SlotEvent::SlotWithdrawn {
                slot: slot(1),
                reason: "Travaux".to_owned(),
                bookings: vec![booking(11), booking(12), booking(13)],
            },
        );

    let read = given_all(&BOTH, &facts).query(|db| by_id(db, slot(1))).unwrap();

    assert_eq!(read.details, later);
    assert_eq!(read.withdrawn.clone().unwrap().1, "Travaux");
    assert_eq!((read.held, read.waiting), (0, 0));
}

#[test]
fn the_days_of_a_host_leave_out_what_was_withdrawn() {
    let facts = full()
        .then(slot(2).uuid(), published(2, 1, "2026-03-12", 1))
        .then(slot(3).uuid(), published(3, 1, "2026-03-12", 1))
        .then(
            slot(1).uuid(),
            SlotEvent::SlotWithdrawn {
                slot: slot(1),
                reason: "Travaux".to_owned(),
                bookings: Vec::new(),
            },
        );
    let (from, to) = (jiff::civil::date(2026, 3, 1), jiff::civil::date(2026, 3, 31));

    let read = given_all(&BOTH, &facts).query(|db| days(db, &uai(HOST), from, to));

    assert_eq!(read, [jiff::civil::date(2026, 3, 12)]);
}

#[test]
fn a_rebuild_gives_the_same_slots() {
    unchanged_by_a_rebuild::<Slots>(&full());
}

#[test]
fn an_erased_teacher_is_forgotten() {
    forgets::<Slots>(&full(), TEACHER, &["Prof-Unique"]);
}
