//! Letters about signing a convention online. Links and codes are secrets: `Debug` leaves them
//! out, and what people wrote.

use domain::conventions::signing::Signatory;
use jiff::civil::DateTime;
use serde::Serialize;

use super::Placement;
use crate::french;

/// « Signer la convention », to one signatory.
#[derive(Clone, Serialize)]
pub struct SigningInvitation {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// In which box they sign.
    pub role: Signatory,
    /// What is other in the convention than when a link was sent before: « la salle ».
    pub changed: Option<String>,
    /// The personal address where one signs.
    pub link: String,
    /// Until when it may be used.
    #[serde(serialize_with = "french::moment")]
    pub until: DateTime,
    /// Where whoever lost it asks for another.
    pub lost: String,
}

/// The code that proves who signs.
#[derive(Clone, Serialize)]
pub struct SigningCode {
    /// The identification printed on the convention.
    pub reference: String,
    /// Six digits.
    pub code: String,
    /// For how many minutes it serves.
    #[serde(rename = "validity", serialize_with = "french::minutes")]
    pub minutes: u32,
}

/// Someone will not sign; said to the school of origin.
#[derive(Clone, Serialize)]
pub struct SigningDeclined {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// Who declined.
    pub role: Signatory,
    /// Why; none once the pupil was erased.
    #[serde(serialize_with = "french::personal")]
    pub reason: Option<String>,
    /// Where it is looked at.
    pub link: String,
}

/// All have signed; the signed document (PDF) is joined.
#[derive(Debug, Clone, Serialize)]
pub struct SigningCompleted {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// Where a school looks at it; none to whoever has no account.
    pub link: Option<String>,
}

impl std::fmt::Debug for SigningInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("SigningInvitation");
        shown.field("reference", &self.reference).field("role", &self.role).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for SigningCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SigningCode").field("reference", &self.reference).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for SigningDeclined {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = f.debug_struct("SigningDeclined");
        shown.field("reference", &self.reference).field("role", &self.role).finish_non_exhaustive()
    }
}
