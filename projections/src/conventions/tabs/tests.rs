//! The three tabs: who is in which, sorted and searched.

use domain::conventions::convention::ConventionEvent;
use domain::kernel::personal::Personal;

use super::*;
use crate::{
    Definition,
    conventions::register::Conventions,
    directory::schools::Schools,
    ministages::{
        bookings::Bookings,
        sample::{
            ORIGIN, OTHER, booked, convention, deposited, generated, person, platform, published,
            pupil, slot, uai, world,
        },
        slots::Slots,
    },
    spec::{Given, given_all},
};

/// 11 is not returned, 12 waits and was found wrong, 13 is validated.
fn three() -> Given {
    let (one, two) = (slot(1).uuid(), slot(2).uuid());
    let (second, third) = (convention(12).uuid(), convention(13).uuid());
    let facts = world()
        .then(one, published(1, 1, "2026-03-12", 5))
        .then(two, published(2, 1, "2026-03-10", 5))
        .then(one, booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(one, booked(1, 12, pupil(2, "Été", "Ana"), OTHER))
        .then(two, booked(2, 13, pupil(3, "Durand", "Tom"), ORIGIN))
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN))
        .then(second, generated(1, 12, person(2), OTHER))
        .then(third, generated(2, 13, person(3), ORIGIN))
        .then(second, deposited(12, person(2), "d"))
        .then(third, deposited(13, person(3), "d"))
        .then(
            second,
            ConventionEvent::ConventionInvalidated {
                convention: convention(12),
                reason: Personal::new(person(2), "Signature".to_owned()),
                was_validated: false,
            },
        )
        .then(third, ConventionEvent::ConventionValidated { convention: convention(13) });
    given_all(
        &[
            Definition::of::<Conventions>(),
            Definition::of::<Bookings>(),
            Definition::of::<Slots>(),
            Definition::of::<Schools>(),
        ],
        &facts,
    )
}

fn found(wanted: &Wanted) -> Vec<u128> {
    let page = three().query(|db| page(db, wanted, Window::first(50)));
    assert_eq!(page.total, page.items.len() as u64);
    page.items.iter().map(|it| it.parties.booking.uuid().as_u128()).collect()
}

#[test]
fn each_convention_is_in_its_tab() {
    let tab = |tab| found(&Wanted { tab: Some(tab), ..Wanted::default() });

    assert_eq!(tab(ConventionTab::NotReturned), [11]);
    assert_eq!(tab(ConventionTab::AwaitingValidation), [12]);
    assert_eq!(tab(ConventionTab::Validated), [13]);
}

#[test]
fn each_column_sorts() {
    let sorted = |by, descending| found(&Wanted { by, descending, ..Wanted::default() });

    assert_eq!(sorted(Sort::Date, false), [13, 12, 11]);
    assert_eq!(sorted(Sort::Name, false), [13, 12, 11]);
    assert_eq!(sorted(Sort::Name, true), [11, 12, 13]);
    assert_eq!(sorted(Sort::FirstName, false), [12, 13, 11]);
    assert_eq!(sorted(Sort::Guardian, false), [13, 12, 11]);
    assert_eq!(sorted(Sort::Origin, true), [12, 13, 11]);
    assert_eq!(sorted(Sort::ChangedAt, false), [11, 12, 13]);
}

#[test]
fn a_convention_is_searched_by_the_pupil_or_its_reference() {
    let search = |text: &str| found(&Wanted { search: text.to_owned(), ..Wanted::default() });

    assert_eq!(search("ETE"), [12]);
    assert_eq!(search("c-7f3k-0013"), [13]);
    assert_eq!(search("personne"), [0; 0]);
}

#[test]
fn a_school_sees_its_own_and_counts_them() {
    let own = Scope { origin: Some(uai(ORIGIN)), ..Scope::default() };
    let all = Scope { platform: Some(platform()), ..Scope::default() };

    assert_eq!(found(&Wanted { scope: own.clone(), ..Wanted::default() }), [13, 11]);
    let counted = TabCounts { not_returned: 1, awaiting: 0, non_conforming: 0, validated: 1 };
    assert_eq!(three().query(|db| counts(db, &own)), counted);
    let counted = TabCounts { not_returned: 1, awaiting: 1, non_conforming: 1, validated: 1 };
    assert_eq!(three().query(|db| counts(db, &all)), counted);
}
