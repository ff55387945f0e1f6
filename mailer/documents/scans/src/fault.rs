//! Why a stack is refused, or a page of it cannot be had.

use documents::deposit::BadDeposit;
use documents::photographs::BadPhotograph;
use serde::{Deserialize, Serialize};

/// Why a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub enum BadScan {
    /// Neither a PDF, nor a TIFF, a JPEG or a PNG.
    #[error("the file is neither a PDF nor a TIFF, a JPEG or a PNG")]
    UnknownFormat,
    /// What iPhones write unless told otherwise.
    #[error("the file is a HEIC")]
    Heic,
    /// It is larger than the platform takes.
    #[error("the file is larger than {most} bytes")]
    TooLarge {
        /// The most bytes taken.
        most: usize,
    },
    /// It is protected by a password, or by rights.
    #[error("the file is encrypted")]
    Encrypted,
    /// Its end is missing, or it is damaged beyond reading.
    #[error("the file is incomplete or damaged")]
    Damaged,
    /// It has no page.
    #[error("the file has no page")]
    NoPage,
    /// It has more pages than the platform takes.
    #[error("the file has more than {most} pages")]
    TooManyPages {
        /// The most pages taken.
        most: usize,
    },
    /// One of its pictures has more pixels than the platform takes.
    #[error("a picture of the file has more than {most} pixels")]
    TooManyPixels {
        /// The most pixels taken.
        most: u64,
    },
    /// Of a form that readers do not all show: animated, in printer's inks,
    /// arithmetic coding.
    #[error("the file is of a rare form of its format")]
    RareForm,
    /// Reading it took more memory or time than is allowed, or broke the reader.
    #[error("the file cannot be read within the limits")]
    Unreadable {
        /// The page that was being read, from 0; none while opening the file.
        page: Option<usize>,
    },
}

/// Why pages were not made a file of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub enum SplitFault {
    /// Somebody signed the file in a PDF reader: in parts the signature is lost.
    #[error("the file is signed, and is never split")]
    Signed,
    /// A page was asked for that is not there, or none, or one twice.
    #[error("these pages are not pages of the file, each once")]
    NoSuchPage,
    /// What a page draws cannot be copied.
    #[error("page {page} is damaged")]
    Damaged {
        /// The page, from 0.
        page: usize,
    },
    /// The file itself is refused.
    #[error(transparent)]
    Refused(BadScan),
}

impl From<BadDeposit> for BadScan {
    fn from(bad: BadDeposit) -> Self {
        match bad {
            BadDeposit::NotAPdf => Self::UnknownFormat,
            BadDeposit::TooLarge { most } => Self::TooLarge { most },
            BadDeposit::Encrypted => Self::Encrypted,
            BadDeposit::Truncated => Self::Damaged,
            BadDeposit::NoPage => Self::NoPage,
            BadDeposit::TooManyPages { most } => Self::TooManyPages { most },
        }
    }
}

impl From<BadPhotograph> for BadScan {
    fn from(bad: BadPhotograph) -> Self {
        match bad {
            BadPhotograph::UnknownFormat => Self::UnknownFormat,
            BadPhotograph::Heic => Self::Heic,
            BadPhotograph::TooLarge => {
                Self::TooManyPixels { most: documents::photographs::MOST_PIXELS }
            }
            BadPhotograph::PrinterColours | BadPhotograph::Animated | BadPhotograph::RareForm => {
                Self::RareForm
            }
            BadPhotograph::Damaged => Self::Damaged,
        }
    }
}
