//! Which page belongs where: a pure function of what was read and of what the log knows.
//!
//! A page is attached to a convention by one thing only: the authenticated code on that very
//! page. Neither its neighbours, nor its place in the stack, nor what is printed on it ever attach
//! it; they make guesses, which a person takes or leaves (decision record 19 says why no rule of neighbourhood is
//! certain).

use std::collections::{BTreeMap, BTreeSet};

use super::{PagePlace, Sender, Unclassified};
use crate::{
    kernel::{ids::ConventionId, slug::Slug, uai::Uai},
    ministages::slot::Side,
};

/// The most guesses for one page.
const MOST_GUESSES: usize = 4;

/// A code that was read on a page.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadCode {
    /// Made with our key.
    Authentic {
        /// The identification of the document.
        reference: String,
        /// The page it says it stands on, from 1.
        number: u16,
        /// Of how many.
        of: u16,
        /// Of which print of the document, from 1.
        print: u16,
    },
    /// In the form of ours, but not made with our key.
    Forged,
}

/// What a page without a readable code says in print. Anybody can print it: it is worth a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedPlace {
    /// The identification of the document.
    pub reference: String,
    /// The page, from 1, if it could be read.
    pub number: Option<u16>,
}

/// What was read of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageReading {
    /// Each different code on it.
    pub codes: Vec<ReadCode>,
    /// What it says in print; looked for only where it has no code.
    pub printed: Option<PrintedPlace>,
    /// Whether nothing is on it.
    pub blank: bool,
}

/// Whether a convention takes a deposit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaited {
    /// It does.
    Yes,
    /// It is validated.
    Validated,
    /// It is void.
    Lapsed,
}

/// What the log knows of a convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownConvention {
    /// Which.
    pub convention: ConventionId,
    /// Its number of pages.
    pub pages: u16,
    /// Which print of it counts.
    pub print: u16,
    /// On which platform.
    pub platform: Slug,
    /// Whose pupil.
    pub origin: Uai,
    /// Who receives.
    pub host: Uai,
    /// Whether it takes a deposit.
    pub awaited: Awaited,
}

/// Where a page was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortedPage {
    /// It is this page of this convention.
    Attached(PagePlace),
    /// It is attached to nothing.
    Unclassified {
        /// Why.
        reason: Unclassified,
        /// What its code says, where the sender may know it.
        place: Option<PagePlace>,
        /// Where it may belong.
        guesses: Vec<PagePlace>,
    },
}

/// Sorts a stack that `sender` sent; `known` has the conventions by the identification printed
/// on them. As many pages come back, in the same order.
pub fn sort(
    readings: &[PageReading],
    known: &BTreeMap<String, KnownConvention>,
    sender: &Sender,
) -> Vec<SortedPage> {
    let mut taken = BTreeSet::new();
    let mut sorted: Vec<SortedPage> = Vec::with_capacity(readings.len());
    for reading in readings {
        let found = match place_of(reading, known, sender) {
            Ok(place) if taken.insert((place.convention, place.number)) => {
                SortedPage::Attached(place)
            }
            Ok(place) => unclassified(Unclassified::Double, Some(place)),
            Err((reason, place)) => unclassified(reason, place),
        };
        sorted.push(found);
    }
    let guesses: Vec<Vec<PagePlace>> =
        (0..sorted.len()).map(|at| guesses(at, &sorted, readings, known, sender)).collect();
    for (page, found) in sorted.iter_mut().zip(guesses) {
        if let SortedPage::Unclassified { guesses, .. } = page {
            *guesses = found;
        }
    }
    sorted
}

fn unclassified(reason: Unclassified, place: Option<PagePlace>) -> SortedPage {
    SortedPage::Unclassified { reason, place, guesses: Vec::new() }
}

type NoPlace = (Unclassified, Option<PagePlace>);

/// The place that the page’s only code proves.
fn place_of(
    reading: &PageReading,
    known: &BTreeMap<String, KnownConvention>,
    sender: &Sender,
) -> Result<PagePlace, NoPlace> {
    match reading.codes.as_slice() {
        [] if reading.blank => Err((Unclassified::Blank, None)),
        [] => Err((Unclassified::NoCode, None)),
        [code] => place_by(code, known, sender),
        [_, ..] => Err((Unclassified::SeveralCodes, None)),
    }
}

