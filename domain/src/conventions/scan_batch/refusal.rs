//! Why a stack of scans says no.

use crate::kernel::decider::Refusal;

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum ScanRefusal {
    /// No such stack was ever received.
    #[error("no such scan was received")]
    NoSuchScan,
    /// Its pages are not known: it is still being read, or could not be.
    #[error("the scan is not sorted")]
    ScanNotSorted,
    /// It has no such page.
    #[error("the scan has no page {page}")]
    NoSuchPage {
        /// Which.
        page: u16,
    },
    /// The code on the page says where it belongs, or it was deposited already.
    #[error("page {page} is not to be classified")]
    PageNotFree {
        /// Which.
        page: u16,
    },
    /// Another page stands there.
    #[error("page {page} stands in that place")]
    PlaceTaken {
        /// Which.
        page: u16,
    },
    /// The convention has no such page.
    #[error("there is no page {number} of {of}")]
    NoSuchPlace {
        /// Which.
        number: u16,
        /// Of how many.
        of: u16,
    },
    /// No page of the stack belongs to the convention.
    #[error("no page belongs to that convention")]
    NothingToDeposit,
}

impl Refusal for ScanRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
