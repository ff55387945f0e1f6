//! What is on offer, filtered.

use domain::ministages::slot::SlotEvent;

use super::*;
use crate::{
    Definition,
    directory::schools::Schools,
    ministages::{
        bookings::Bookings,
        sample::{ORIGIN, booked, formation, published, pupil, slot, world},
        slots::Slots,
    },
    platforms::formations::Formations,
    spec::{Given, given_all},
};

const ALL: [Definition; 4] = [
    Definition::of::<Slots>(),
    Definition::of::<Bookings>(),
    Definition::of::<Schools>(),
    Definition::of::<Formations>(),
];

/// Slot 1 is full, slot 2 has a seat left, slot 3 was withdrawn.
fn offered() -> Given {
    let facts = world()
        .then(slot(2).uuid(), published(2, 2, "2026-03-12", 2))
        .then(slot(1).uuid(), published(1, 1, "2026-03-10", 1))
        .then(slot(3).uuid(), published(3, 1, "2026-03-11", 5))
        .then(slot(1).uuid(), booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(slot(2).uuid(), booked(2, 12, pupil(2, "Durand", "Léa"), ORIGIN))
        .then(
            slot(3).uuid(),
            SlotEvent::SlotWithdrawn {
                slot: slot(3),
                reason: "Travaux".to_owned(),
                bookings: Vec::new(),
            },
        );
    given_all(&ALL, &facts)
}

fn found(wanted: &Wanted) -> Vec<u128> {
    let page = offered().query(|db| slots(db, wanted, Window::first(10)));
    assert_eq!(page.total, page.items.len() as u64);
    page.items.iter().map(|it| it.id.uuid().as_u128()).collect()
}

fn public() -> Wanted {
    Wanted { on_offer: true, ..Wanted::default() }
}

#[test]
fn all_slots_on_offer_come_by_day_full_ones_too() {
    assert_eq!(found(&public()), [1, 2]);
    assert_eq!(found(&Wanted::default()), [1, 3, 2]);
    let page = offered().query(|db| slots(db, &public(), Window { offset: 1, limit: 1 }));
    assert_eq!((page.total, page.items[0].held, page.items[0].free()), (2, 1, 1));
}

#[test]
fn filters_narrow_the_catalogue() {
    let with = |change: fn(&mut Wanted)| {
        let mut wanted = public();
        change(&mut wanted);
        found(&wanted)
    };
    let none: [u128; 0] = [];

    assert_eq!(with(|it| it.only_free = true), [2]);
    assert_eq!(with(|it| it.formation = Some(formation(1))), [1]);
    assert_eq!(with(|it| it.level = Some(FormationLevel::BacPro)), [2]);
    assert_eq!(with(|it| it.from = Some(jiff::civil::date(2026, 3, 11))), [2]);
    assert_eq!(with(|it| it.to = Some(jiff::civil::date(2026, 3, 11))), [1]);
    assert_eq!(with(|it| it.city = Some("CHATEAUBRIANT".to_owned())), [1, 2]);
    assert_eq!(with(|it| it.departement = Some("Paris".to_owned())), none);
    assert_eq!(with(|it| it.host = Some(ORIGIN.parse().unwrap())), none);
    assert_eq!(with(|it| it.search = "electricite paul".to_owned()), [2]);
    assert_eq!(with(|it| it.platform = Some("ailleurs".parse().unwrap())), none);
}

#[test]
fn a_slot_that_began_is_left_out_on_request() {
    let after = |hour: i8, minute: i8| Wanted {
        after: Some(jiff::civil::date(2026, 3, 10).at(hour, minute, 0, 0)),
        ..public()
    };

    assert_eq!(found(&after(8, 29)), [1, 2]);
    assert_eq!(found(&after(8, 30)), [2]);
}
