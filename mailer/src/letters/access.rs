//! Letters about who may enter a school's space. Their links are secrets, and a requester's
//! name is personal: `Debug` shows neither.

use domain::accounts::school_space::MemberRole;
use jiff::civil::DateTime;
use serde::Serialize;

use crate::french;

/// Someone asks for access: grant it in one click, or decline.
#[derive(Clone, Serialize)]
pub struct AccessRequested {
    /// The school, with its town.
    pub school: String,
    /// Who asks.
    pub requester: Requester,
    /// The address that grants.
    pub grant: String,
    /// The address that declines.
    pub decline: String,
}

/// Who asks for access; each part is none once the person was erased.
#[derive(Clone, Serialize)]
pub struct Requester {
    /// « NOM Prénom ».
    #[serde(serialize_with = "french::personal")]
    pub name: Option<String>,
    /// « Fonction ».
    #[serde(serialize_with = "french::personal")]
    pub function: Option<String>,
    /// « Adresse académique ».
    #[serde(serialize_with = "french::personal")]
    pub email: Option<String>,
}

/// Access was declined.
#[derive(Debug, Clone, Serialize)]
pub struct AccessDeclined {
    /// The school, with its town.
    pub school: String,
}

/// « Rejoindre l’espace ».
#[derive(Clone, Serialize)]
pub struct MemberInvited {
    /// The school, with its town.
    pub school: String,
    /// What for.
    pub role: MemberRole,
    /// The address that accepts.
    pub link: String,
    /// Until when.
    #[serde(serialize_with = "french::moment")]
    pub expires: DateTime,
}

impl std::fmt::Debug for AccessRequested {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccessRequested").field("school", &self.school).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for MemberInvited {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberInvited")
            .field("school", &self.school)
            .field("role", &self.role)
            .finish_non_exhaustive()
    }
}
