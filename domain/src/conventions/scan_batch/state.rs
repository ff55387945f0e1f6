//! Where the pages of a stack are, and what is to be deposited of them.

use std::collections::{BTreeMap, BTreeSet};

use super::event::{PagePlace, Unclassified};
use crate::{
    kernel::{
        document::StoredDocument,
        ids::{ConventionId, ScanBatchId},
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::Side,
};

/// Who sent a stack, and so which conventions it may be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// On which platform, if only its conventions are meant.
    pub platform: Option<Slug>,
    /// Which school.
    pub school: Uai,
    /// On which side.
    pub side: Side,
}

/// A stack that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    /// Which.
    pub batch: ScanBatchId,
    /// From whom.
    pub sender: Sender,
    /// The file.
    pub document: StoredDocument,
}

/// Where a page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageStand {
    /// Its code attached it.
    Recognised(PagePlace),
    /// A person attached it.
    Assigned(PagePlace),
    /// Nobody knows, for this reason.
    Unclassified(Unclassified),
    /// A person set it aside.
    Discarded(Unclassified),
}

impl PageStand {
    /// Where it belongs, if it is attached.
    pub const fn place(self) -> Option<PagePlace> {
        match self {
            Self::Recognised(place) | Self::Assigned(place) => Some(place),
            Self::Unclassified(_) | Self::Discarded(_) => None,
        }
    }
}

/// A stack whose pages are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sorting {
    /// The stack.
    pub of: Received,
    /// Where each page of the file is.
    pub pages: BTreeMap<u16, PageStand>,
    /// The conventions whose missing pages nobody waits for.
    pub incomplete: BTreeSet<ConventionId>,
    /// What was deposited, or refused, of each convention last: pages of the file.
    pub settled: BTreeMap<ConventionId, Vec<u16>>,
}

/// Where a stack stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ScanState {
    /// There is none.
    #[default]
    NotReceived,
    /// It waits to be read. Its pages so far: all come in one append, before the end.
    Received {
        /// The stack.
        of: Received,
        /// What is known of its pages.
        pages: BTreeMap<u16, PageStand>,
    },
    /// Its pages are known.
    Sorted(Sorting),
    /// A person must sort it.
    Refused(Received),
}

/// Pages that make a deposit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueDeposit {
    /// Of which convention.
    pub convention: ConventionId,
    /// Pages of the file, in the order of the convention’s.
    pub pages: Vec<u16>,
}

impl Sorting {
    /// The pages attached to `convention`: page of the file by page of the convention.
    pub fn pages_of(&self, convention: ConventionId) -> BTreeMap<u16, u16> {
        let attached = self.pages.iter().filter_map(|(page, stand)| Some((*page, stand.place()?)));
        attached
            .filter(|(_, place)| place.convention == convention)
            .map(|(page, place)| (place.number, page))
            .collect()
    }

    /// The page of the file that stands in `place`.
    pub fn standing_in(&self, place: PagePlace) -> Option<u16> {
        self.pages_of(place.convention).get(&place.number).copied()
    }

    /// What is to be deposited and was not: conventions that are complete, or that nobody
    /// waits for.
    pub fn due(&self) -> Vec<DueDeposit> {
        let places = self.pages.values().filter_map(|stand| stand.place());
        let counts: BTreeMap<ConventionId, u16> =
            places.map(|place| (place.convention, place.of)).collect();
        let due = counts.into_iter().filter_map(|(convention, of)| {
            let pages = self.pages_of(convention);
            let whole = pages.len() == usize::from(of);
            let pages: Vec<u16> = pages.into_values().collect();
            let wanted = whole || self.incomplete.contains(&convention);
            let new = self.settled.get(&convention) != Some(&pages);
            (wanted && new).then_some(DueDeposit { convention, pages })
        });
        due.collect()
    }
}