/// The place that a code proves.
fn place_by(
    code: &ReadCode,
    known: &BTreeMap<String, KnownConvention>,
    sender: &Sender,
) -> Result<PagePlace, NoPlace> {
    let ReadCode::Authentic { reference, number, of, print } = code else {
        return Err((Unclassified::Forged, None));
    };
    let Some(it) = known.get(reference) else {
        return Err((Unclassified::Unknown, None));
    };
    let theirs = match sender.side {
        Side::Origin => it.origin == sender.school,
        Side::Host => it.host == sender.school,
    };
    if !theirs {
        return Err((Unclassified::NotTheirs, None));
    }
    if sender.platform.as_ref().is_some_and(|platform| *platform != it.platform) {
        return Err((Unclassified::OtherPlatform, None));
    }
    let place = PagePlace { convention: it.convention, number: *number, of: *of };
    if *print != it.print {
        return Err((Unclassified::Superseded, Some(place)));
    }
    if *of != it.pages || !(1..=*of).contains(number) {
        return Err((Unclassified::Inconsistent, None));
    }
    match it.awaited {
        Awaited::Yes => Ok(place),
        Awaited::Validated => Err((Unclassified::AlreadyValidated, Some(place))),
        Awaited::Lapsed => Err((Unclassified::AlreadyLapsed, Some(place))),
    }
}

/// Where the page at `at` may belong, the likeliest first: what one of its several codes says, what
/// is printed on it, then beside its neighbours, then wherever a page of a convention of the stack is missing.
fn guesses(
    at: usize,
    sorted: &[SortedPage],
    readings: &[PageReading],
    known: &BTreeMap<String, KnownConvention>,
    sender: &Sender,
) -> Vec<PagePlace> {
    let waits =
        matches!(sorted.get(at), Some(SortedPage::Unclassified { reason, .. }) if reason.waits());
    if !waits {
        return Vec::new();
    }
    let (attached, open) = (attached(sorted), open_places(sorted));
    let said = readings.get(at).into_iter().flat_map(|reading| &reading.codes);
    let said = said.filter_map(|code| place_by(code, known, sender).ok());
    let neighbour = |at: Option<usize>| match at.and_then(|at| sorted.get(at)) {
        Some(SortedPage::Attached(place)) => Some(*place),
        Some(SortedPage::Unclassified { .. }) | None => None,
    };
    let (before, after) = (neighbour(at.checked_sub(1)), neighbour(Some(at + 1)));
    let step = |place: PagePlace, number: Option<u16>| Some(PagePlace { number: number?, ..place });
    let beside = [
        before.and_then(|place| step(place, place.number.checked_add(1))),
        after.and_then(|place| step(place, place.number.checked_sub(1))),
        before.and_then(|place| step(place, place.number.checked_sub(1))),
        after.and_then(|place| step(place, place.number.checked_add(1))),
    ];
    let printed = readings.get(at).and_then(|reading| reading.printed.as_ref());
    let mut found = printed.map_or_else(Vec::new, |it| printed_places(it, known, sender));
    found.retain(|place| !attached.contains(place));
    for place in said.chain(beside.into_iter().flatten()).chain(open.iter().copied()) {
        if open.contains(&place) && !found.contains(&place) {
            found.push(place);
        }
    }
    found.truncate(MOST_GUESSES);
    found
}

/// The places that print names, if the sender may know the convention and it takes a deposit: all
/// its pages when the number could not be read.
fn printed_places(
    printed: &PrintedPlace,
    known: &BTreeMap<String, KnownConvention>,
    sender: &Sender,
) -> Vec<PagePlace> {
    let (of, print) = known.get(&printed.reference).map_or((0, 1), |it| (it.pages, it.print));
    let numbers = printed.number.map_or(1..=of, |number| number..=number);
    let code = |number| {
        let reference = printed.reference.clone();
        ReadCode::Authentic { reference, number, of, print }
    };
    numbers.filter_map(|number| place_by(&code(number), known, sender).ok()).collect()
}

fn attached(sorted: &[SortedPage]) -> BTreeSet<PagePlace> {
    let place = |page: &SortedPage| match page {
        SortedPage::Attached(place) => Some(*place),
        SortedPage::Unclassified { .. } => None,
    };
    sorted.iter().filter_map(place).collect()
}

/// The missing pages of the conventions of which at least one page is there.
fn open_places(sorted: &[SortedPage]) -> BTreeSet<PagePlace> {
    let attached = attached(sorted);
    let all = attached
        .iter()
        .flat_map(|place| (1..=place.of).map(|number| PagePlace { number, ..*place }));
    all.filter(|place| !attached.contains(place)).collect()
}
