//! What an event changes. An event that does not fit the state (none is ever written) leaves
//! it as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::{PageStand, Received, ScanEvent, ScanState, Sender, Sorting, Unclassified};

pub(super) fn evolve(state: ScanState, event: &ScanEvent) -> ScanState {
    match event {
        ScanEvent::ScanReceived { batch, platform, sender, side, document, .. } => {
            let sender = Sender { platform: platform.clone(), school: sender.clone(), side: *side };
            let of = Received { batch: *batch, sender, document: document.clone() };
            ScanState::Received { of, pages: BTreeMap::new() }
        }
        ScanEvent::PageRecognised { page, place, .. } => {
            read(state, *page, PageStand::Recognised(*place))
        }
        ScanEvent::PageUnclassified { page, reason, .. } => {
            read(state, *page, PageStand::Unclassified(*reason))
        }
        ScanEvent::ScanSorted { .. } => match state {
            ScanState::Received { of, pages } => ScanState::Sorted(Sorting {
                of,
                pages,
                incomplete: BTreeSet::new(),
                settled: BTreeMap::new(),
            }),
            ScanState::NotReceived | ScanState::Sorted(_) | ScanState::Refused(_) => state,
        },
        ScanEvent::ScanRefused { .. } => match state {
            ScanState::Received { of, .. } => ScanState::Refused(of),
            ScanState::NotReceived | ScanState::Sorted(_) | ScanState::Refused(_) => state,
        },
        ScanEvent::PageAssigned { page, place, .. } => sorting(state, |sorting| {
            sorting.pages.insert(*page, PageStand::Assigned(*place));
        }),
        ScanEvent::PageDiscarded { page, .. } => sorting(state, |sorting| {
            let reason = match sorting.pages.get(page) {
                Some(PageStand::Unclassified(reason) | PageStand::Discarded(reason)) => *reason,
                Some(PageStand::Recognised(_) | PageStand::Assigned(_)) | None => {
                    Unclassified::NoCode
                }
            };
            sorting.pages.insert(*page, PageStand::Discarded(reason));
        }),
        ScanEvent::IncompleteAccepted { convention, .. } => sorting(state, |sorting| {
            sorting.incomplete.insert(*convention);
        }),
        ScanEvent::PagesDeposited { convention, pages, .. }
        | ScanEvent::PagesRefused { convention, pages, .. } => sorting(state, |sorting| {
            sorting.settled.insert(*convention, pages.clone());
        }),
    }
}

fn read(mut state: ScanState, page: u16, stand: PageStand) -> ScanState {
    match &mut state {
        ScanState::Received { pages, .. } => {
            pages.insert(page, stand);
        }
        ScanState::NotReceived | ScanState::Sorted(_) | ScanState::Refused(_) => {}
    }
    state
}

fn sorting(mut state: ScanState, change: impl FnOnce(&mut Sorting)) -> ScanState {
    match &mut state {
        ScanState::Sorted(sorting) => change(sorting),
        ScanState::NotReceived | ScanState::Received { .. } | ScanState::Refused(_) => {}
    }
    state
}
