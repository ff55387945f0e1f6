//! What a command does.

use super::{
    NotDeposited, PageFound, PagePlace, PageStand, Received, ScanCommand, ScanCounts, ScanEvent,
    ScanRefusal, ScanState, Sorting,
};
use crate::kernel::ids::{ConventionId, ScanBatchId};

type Outcome = Result<Vec<ScanEvent>, ScanRefusal>;

pub(super) fn decide(state: &ScanState, command: ScanCommand) -> Outcome {
    match command {
        ScanCommand::ReceiveScan { batch, platform, sender, side, document, name } => match state {
            ScanState::NotReceived => {
                Ok(vec![ScanEvent::ScanReceived { batch, platform, sender, side, document, name }])
            }
            ScanState::Received { .. } | ScanState::Sorted(_) | ScanState::Refused(_) => {
                Ok(Vec::new())
            }
        },
        ScanCommand::RecordReading { pages } => unread(state, |of| sorted(of.batch, pages)),
        ScanCommand::RefuseScan { flaw, page } => {
            unread(state, |of| vec![ScanEvent::ScanRefused { batch: of.batch, flaw, page }])
        }
        ScanCommand::AssignPage { page, place } => assign(sorting(state)?, page, place),
        ScanCommand::DiscardPage { page } => discard(sorting(state)?, page),
        ScanCommand::DepositIncomplete { convention } => incomplete(sorting(state)?, convention),
        ScanCommand::RecordPages { convention, pages, refused } => {
            Ok(settle(sorting(state)?, convention, pages, refused))
        }
    }
}

/// What to do with a stack whose reading ends: once.
fn unread(state: &ScanState, end: impl FnOnce(&Received) -> Vec<ScanEvent>) -> Outcome {
    match state {
        ScanState::NotReceived => Err(ScanRefusal::NoSuchScan),
        ScanState::Received { of, .. } => Ok(end(of)),
        ScanState::Sorted(_) | ScanState::Refused(_) => Ok(Vec::new()),
    }
}

fn sorting(state: &ScanState) -> Result<&Sorting, ScanRefusal> {
    match state {
        ScanState::NotReceived => Err(ScanRefusal::NoSuchScan),
        ScanState::Received { .. } | ScanState::Refused(_) => Err(ScanRefusal::ScanNotSorted),
        ScanState::Sorted(sorting) => Ok(sorting),
    }
}

/// All pages, and what they come to, in one append.
fn sorted(batch: ScanBatchId, found: Vec<PageFound>) -> Vec<ScanEvent> {
    let mut counts = ScanCounts::default();
    let mut events = Vec::with_capacity(found.len() + 1);
    for (page, found) in (1..=u16::MAX).zip(found) {
        counts.pages += 1;
        events.push(match found {
            PageFound::Recognised { place, ink } => {
                counts.recognised += 1;
                ScanEvent::PageRecognised { batch, page, place, ink }
            }
            PageFound::Unclassified { reason, place, guesses, picture } => {
                let count =
                    if reason.waits() { &mut counts.unclassified } else { &mut counts.aside };
                *count += 1;
                ScanEvent::PageUnclassified { batch, page, reason, place, guesses, picture }
            }
        });
    }
    events.push(ScanEvent::ScanSorted { batch, counts });
    events
}

/// Whether a person may still say where the page belongs: no code does, and it was not
/// deposited.
fn is_free(sorting: &Sorting, page: u16) -> Result<PageStand, ScanRefusal> {
    let stand = sorting.pages.get(&page).copied().ok_or(ScanRefusal::NoSuchPage { page })?;
    let free = match stand {
        PageStand::Recognised(_) => false,
        PageStand::Assigned(place) => {
            !sorting.settled.get(&place.convention).is_some_and(|pages| pages.contains(&page))
        }
        PageStand::Unclassified(reason) | PageStand::Discarded(reason) => reason.is_assignable(),
    };
    if free { Ok(stand) } else { Err(ScanRefusal::PageNotFree { page }) }
}

fn assign(sorting: &Sorting, page: u16, place: PagePlace) -> Outcome {
    let stand = is_free(sorting, page)?;
    if !(1..=place.of).contains(&place.number) {
        return Err(ScanRefusal::NoSuchPlace { number: place.number, of: place.of });
    }
    if stand == PageStand::Assigned(place) {
        return Ok(Vec::new());
    }
    if let Some(page) = sorting.standing_in(place) {
        return Err(ScanRefusal::PlaceTaken { page });
    }
    Ok(vec![ScanEvent::PageAssigned { batch: sorting.of.batch, page, place }])
}

/// A page that a code named (a double, another’s) may be set aside too, but not one that is
/// attached by its code.
fn discard(sorting: &Sorting, page: u16) -> Outcome {
    let discarded = || Ok(vec![ScanEvent::PageDiscarded { batch: sorting.of.batch, page }]);
    match sorting.pages.get(&page) {
        None => Err(ScanRefusal::NoSuchPage { page }),
        Some(PageStand::Discarded(_)) => Ok(Vec::new()),
        Some(PageStand::Unclassified(_)) => discarded(),
        Some(PageStand::Recognised(_) | PageStand::Assigned(_)) => {
            is_free(sorting, page).and_then(|_| discarded())
        }
    }
}

fn incomplete(sorting: &Sorting, convention: ConventionId) -> Outcome {
    if sorting.pages_of(convention).is_empty() {
        return Err(ScanRefusal::NothingToDeposit);
    }
    if sorting.incomplete.contains(&convention) {
        return Ok(Vec::new());
    }
    Ok(vec![ScanEvent::IncompleteAccepted { batch: sorting.of.batch, convention }])
}

fn settle(
    sorting: &Sorting,
    convention: ConventionId,
    pages: Vec<u16>,
    refused: Option<NotDeposited>,
) -> Vec<ScanEvent> {
    if sorting.settled.get(&convention) == Some(&pages) {
        return Vec::new();
    }
    let batch = sorting.of.batch;
    vec![match refused {
        None => ScanEvent::PagesDeposited { batch, convention, pages },
        Some(cause) => ScanEvent::PagesRefused { batch, convention, pages, cause },
    }]
}
