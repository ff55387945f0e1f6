//! Where a page goes, one reason a test.

use std::collections::BTreeMap;

use super::*;
use crate::conventions::scan_batch::{
    Awaited, KnownConvention, PageReading, PrintedPlace, ReadCode, Sender, SortedPage, sort,
};

fn code(of: u128, number: u16) -> ReadCode {
    ReadCode::Authentic { reference: format!("C-{of}"), number, of: 2, print: 1 }
}

fn page(of: u128, number: u16) -> PageReading {
    PageReading { codes: vec![code(of, number)], ..PageReading::default() }
}

fn lost() -> PageReading {
    PageReading::default()
}

/// Conventions 1 to 4 of the sender, 5 of another school, 6 of another platform, 7 validated,
/// 8 void.
fn known() -> BTreeMap<String, KnownConvention> {
    let one = |number: u128| {
        let it = KnownConvention {
            convention: convention(number),
            pages: 2,
            print: 1,
            platform: if number == 6 { "ailleurs" } else { "demo" }.parse().unwrap(),
            origin: if number == 5 { "0750655E" } else { "0590121L" }.parse().unwrap(),
            host: "0491234A".parse().unwrap(),
            awaited: match number {
                7 => Awaited::Validated,
                8 => Awaited::Lapsed,
                _ => Awaited::Yes,
            },
        };
        (format!("C-{number}"), it)
    };
    (1..=8).map(one).collect()
}

fn sender() -> Sender {
    Sender {
        platform: Some("demo".parse().unwrap()),
        school: "0590121L".parse().unwrap(),
        side: Side::Origin,
    }
}

fn sorted(stack: &[PageReading]) -> Vec<SortedPage> {
    sort(stack, &known(), &sender())
}

fn reasons(stack: &[PageReading]) -> Vec<Option<Unclassified>> {
    let reason = |page| match page {
        SortedPage::Attached(_) => None,
        SortedPage::Unclassified { reason, .. } => Some(reason),
    };
    sorted(stack).into_iter().map(reason).collect()
}

fn guesses(stack: &[PageReading], at: usize) -> Vec<PagePlace> {
    match sorted(stack).swap_remove(at) {
        SortedPage::Attached(place) => panic!("attached to {place:?}"),
        SortedPage::Unclassified { guesses, .. } => guesses,
    }
}

#[test]
fn a_code_says_where_a_page_belongs_in_any_order() {
    let found = sorted(&[page(2, 2), page(1, 1), page(2, 1), page(1, 2)]);

    let places = [place(2, 2), place(1, 1), place(2, 1), place(1, 2)];
    assert_eq!(found, places.map(SortedPage::Attached));
}

#[test]
fn each_page_that_is_not_attached_says_why() {
    let forged = PageReading { codes: vec![ReadCode::Forged], ..PageReading::default() };
    let blank = PageReading { blank: true, ..PageReading::default() };
    let several = PageReading { codes: vec![code(1, 1), code(2, 1)], ..PageReading::default() };
    let longer = ReadCode::Authentic { reference: "C-3".to_owned(), number: 1, of: 3, print: 1 };
    let longer = PageReading { codes: vec![longer], ..PageReading::default() };
    let before = ReadCode::Authentic { reference: "C-4".to_owned(), number: 1, of: 2, print: 2 };
    let before = PageReading { codes: vec![before], ..PageReading::default() };
    let cases = [
        (before, Unclassified::Superseded),
        (lost(), Unclassified::NoCode),
        (blank, Unclassified::Blank),
        (forged, Unclassified::Forged),
        (several, Unclassified::SeveralCodes),
        (longer, Unclassified::Inconsistent),
        (page(99, 1), Unclassified::Unknown),
        (page(5, 1), Unclassified::NotTheirs),
        (page(6, 1), Unclassified::OtherPlatform),
        (page(7, 1), Unclassified::AlreadyValidated),
        (page(8, 1), Unclassified::AlreadyLapsed),
    ];
    for (reading, reason) in cases {
        assert_eq!(reasons(&[reading]), [Some(reason)]);
    }
    assert_eq!(reasons(&[page(1, 1), page(1, 1)]), [None, Some(Unclassified::Double)]);
}

#[test]
fn a_stack_that_was_sent_on_no_platform_may_be_of_several() {
    let anywhere = Sender { platform: None, ..sender() };

    let found = sort(&[page(6, 1)], &known(), &anywhere);

    assert_eq!(found, [SortedPage::Attached(place(6, 1))]);
}

#[test]
fn what_is_anothers_is_not_told_to_the_sender() {
    for foreign in [page(5, 1), page(6, 1)] {
        let SortedPage::Unclassified { place, guesses, .. } = sorted(&[foreign]).swap_remove(0)
        else {
            panic!("attached");
        };
        assert_eq!((place, guesses), (None, Vec::new()));
    }
}

#[test]
fn the_page_between_two_conventions_is_guessed_and_never_attached() {
    let stack = [page(1, 1), lost(), page(2, 1), page(2, 2), page(3, 1)];

    assert_eq!(reasons(&stack)[1], Some(Unclassified::NoCode));
    assert_eq!(guesses(&stack, 1), [place(1, 2), place(3, 2)]);
}

#[test]
fn in_a_stack_from_last_to_first_the_guess_is_the_page_that_misses_there() {
    let stack = [page(2, 2), page(2, 1), lost(), page(1, 1)];

    assert_eq!(guesses(&stack, 2), [place(1, 2)]);
}

#[test]
fn of_two_codes_on_a_page_both_places_are_guesses() {
    let several = PageReading { codes: vec![code(1, 2), code(2, 2)], ..PageReading::default() };

    assert_eq!(guesses(&[page(2, 1), page(1, 1), several], 2), [place(1, 2), place(2, 2)]);
}

/// A page whose codes are lost, on which that can be read.
fn print_of(of: u128, number: Option<u16>) -> PageReading {
    let printed = Some(PrintedPlace { reference: format!("C-{of}"), number });
    PageReading { printed, ..PageReading::default() }
}

#[test]
fn what_is_printed_on_a_page_is_the_first_guess_and_never_attaches_it() {
    let stack = [page(1, 1), print_of(3, Some(2)), page(2, 1)];

    assert_eq!(reasons(&stack), [None, Some(Unclassified::NoCode), None]);
    assert_eq!(guesses(&stack, 1), [place(3, 2), place(1, 2), place(2, 2)]);
    assert_eq!(guesses(&[print_of(3, None)], 0), [place(3, 1), place(3, 2)]);
    assert_eq!(guesses(&[page(3, 1), print_of(3, None)], 1), [place(3, 2)]);
}

#[test]
fn print_is_no_guess_for_what_the_sender_may_not_know_or_what_takes_no_page() {
    for (of, number) in [(5, 1), (6, 1), (7, 1), (8, 1), (9, 1), (3, 3), (3, 0)] {
        assert_eq!(guesses(&[print_of(of, Some(number))], 0), [], "C-{of}, page {number}");
    }
    assert_eq!(
        guesses(&[page(3, 1), print_of(3, Some(1))], 1),
        [place(3, 2)],
        "that page is there"
    );
}
