//! What parent and child say to one another.

use documents::deposit::BadDeposit;
use documents::photographs::BadPhotograph;
use documents::picture::BadPicture;
use jiff::civil::Date;
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
    /// Say whether a PDF can be kept.
    Inspect,
    /// Make one PDF of photographs, which come one after the other: their lengths.
    Bind { photographs: Vec<usize>, issued: Date },
    /// Make a logo, a signature or a stamp what documents embed.
    Picture,
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
    /// The PDF can be kept, and has so many pages.
    Kept { pages: usize },
    /// One more photograph is read.
    Photograph,
    /// The file is refused.
    Refused(BadScan),
    /// It cannot be split so.
    NotSplit(SplitFault),
    /// What was uploaded is refused.
    Unfit(Misfit),
    /// All is said.
    Done,
}

/// Why what was uploaded is not what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Misfit {
    /// A PDF that cannot be kept.
    Deposit(BadDeposit),
    /// A photograph that cannot be a page.
    Photograph { at: usize, bad: BadPhotograph },
    /// A picture that documents do not embed.
    Picture(BadPicture),
}
