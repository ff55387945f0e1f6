//! Any stack whatever: no page is ever attached to another convention than its own.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::conventions::scan_batch::{
    Awaited, KnownConvention, PageReading, PrintedPlace, ReadCode, Sender, SortedPage, sort,
};

/// A page as it lies in the stack: what it is in truth, and what was read of it.
#[derive(Debug, Clone)]
struct Lying {
    truth: Option<PagePlace>,
    reading: PageReading,
}

/// What happens to a page between the printer and the reader.
#[derive(Debug, Clone, Copy)]
enum Fate {
    Read,
    Lost,
    Forged,
    /// Somebody else's code of ours lies on it too.
    Overlaid(u128),
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => Just(Fate::Read),
        3 => Just(Fate::Lost),
        1 => Just(Fate::Forged),
        1 => (0..12_u128).prop_map(Fate::Overlaid),
    ]
}

/// Convention `of` has 1 to 3 pages; those from 8 on are another school's.
fn pages_of(of: u128) -> u16 {
    [2, 1, 2, 3].into_iter().cycle().nth(usize::try_from(of).unwrap()).unwrap()
}

fn code(of: u128, number: u16) -> ReadCode {
    ReadCode::Authentic { reference: format!("C-{of}"), number, of: pages_of(of), print: 1 }
}

fn lying(of: u128, number: u16, fate: Fate) -> Lying {
    let own = code(of, number);
    let codes = match fate {
        Fate::Read => vec![own],
        Fate::Lost => Vec::new(),
        Fate::Forged => vec![ReadCode::Forged],
        Fate::Overlaid(other) if code(other, 1) == own => vec![own],
        Fate::Overlaid(other) => vec![own, code(other, 1)],
    };
    let place = PagePlace { convention: convention(of), number, of: pages_of(of) };
    // What is printed lies: on a page whose codes are lost, it names the next convention.
    let printed = codes.is_empty().then(|| {
        let reference = format!("C-{}", (of + 1) % 12);
        PrintedPlace { reference, number: Some(number) }
    });
    Lying { truth: Some(place), reading: PageReading { codes, printed, blank: false } }
}

/// A letter, a blank sheet, a code of another installation.
fn foreign(kind: u8) -> Lying {
    let codes = if kind == 0 { vec![ReadCode::Forged] } else { Vec::new() };
    Lying { truth: None, reading: PageReading { codes, blank: kind == 1, printed: None } }
}

/// Pages of twelve conventions: any of them missing, any of them several times, foreign ones
/// between, in the order they were in or in any other.
fn stack() -> impl Strategy<Value = Vec<Lying>> {
    let ours = prop::collection::vec((0..12_u128, 0..3_u16, fate()), 0..40);
    let ours = ours.prop_map(|pages| {
        let mut pages: Vec<Lying> = pages
            .into_iter()
            .map(|(of, number, fate)| lying(of, number % pages_of(of) + 1, fate))
            .collect();
        pages.sort_by_key(|page| page.truth);
        pages
    });
    let strangers = prop::collection::vec((0..3_u8, any::<prop::sample::Index>()), 0..4);
    let order = prop_oneof![Just(0_u8), Just(1), Just(2)];
    (ours, strangers, order).prop_flat_map(|(mut pages, strangers, order)| {
        for (kind, at) in strangers {
            let at = at.index(pages.len() + 1);
            pages.insert(at, foreign(kind));
        }
        match order {
            0 => Just(pages).boxed(),
            1 => Just(pages.into_iter().rev().collect::<Vec<_>>()).boxed(),
            _ => Just(pages).prop_shuffle().boxed(),
        }
    })
}

fn known() -> BTreeMap<String, KnownConvention> {
    let one = |number: u128| {
        let it = KnownConvention {
            convention: convention(number),
            pages: pages_of(number),
            print: 1,
            platform: "demo".parse().unwrap(),
            origin: if number < 8 { "0590121L" } else { "0750655E" }.parse().unwrap(),
            host: "0491234A".parse().unwrap(),
            awaited: Awaited::Yes,
        };
        (format!("C-{number}"), it)
    };
    (0..12).map(one).collect()
}

proptest! {
    #[test]
    fn no_page_is_attached_to_another_convention_than_its_own(stack in stack()) {
        let sender =
            Sender { platform: None, school: "0590121L".parse().unwrap(), side: Side::Origin };
        let readings: Vec<PageReading> = stack.iter().map(|it| it.reading.clone()).collect();

        let sorted = sort(&readings, &known(), &sender);

        prop_assert_eq!(sorted.len(), stack.len());
        let mut attached = Vec::new();
        for (lying, sorted) in stack.iter().zip(&sorted) {
            if let SortedPage::Attached(place) = sorted {
                prop_assert_eq!(lying.truth, Some(*place));
                prop_assert!(!attached.contains(place), "two pages in one place");
                attached.push(*place);
            }
        }
        // What can be read is attached: every page of the sender's whose only code is its own.
        for lying in stack {
            let (Some(truth), [ReadCode::Authentic { .. }]) =
                (lying.truth, lying.reading.codes.as_slice()) else { continue };
            let theirs = (0..8).any(|number| convention(number) == truth.convention);
            prop_assert_eq!(attached.contains(&truth), theirs);
        }
    }
}
