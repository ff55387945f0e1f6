//! What happened to a platform.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    kernel::{
        decider::Event,
        email::Email,
        ids::{AccountId, FormationId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    platforms::rules::Rules,
};

/// How a platform looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Branding {
    /// « Plateforme de gestion des stages : Lycée des métiers Démo Paul ».
    pub display_name: String,
    /// The main colour, `#0f5c66`.
    pub colour: String,
    /// The logo, if one was uploaded; not personal, so stored in clear.
    pub logo: Option<StoredFile>,
}

/// A file that is nobody’s secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredFile {
    /// SHA-256 of its bytes, in hexadecimal: where it is stored.
    pub blob: String,
    /// Length of its bytes.
    pub length: u64,
}

/// An article of a platform’s conventions: what the parties agree on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Article {
    /// Its title, one line.
    pub title: String,
    /// Its text.
    pub text: String,
}

/// The level of a formation of the catalogue.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::Display,
    strum::VariantArray,
)]
#[serde(rename_all = "camelCase")]
pub enum FormationLevel {
    /// « CAP ».
    Cap,
    /// « BAC PRO ».
    BacPro,
    /// « BAC TECHNO ».
    BacTechno,
    /// « BAC GÉNÉRAL ».
    BacGeneral,
    /// « BTS ».
    Bts,
    /// « 3e prépa-métiers » and anything else.
    Other,
}

/// What an account may do on a platform, beside what its schools give it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::EnumString,
    strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum PlatformRole {
    /// Everything of the platform.
    Admin,
    /// Reads everything, changes nothing.
    Auditor,
}

/// What happened to a platform.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum PlatformEvent {
    /// A platform opened.
    PlatformOpened {
        /// Which; it is in its addresses (`/lycee-demo-paul/`).
        platform: Slug,
        /// What it is called.
        name: String,
        /// The IANA time zone of its slots, `Europe/Paris`.
        time_zone: String,
        /// The rules it starts with.
        rules: Rules,
    },
    /// Its look is another.
    BrandingChanged {
        /// Which.
        platform: Slug,
        /// From now on.
        branding: Branding,
    },
    /// Its licence goes further.
    LicenceRenewed {
        /// Which.
        platform: Slug,
        /// Its last day.
        until: Date,
    },
    /// Where a host’s notifications go.
    NotificationAddressSet {
        /// Which.
        platform: Slug,
        /// The host.
        host: Uai,
        /// The address.
        email: Personal<Email>,
    },
    /// Its rules are others.
    RulesChanged {
        /// Which.
        platform: Slug,
        /// From now on.
        rules: Rules,
    },
    /// The two texts printed on its conventions are others.
    ConventionNotesChanged {
        /// Which.
        platform: Slug,
        /// Above the signatures.
        first: String,
        /// At the end.
        second: String,
    },
    /// The articles of its conventions are others.
    ConventionArticlesChanged {
        /// Which.
        platform: Slug,
        /// From now on, in the order printed; none: those of Escale.
        articles: Vec<Article>,
    },
    /// A host offers a formation to discover.
    FormationAdded {
        /// Which platform.
        platform: Slug,
        /// The formation.
        formation: FormationId,
        /// The host.
        host: Uai,
        /// Its level.
        level: FormationLevel,
        /// « Composites, plastiques chaudronnés ».
        label: String,
    },
    /// It is offered no longer; slots already published stay.
    FormationRetired {
        /// Which platform.
        platform: Slug,
        /// The formation.
        formation: FormationId,
    },
    /// A school receives pupils on the platform.
    HostAttached {
        /// Which platform.
        platform: Slug,
        /// The school.
        host: Uai,
    },
    /// It does no longer.
    HostDetached {
        /// Which platform.
        platform: Slug,
        /// The school.
        host: Uai,
    },
    /// An account has a role on the platform.
    RoleGranted {
        /// Which platform.
        platform: Slug,
        /// The account.
        account: AccountId,
        /// The role.
        role: PlatformRole,
    },
    /// It has it no longer.
    RoleRevoked {
        /// Which platform.
        platform: Slug,
        /// The account.
        account: AccountId,
        /// The role.
        role: PlatformRole,
    },
    /// The guide that schools may download is another.
    GuideStored {
        /// Which platform.
        platform: Slug,
        /// The PDF; nobody’s secret.
        guide: StoredFile,
    },
}

impl Event for PlatformEvent {
    fn name(&self) -> &'static str {
        self.into()
    }

    fn version(&self) -> &'static str {
        match self {
            // Who signs online came into the rules.
            Self::PlatformOpened { .. } | Self::RulesChanged { .. } => "2",
            Self::BrandingChanged { .. }
            | Self::LicenceRenewed { .. }
            | Self::NotificationAddressSet { .. }
            | Self::ConventionNotesChanged { .. }
            | Self::ConventionArticlesChanged { .. }
            | Self::FormationAdded { .. }
            | Self::FormationRetired { .. }
            | Self::HostAttached { .. }
            | Self::HostDetached { .. }
            | Self::RoleGranted { .. }
            | Self::RoleRevoked { .. }
            | Self::GuideStored { .. } => "1",
        }
    }
}
