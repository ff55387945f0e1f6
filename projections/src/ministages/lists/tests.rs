//! Lists of bookings: filtered, searched, sorted, cut into pages.

use super::*;
use crate::{
    Definition,
    directory::schools::Schools,
    ministages::{
        bookings::Bookings,
        sample::{
            HOST, ORIGIN, OTHER, booked, cancelled, corrected, formation, joined, person, platform,
            published, pupil, slot, uai, world,
        },
        slots::Slots,
    },
    platforms::formations::Formations,
    spec::{Given, given_all},
};

const ALL: [Definition; 4] = [
    Definition::of::<Bookings>(),
    Definition::of::<Slots>(),
    Definition::of::<Schools>(),
    Definition::of::<Formations>(),
];

fn three() -> Given {
    let facts = world()
        .then(slot(1).uuid(), published(1, 1, "2026-03-10", 2))
        .then(slot(2).uuid(), published(2, 2, "2026-03-12", 1))
        .then(slot(2).uuid(), booked(2, 11, pupil(1, "Martin-Été", "Zoé"), ORIGIN))
        .then(slot(1).uuid(), booked(1, 12, pupil(2, "Étienne", "Léa"), OTHER))
        .then(slot(1).uuid(), booked(1, 13, pupil(3, "Durand", "Tom"), ORIGIN))
        .then(slot(2).uuid(), joined(2, 14, pupil(4, "Petit", "Ugo"), ORIGIN))
        .then(slot(1).uuid(), cancelled(1, 13, None));
    given_all(&ALL, &facts)
}

fn numbers(bookings: &[Booking]) -> Vec<u128> {
    bookings.iter().map(|it| it.id.uuid().as_u128()).collect()
}

fn sorted(by: Sort, descending: bool) -> Vec<u128> {
    let order = Order { by, descending };
    let page = three().query(|db| bookings(db, &Wanted::default(), order, Window::first(10)));
    numbers(&page.items)
}

fn found(wanted: &Wanted) -> Vec<u128> {
    numbers(&three().query(|db| all(db, wanted, Order::default())))
}

#[test]
fn each_column_sorts_both_ways() {
    assert_eq!(sorted(Sort::Date, false), [13, 12, 11, 14]);
    assert_eq!(sorted(Sort::Date, true), [11, 14, 13, 12]);
    assert_eq!(sorted(Sort::Name, false), [13, 12, 11, 14]);
    assert_eq!(sorted(Sort::FirstName, false), [12, 13, 14, 11]);
    assert_eq!(sorted(Sort::Origin, true), [12, 13, 11, 14]);
    assert_eq!(sorted(Sort::Host, false), [13, 12, 11, 14]);
    assert_eq!(sorted(Sort::Formation, true), [11, 14, 13, 12]);
    assert_eq!(sorted(Sort::BookedAt, false), [11, 12, 13, 14]);
}

/// What is found once the filter is changed so.
fn with(change: impl FnOnce(&mut Wanted)) -> Vec<u128> {
    let mut wanted = Wanted::default();
    change(&mut wanted);
    found(&wanted)
}

#[test]
fn each_filter_narrows() {
    let day = jiff::civil::date(2026, 3, 11);
    let statuses = vec![BookingStatus::Cancelled, BookingStatus::Waiting];

    assert_eq!(with(|it| it.origin = Some(uai(ORIGIN))), [13, 11, 14]);
    assert_eq!(with(|it| it.host = Some(uai(HOST))).len(), 4);
    assert_eq!(with(|it| it.host = Some(uai(ORIGIN))), [0; 0]);
    assert_eq!(with(|it| it.platform = Some(platform())).len(), 4);
    assert_eq!(with(|it| it.slot = Some(slot(1))), [13, 12]);
    assert_eq!(with(|it| it.formation = Some(formation(2))), [11, 14]);
    assert_eq!(with(|it| it.pupil = Some(person(2))), [12]);
    assert_eq!(with(|it| it.from = Some(day)), [11, 14]);
    assert_eq!(with(|it| it.to = Some(day)), [13, 12]);
    assert_eq!(with(|it| it.statuses = statuses), [13, 14]);
    assert_eq!(with(|it| it.attended = Some(true)), [0; 0]);
}

#[test]
fn a_pupil_is_found_without_regard_to_accents_case_or_order() {
    assert_eq!(with(|it| it.search = "zoe ETE".to_owned()), [11]);
    assert_eq!(with(|it| it.search = "etienne l".to_owned()), [12]);
}

#[test]
fn a_corrected_pupil_is_found_and_sorted_by_the_right_name() {
    let facts = world()
        .then(slot(1).uuid(), published(1, 1, "2026-03-10", 2))
        .then(slot(1).uuid(), booked(1, 11, pupil(1, "Martin-Été", "Zoé"), ORIGIN))
        .then(slot(1).uuid(), booked(1, 12, pupil(2, "Étienne", "Léa"), ORIGIN))
        .then(slot(1).uuid(), corrected(1, 11, pupil(1, "Abadie", "Zoë")));
    let rows = given_all(&ALL, &facts);
    let named = |search: &str| {
        let wanted = Wanted { search: search.to_owned(), ..Wanted::default() };
        let order = Order { by: Sort::Name, descending: false };
        numbers(&rows.query(|db| all(db, &wanted, order)))
    };

    assert_eq!(named(""), [11, 12]);
    assert_eq!(named("abadie zoe"), [11]);
    assert_eq!(named("martin"), [0; 0]);
}

#[test]
fn a_page_keeps_the_total() {
    let wanted = Wanted { origin: Some(uai(ORIGIN)), ..Wanted::default() };
    let window = Window { offset: 1, limit: 1 };

    let page = three().query(|db| bookings(db, &wanted, Order::default(), window));

    assert_eq!((numbers(&page.items), page.total), (vec![11], 3));
}

#[test]
fn the_list_of_the_day_holds_those_who_have_a_seat() {
    let day = |date: jiff::civil::Date, platform: Option<&Slug>| {
        numbers(&three().query(|db| of_the_day(db, platform, &uai(HOST), date)))
    };
    let elsewhere: Slug = "ailleurs".parse().unwrap();

    assert_eq!(day(jiff::civil::date(2026, 3, 10), None), [12]);
    assert_eq!(day(jiff::civil::date(2026, 3, 12), Some(&platform())), [11]);
    assert_eq!(day(jiff::civil::date(2026, 3, 12), Some(&elsewhere)), [0; 0]);
}

#[test]
fn a_pupil_has_been_on_the_platforms_of_their_bookings() {
    let rows = three();

    let found = rows.query(|db| platforms_of_pupil(db, person(3)));

    assert_eq!(found, [platform()]);
    assert_eq!(rows.query(|db| platforms_of_pupil(db, person(99))), []);
}
