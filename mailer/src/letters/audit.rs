//! Letters to those who audit.

use jiff::civil::DateTime;
use serde::Serialize;

use crate::french;

/// « Note signée du journal », which is joined.
#[derive(Debug, Clone, Serialize)]
pub struct SignedNote {
    /// Which log, as the note names it.
    pub log: String,
    /// How many events the note vouches for.
    #[serde(rename = "count", serialize_with = "french::count")]
    pub events: u64,
    /// Whether that is more than one.
    pub several: bool,
    /// When it was signed.
    #[serde(serialize_with = "french::moment")]
    pub at: DateTime,
    /// What the joined file is called.
    pub file: String,
}
