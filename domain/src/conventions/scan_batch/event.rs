//! What happened to a stack of scans.

use serde::{Deserialize, Serialize};

use crate::{
    kernel::{
        decider::Event,
        document::StoredDocument,
        ids::{ConventionId, ScanBatchId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::Side,
};

/// Where a page belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PagePlace {
    /// Of which convention.
    pub convention: ConventionId,
    /// Which of its pages, from 1.
    pub number: u16,
    /// Of how many.
    pub of: u16,
}

/// The signature boxes of a page that seem to bear ink: a hint for whoever validates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "four boxes, each with or without ink")]
pub struct InkedBoxes {
    /// The school of origin’s.
    pub origin: bool,
    /// The guardian’s.
    pub guardian: bool,
    /// The pupil’s.
    pub pupil: bool,
    /// The host’s.
    pub host: bool,
}

/// Why a page is attached to no convention.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::Display,
    strum::VariantArray,
)]
#[serde(rename_all = "camelCase")]
pub enum Unclassified {
    /// No code of ours could be read on it.
    NoCode,
    /// Nothing is on it.
    Blank,
    /// Its code has the form of ours but was not made with our key.
    Forged,
    /// It bears two codes that say different things.
    SeveralCodes,
    /// Its code is ours, of a convention that is not in the log.
    Unknown,
    /// Its code counts other pages than the convention has.
    Inconsistent,
    /// It is of a convention of another platform than the stack was sent on.
    OtherPlatform,
    /// It is of a convention that is not the sender’s.
    NotTheirs,
    /// A page before it is the same page of the same convention.
    Double,
    /// Its convention is validated already.
    AlreadyValidated,
    /// Its convention is void.
    AlreadyLapsed,
    /// It is of a print of before its convention said something else.
    Superseded,
}

impl Unclassified {
    /// Whether a person may say where the page belongs: no authentic code says otherwise.
    pub const fn is_assignable(self) -> bool {
        match self {
            Self::NoCode
            | Self::Blank
            | Self::Forged
            | Self::SeveralCodes
            | Self::Unknown
            | Self::Inconsistent => true,
            Self::OtherPlatform
            | Self::NotTheirs
            | Self::Double
            | Self::AlreadyValidated
            | Self::AlreadyLapsed
            | Self::Superseded => false,
        }
    }

    /// Whether the page waits « à classer » for a person: it may belong somewhere.
    pub const fn waits(self) -> bool {
        match self {
            Self::NoCode | Self::SeveralCodes | Self::Inconsistent => true,
            Self::Blank
            | Self::Forged
            | Self::Unknown
            | Self::OtherPlatform
            | Self::NotTheirs
            | Self::Double
            | Self::AlreadyValidated
            | Self::AlreadyLapsed
            | Self::Superseded => false,
        }
    }
}

/// Why a whole stack was not sorted.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::Display,
    strum::VariantArray,
)]
#[serde(rename_all = "camelCase")]
pub enum ScanFlaw {
    /// Neither a PDF nor a picture that is read.
    UnknownFormat,
    /// What iPhones write unless told otherwise.
    Heic,
    /// Of a form of its format that few readers show.
    RareForm,
    /// Protected by a password.
    Encrypted,
    /// Cut short, or damaged.
    Damaged,
    /// Without a page.
    NoPage,
    /// With more pages than are taken.
    TooManyPages,
    /// With pages of more pixels than are taken, or that inflate without end.
    TooLarge,
    /// Reading it took more time or memory than it may, or ended the reader.
    Unreadable,
}

/// Why the pages of a convention were not deposited.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum NotDeposited {
    /// The convention takes no deposit any more: validated or void meanwhile.
    NotAwaited,
    /// Its pupil was erased.
    Erased,
    /// The pages cannot be taken out of the file: it bears a signature that this would break,
    /// or is damaged.
    NotSplit,
    /// They weigh more than the platform takes.
    TooLarge,
    /// The convention said something else by then: they are of a print of before.
    Superseded,
}

/// What the pages of a stack turned out to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScanCounts {
    /// All of them.
    pub pages: u16,
    /// Attached to a convention.
    pub recognised: u16,
    /// « À classer ».
    pub unclassified: u16,
    /// Named and set aside: blank, double, forged, another’s.
    pub aside: u16,
}

/// What happened to a stack of scans.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum ScanEvent {
    /// The file came and waits to be read. It is sealed with a key of the stack’s own.
    ScanReceived {
        /// Which stack.
        batch: ScanBatchId,
        /// On which platform, if it was sent on one.
        platform: Option<Slug>,
        /// The school that sent it.
        sender: Uai,
        /// On which side it stands.
        side: Side,
        /// The file as it came.
        document: StoredDocument,
        /// The name it had.
        name: Option<Personal<String>>,
    },
    /// The page bears the code of a convention that awaits it.
    PageRecognised {
        /// Of which stack.
        batch: ScanBatchId,
        /// Which page of the file, from 1.
        page: u16,
        /// Where it belongs.
        place: PagePlace,
        /// Which boxes seem signed, where that could be seen.
        ink: Option<InkedBoxes>,
    },
    /// The page is attached to nothing.
    PageUnclassified {
        /// Of which stack.
        batch: ScanBatchId,
        /// Which page of the file, from 1.
        page: u16,
        /// Why.
        reason: Unclassified,
        /// What its code says, where the sender may know it.
        place: Option<PagePlace>,
        /// Where it may belong, the likeliest first: a person decides.
        guesses: Vec<PagePlace>,
        /// What it looks like.
        picture: Option<StoredDocument>,
    },
    /// Every page is read.
    ScanSorted {
        /// Which stack.
        batch: ScanBatchId,
        /// What its pages are.
        counts: ScanCounts,
    },
    /// The stack was not sorted: a person does.
    ScanRefused {
        /// Which stack.
        batch: ScanBatchId,
        /// Why.
        flaw: ScanFlaw,
        /// At which page, where that is known.
        page: Option<u16>,
    },
    /// A person said where a page belongs.
    PageAssigned {
        /// Of which stack.
        batch: ScanBatchId,
        /// Which page of the file, from 1.
        page: u16,
        /// Where it belongs.
        place: PagePlace,
    },
    /// A person set a page aside: it belongs nowhere.
    PageDiscarded {
        /// Of which stack.
        batch: ScanBatchId,
        /// Which page of the file, from 1.
        page: u16,
    },
    /// A person wants what there is of a convention deposited, though pages are missing.
    IncompleteAccepted {
        /// Of which stack.
        batch: ScanBatchId,
        /// Which convention.
        convention: ConventionId,
    },
    /// The pages of a convention were deposited as its own file.
    PagesDeposited {
        /// Of which stack.
        batch: ScanBatchId,
        /// Which convention.
        convention: ConventionId,
        /// Which pages of the file, in the order of the convention’s.
        pages: Vec<u16>,
    },
    /// They were not.
    PagesRefused {
        /// Of which stack.
        batch: ScanBatchId,
        /// Which convention.
        convention: ConventionId,
        /// Which pages of the file, in the order of the convention’s.
        pages: Vec<u16>,
        /// Why.
        cause: NotDeposited,
    },
}

impl Event for ScanEvent {
    fn name(&self) -> &'static str {
        self.into()
    }
}
