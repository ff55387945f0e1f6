//! What an import asks.

use super::event::SchoolListing;
use crate::kernel::uai::Uai;

/// What an import asks of one school.
#[derive(Debug, Clone, PartialEq)]
pub enum SchoolCommand {
    /// The directory’s row: listed, changed (also reopened), or nothing when it is the same.
    ListSchool {
        /// Which.
        uai: Uai,
        /// As the file has it.
        listing: SchoolListing,
    },
    /// The directory says it is closed, or a complete import lists it no more.
    CloseSchool {
        /// Which.
        uai: Uai,
    },
}
