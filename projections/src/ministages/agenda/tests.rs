//! What a school has to do, both ways.

use super::*;
use crate::{
    Definition,
    ministages::{
        bookings::Bookings,
        sample::{
            HOST, ORIGIN, booked, booking, cancelled, joined, published, pupil, slot, uai, world,
        },
        slots::Slots,
    },
    spec::given_all,
};

#[test]
fn an_agenda_has_the_pupils_sent_and_the_slots_offered() {
    let facts = world()
        .then(slot(1).uuid(), published(1, 1, "2026-03-10", 2))
        .then(slot(2).uuid(), published(2, 2, "2026-04-12", 1))
        .then(slot(1).uuid(), booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(slot(1).uuid(), booked(1, 12, pupil(2, "Durand", "Léa"), ORIGIN))
        .then(slot(1).uuid(), joined(1, 13, pupil(3, "Petit", "Tom"), ORIGIN))
        .then(slot(1).uuid(), cancelled(1, 12, None));
    let rows = given_all(&[Definition::of::<Bookings>(), Definition::of::<Slots>()], &facts);
    let march = (jiff::civil::date(2026, 3, 1), jiff::civil::date(2026, 3, 31));

    let sent = rows.query(|db| agenda(db, &uai(ORIGIN), march.0, march.1));
    let offered = rows.query(|db| agenda(db, &uai(HOST), march.0, march.1));

    assert_eq!(sent.bookings.iter().map(|it| it.id).collect::<Vec<_>>(), [booking(11)]);
    assert_eq!(sent.slots, []);
    assert_eq!(offered.bookings, []);
    assert_eq!(offered.slots.iter().map(|it| it.id).collect::<Vec<_>>(), [slot(1)]);
    assert_eq!(offered.slots[0].held, 1);
}
