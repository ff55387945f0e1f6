//! A placement is read whole.

use super::*;
use crate::{
    Definition,
    conventions::register::Conventions,
    directory::schools::Schools,
    ministages::{
        bookings::Bookings,
        sample::{
            HOST, ORIGIN, booked, booking, convention, formation, generated, person, platform,
            published, pupil, slot, world,
        },
        slots::Slots,
    },
    platforms::{formations::Formations, platform_list::Platforms},
    spec::{Given, given_all},
};

fn placed() -> Given {
    let facts = world()
        .then(slot(1).uuid(), published(1, 2, "2026-03-10", 2))
        .then(slot(1).uuid(), booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(slot(1).uuid(), booked(1, 12, pupil(2, "Durand", "Léa"), ORIGIN))
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN));
    given_all(
        &[
            Definition::of::<Bookings>(),
            Definition::of::<Slots>(),
            Definition::of::<Conventions>(),
            Definition::of::<Schools>(),
            Definition::of::<Formations>(),
            Definition::of::<Platforms>(),
        ],
        &facts,
    )
}

#[test]
fn a_placement_has_all_that_a_letter_says() {
    let read = placed().query(|db| placement(db, booking(11))).unwrap();

    assert_eq!(read.booking.pupil, pupil(1, "Martin", "Zoé"));
    assert_eq!(read.slot.id, slot(1));
    assert_eq!(read.origin.unwrap().uai.as_str(), ORIGIN);
    assert_eq!(read.host.unwrap().uai.as_str(), HOST);
    let found = read.formation.unwrap();
    assert_eq!((found.formation, found.label.as_str()), (formation(2), "Électricité"));
    assert_eq!(read.platform.unwrap().platform, platform());
    assert_eq!(read.convention.unwrap().id, convention(11));
}

#[test]
fn a_placement_is_found_by_its_convention() {
    let rows = placed();

    let found = rows.query(|db| of_convention(db, convention(11))).unwrap();

    assert_eq!(found.booking.id, booking(11));
    assert_eq!(rows.query(|db| of_convention(db, convention(12))), None);
    assert_eq!(rows.query(|db| placement(db, booking(99))), None);
}

#[test]
fn several_placements_keep_their_order() {
    let rows = placed();

    let found = rows.query(|db| {
        let mut both = bookings::of_slot(db, slot(1))?;
        both.reverse();
        placements(db, both)
    });

    let ids: Vec<_> = found.iter().map(|it| (it.booking.id, it.convention.is_some())).collect();
    assert_eq!(ids, [(booking(12), false), (booking(11), true)]);
}
