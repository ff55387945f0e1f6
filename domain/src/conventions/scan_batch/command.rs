//! What can be asked of a stack of scans.

use super::event::{InkedBoxes, NotDeposited, PagePlace, ScanFlaw, Unclassified};
use crate::{
    kernel::{
        document::StoredDocument,
        ids::{ConventionId, ScanBatchId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::Side,
};

/// A page as it was read and sorted.
#[derive(Debug, Clone, PartialEq)]
pub enum PageFound {
    /// It is a page of this convention.
    Recognised {
        /// Where it belongs.
        place: PagePlace,
        /// Which boxes seem signed.
        ink: Option<InkedBoxes>,
    },
    /// It is attached to nothing.
    Unclassified {
        /// Why.
        reason: Unclassified,
        /// What its code says.
        place: Option<PagePlace>,
        /// Where it may belong.
        guesses: Vec<PagePlace>,
        /// What it looks like.
        picture: Option<StoredDocument>,
    },
}

/// What can be asked of a stack of scans.
#[derive(Debug, Clone, PartialEq, strum::IntoStaticStr)]
pub enum ScanCommand {
    /// Takes a file. Nothing to do when it was taken.
    ReceiveScan {
        /// The new stack.
        batch: ScanBatchId,
        /// On which platform.
        platform: Option<Slug>,
        /// Who sends it.
        sender: Uai,
        /// On which side.
        side: Side,
        /// The file, stored.
        document: StoredDocument,
        /// Its name.
        name: Option<Personal<String>>,
    },
    /// Notes what each page is, the first first. Nothing to do when it was noted.
    RecordReading {
        /// All pages of the file.
        pages: Vec<PageFound>,
    },
    /// Notes that the file cannot be sorted. Nothing to do when that was noted.
    RefuseScan {
        /// Why.
        flaw: ScanFlaw,
        /// At which page.
        page: Option<u16>,
    },
    /// Says where a page belongs; its convention awaits it and is the sender’s.
    AssignPage {
        /// Which page of the file.
        page: u16,
        /// Where it belongs.
        place: PagePlace,
    },
    /// Sets a page aside. Nothing to do when it was.
    DiscardPage {
        /// Which page of the file.
        page: u16,
    },
    /// Has what there is of a convention deposited. Nothing to do when it was.
    DepositIncomplete {
        /// Which convention.
        convention: ConventionId,
    },
    /// Notes what became of a convention’s pages. Nothing to do when it was noted.
    RecordPages {
        /// Which convention.
        convention: ConventionId,
        /// Which pages of the file, in the order of the convention’s.
        pages: Vec<u16>,
        /// Why they were not deposited, if they were not.
        refused: Option<NotDeposited>,
    },
}
