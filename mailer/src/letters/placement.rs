//! The mini-stage that a letter is about.

use jiff::civil::{Date, Time};
use serde::Serialize;

use crate::french;

/// Who goes where, when, to discover what.
#[derive(Clone, Serialize)]
pub struct Placement {
    /// « NOM Prénom »; none once the pupil was erased.
    #[serde(serialize_with = "french::personal")]
    pub pupil: Option<String>,
    /// The school of origin, with its town.
    pub origin: String,
    /// The host, with its town.
    pub host: String,
    /// The formation to discover.
    pub formation: String,
    /// The day.
    #[serde(serialize_with = "french::date")]
    pub date: Date,
    /// From.
    #[serde(serialize_with = "french::time")]
    pub start: Time,
    /// To.
    #[serde(serialize_with = "french::time")]
    pub end: Time,
    /// « Salle ».
    pub room: Option<String>,
    /// Who receives the pupil.
    pub teacher: Option<String>,
    /// What the pupil should know or bring; lines are kept.
    pub note: Option<String>,
}

impl std::fmt::Debug for Placement {
    /// Without the names, which belong in no log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Placement({} {})", self.date, self.start)
    }
}
