//! Letters about the life of a convention.

use domain::ministages::slot::Side;
use jiff::civil::DateTime;
use serde::Serialize;

use super::Placement;
use crate::french;

/// The booking is made; the convention (PDF) and the appointment (.ics) are joined.
#[derive(Debug, Clone, Serialize)]
pub struct ConventionToOrigin {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// When an unconfirmed booking expires.
    #[serde(serialize_with = "french::deadline")]
    pub deadline: DateTime,
    /// Where the completed one is deposited.
    pub link: String,
}

/// A completed convention came back; said to the other side.
#[derive(Debug, Clone, Serialize)]
pub struct ConventionDeposited {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// Who deposited it; the letter goes to the other.
    pub by: Side,
    /// Where it is looked at.
    pub link: String,
}

/// « Valider la conformité » was chosen.
#[derive(Debug, Clone, Serialize)]
pub struct ConventionValidated {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// Where it is looked at.
    pub link: String,
}

/// « Invalider la conformité » was chosen.
#[derive(Clone, Serialize)]
pub struct ConventionInvalidated {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// Why; none once the pupil was erased.
    #[serde(serialize_with = "french::personal")]
    pub reason: Option<String>,
    /// Whether it had been validated.
    pub was_validated: bool,
    /// When the unconfirmed booking expires, if it does.
    #[serde(serialize_with = "french::some_deadline")]
    pub deadline: Option<DateTime>,
    /// Where the completed one is deposited.
    pub link: String,
}

impl std::fmt::Debug for ConventionInvalidated {
    /// Without the reason, which is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ConventionInvalidated")
            .field("reference", &self.reference)
            .field("was_validated", &self.was_validated)
            .finish_non_exhaustive()
    }
}

/// The convention is its original again, which is joined (PDF).
#[derive(Debug, Clone, Serialize)]
pub struct ConventionRegenerated {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// When an unconfirmed booking expires.
    #[serde(serialize_with = "french::deadline")]
    pub deadline: DateTime,
    /// Where the completed one is deposited.
    pub link: String,
}

/// The convention says something else; its new version is joined (PDF).
#[derive(Debug, Clone, Serialize)]
pub struct ConventionAmended {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// Which version it is, from 2.
    pub version: u16,
    /// What is other in it: « la salle et la classe de l’élève ».
    pub changed: String,
    /// When an unconfirmed booking expires.
    #[serde(serialize_with = "french::deadline")]
    pub deadline: DateTime,
    /// Where the completed one is deposited.
    pub link: String,
}

/// The convention is still awaited.
#[derive(Debug, Clone, Serialize)]
pub struct ConventionReminder {
    /// The mini-stage.
    pub placement: Placement,
    /// The identification printed on the convention.
    pub reference: String,
    /// When the unconfirmed booking expires.
    #[serde(serialize_with = "french::deadline")]
    pub deadline: DateTime,
    /// Where the completed one is deposited.
    pub link: String,
}
