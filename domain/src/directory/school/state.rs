//! Where a school stands in the directory.

use super::event::SchoolListing;

/// Where a school stands in the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SchoolState {
    /// Not in it.
    #[default]
    Unlisted,
    /// In it, open or about to open.
    Open(SchoolListing),
    /// Closed; its last row.
    Closed(SchoolListing),
}
