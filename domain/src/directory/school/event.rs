//! What happened to a school’s row in the directory.

use serde::{Deserialize, Serialize};

use crate::kernel::{
    decider::Event,
    email::Email,
    place::{PositionOnMap, PostalAddress},
    uai::Uai,
};

/// A school as the national directory lists it. Public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SchoolListing {
    /// Its name, as the directory writes it.
    pub name: String,
    /// What it is.
    pub kind: SchoolKind,
    /// Public or private.
    pub sector: Sector,
    /// The directory’s three-digit nature code (`340` collège, `390` SEGPA…).
    pub nature: String,
    /// Where it is.
    pub address: PostalAddress,
    /// Its département’s name.
    pub departement: String,
    /// Its académie’s name.
    pub academie: String,
    /// Its region’s name.
    pub region: String,
    /// Where it is on the map, when the directory says.
    pub position: Option<PositionOnMap>,
    /// Its telephone, as the directory writes it.
    pub phone: Option<String>,
    /// Its institutional address: the login of the account that founds its space.
    pub mail: Option<Email>,
    /// Its site.
    pub web: Option<String>,
    /// The school it is part of (a SEGPA’s collège, an annexe’s lycée).
    pub parent: Option<Uai>,
    /// How many sites the directory lists under this UAI, from 1.
    pub sites: u16,
    /// Whether it is open.
    pub status: SchoolStatus,
}

/// What a school is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum SchoolKind {
    /// Collège.
    College,
    /// A section of adapted teaching, part of a collège.
    Segpa,
    /// Lycée, général or technologique.
    Lycee,
    /// Lycée professionnel.
    LyceeProfessionnel,
    /// Lycée polyvalent.
    LyceePolyvalent,
    /// A section of a lycée with a UAI of its own.
    Section,
    /// EREA and other adapted establishments.
    Erea,
    /// Anything else of the second degree.
    Other,
}

/// Public or private.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum Sector {
    /// « Public ».
    Public,
    /// « Privé ».
    Private,
}

/// Whether a school is open.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum SchoolStatus {
    /// « OUVERT », and what the directory leaves empty.
    Open,
    /// « A OUVRIR ».
    Opening,
    /// « FERME », « A FERMER » past its date, or closed by an import.
    Closed,
}

/// What happened to a school’s row.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum SchoolEvent {
    /// The school is in the directory.
    SchoolListed {
        /// Which.
        uai: Uai,
        /// As listed.
        listing: SchoolListing,
    },
    /// Something in its row is different.
    SchoolChanged {
        /// Which.
        uai: Uai,
        /// As listed now, whole.
        listing: SchoolListing,
        /// The fields that differ, by their names in JSON.
        changed: Vec<String>,
    },
    /// The school is closed, or no longer listed.
    SchoolClosed {
        /// Which.
        uai: Uai,
    },
}

impl Event for SchoolEvent {
    fn name(&self) -> &'static str {
        self.into()
    }
}
