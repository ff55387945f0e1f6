//! Figures per formation and per school.

use domain::ministages::slot::SlotEvent;

use super::*;
use crate::{
    Definition,
    ministages::{
        bookings::Bookings,
        sample::{
            HOST, ORIGIN, OTHER, booked, booking, cancelled, formation, platform, published, pupil,
            slot, uai, world,
        },
        slots::Slots,
    },
    spec::{Given, given_all},
};

fn figures() -> Given {
    let (one, two) = (slot(1).uuid(), slot(2).uuid());
    let attended = |number, present| SlotEvent::AttendanceRecorded {
        slot: slot(1),
        booking: booking(number),
        present,
    };
    let facts = world()
        .then(one, published(1, 1, "2026-03-10", 3))
        .then(two, published(2, 2, "2026-03-12", 4))
        .then(slot(3).uuid(), published(3, 2, "2026-09-12", 4))
        .then(one, booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(one, booked(1, 12, pupil(2, "Durand", "Léa"), OTHER))
        .then(two, booked(2, 13, pupil(3, "Petit", "Tom"), ORIGIN))
        .then(two, cancelled(2, 13, None))
        .then(one, SlotEvent::BookingConfirmed { slot: slot(1), booking: booking(11) })
        .then(one, attended(11, true))
        .then(one, attended(12, false));
    given_all(&[Definition::of::<Bookings>(), Definition::of::<Slots>()], &facts)
}

fn of(scope: &Scope, by: By) -> Vec<Figures> {
    let year = (jiff::civil::date(2026, 1, 1), jiff::civil::date(2026, 8, 31));
    figures().query(|db| statistics(db, scope, year, by))
}

#[test]
fn each_formation_has_its_seats_and_what_became_of_them() {
    let found = of(&Scope { platform: Some(platform()), ..Scope::default() }, By::Formation);

    assert_eq!(found.len(), 2);
    let first = Figures {
        key: formation(1).uuid().to_string(),
        slots: 1,
        seats: 3,
        filled: 2,
        booked: 2,
        confirmed: 1,
        present: 1,
        absent: 1,
        ..Figures::default()
    };
    assert_eq!((found[0].clone(), found[0].fill_rate()), (first, Some(67)));
    let second = &found[1];
    assert_eq!((second.seats, second.booked, second.cancelled), (4, 0, 1));
    assert_eq!(second.fill_rate(), Some(0));
}

#[test]
fn schools_of_origin_offer_nothing() {
    let found = of(&Scope::default(), By::Origin);

    let keys: Vec<_> = found.iter().map(|it| (it.key.as_str(), it.booked, it.seats)).collect();
    assert_eq!(keys, [(ORIGIN, 1, 0), (OTHER, 1, 0)]);
    assert_eq!(found[0].fill_rate(), None);
}

#[test]
fn a_school_of_origin_reads_its_own_figures_at_each_host() {
    let own = Scope { origin: Some(uai(OTHER)), ..Scope::default() };

    let found = of(&own, By::Host);

    assert_eq!(found.len(), 1);
    assert_eq!((found[0].key.as_str(), found[0].booked, found[0].absent), (HOST, 1, 1));
    assert_eq!((found[0].seats, found[0].filled), (0, 0));
}
