//! What parent and child say to one another.

use serde::{Deserialize, Serialize};

use super::signed::SignaturesFound;
use crate::{BadScan, Limits, PageReading, SplitFault};

/// What the child is to do with the file on its standard input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Task {
    pub(super) limits: Limits,
    pub(super) work: Work,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Work {
    /// Read every page.
    Read,
    /// Make a file of each of these lists of pages.
    Split(Vec<Vec<usize>>),
    /// Look for signatures: so many bytes of question come before the file.
    Signatures { question: usize },
}

/// A line of the child.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Answer {
    /// The file is readable. Where it was no PDF, the PDF made of it follows.
    Opened { pages: usize, signed: bool, bytes: Option<usize> },
    /// A page, in order.
    Page(PageReading),
    /// A file of some pages follows, in the order asked for.
    Part { bytes: usize },
    /// The signatures of the file.
    Signatures(SignaturesFound),
    /// The file is refused.
    Refused(BadScan),
    /// It cannot be split so.
    NotSplit(SplitFault),
    /// All is said.
    Done,
}
