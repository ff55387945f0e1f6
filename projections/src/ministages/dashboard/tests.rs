//! The counters, seen from the platform and from one school.

use super::*;
use crate::{
    Definition,
    conventions::register::Conventions,
    ministages::{
        bookings::Bookings,
        sample::{
            ORIGIN, OTHER, booked, convention, deposited, generated, joined, person, platform,
            published, pupil, slot, uai, world,
        },
        slots::Slots,
    },
    spec::given_all,
};

#[test]
fn counters_count_what_is_expected_and_what_waits() {
    let facts = world()
        .then(slot(1).uuid(), published(1, 1, "2026-03-10", 2))
        .then(slot(2).uuid(), published(2, 2, "2026-03-16", 3))
        .then(slot(3).uuid(), published(3, 2, "2026-03-17", 1))
        .then(slot(4).uuid(), published(4, 2, "2026-03-09", 1))
        .then(slot(1).uuid(), booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(slot(2).uuid(), booked(2, 12, pupil(2, "Durand", "Léa"), OTHER))
        .then(slot(3).uuid(), booked(3, 13, pupil(3, "Petit", "Tom"), ORIGIN))
        .then(slot(3).uuid(), joined(3, 14, pupil(4, "Roux", "Eva"), ORIGIN))
        .then(slot(4).uuid(), booked(4, 15, pupil(5, "Blanc", "Ugo"), ORIGIN))
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN))
        .then(convention(12).uuid(), generated(2, 12, person(2), OTHER))
        .then(convention(12).uuid(), deposited(12, person(2), "d"));
    let rows = given_all(
        &[Definition::of::<Bookings>(), Definition::of::<Slots>(), Definition::of::<Conventions>()],
        &facts,
    );
    let today = jiff::civil::date(2026, 3, 10);
    let of = |scope: &Scope| rows.query(|db| counters(db, scope, today));

    let whole = of(&Scope { platform: Some(platform()), ..Scope::default() });
    let school = of(&Scope { origin: Some(uai(ORIGIN)), ..Scope::default() });

    assert_eq!((whole.today, whole.week, whole.coming), (1, 2, 3));
    assert_eq!((whole.waiting, whole.promoted, whole.unrecorded), (1, 0, 1));
    assert_eq!((whole.slots, whole.seats, whole.free), (3, 6, 3));
    assert_eq!((whole.conventions.not_returned, whole.conventions.awaiting), (1, 1));
    assert_eq!((school.week, school.coming, school.waiting), (1, 2, 1));
    assert_eq!((school.conventions.not_returned, school.conventions.awaiting), (1, 0));
}
