//! What can be asked of a platform.

use jiff::civil::Date;

use super::event::{Article, Branding, FormationLevel, PlatformRole, StoredFile};
use crate::{
    kernel::{
        email::Email,
        ids::{AccountId, FormationId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    platforms::rules::Rules,
};

/// What can be asked of a platform.
#[derive(Debug, Clone, PartialEq)]
pub enum PlatformCommand {
    /// Opens it.
    OpenPlatform {
        /// Its slug.
        platform: Slug,
        /// What it is called.
        name: String,
        /// The IANA time zone of its slots.
        time_zone: String,
        /// The rules it starts with.
        rules: Rules,
    },
    /// Changes its look.
    ChangeBranding {
        /// From now on.
        branding: Branding,
    },
    /// Renews its licence; never shortens it.
    RenewLicence {
        /// Its last day.
        until: Date,
    },
    /// Says where a host’s notifications go.
    SetNotificationAddress {
        /// The host.
        host: Uai,
        /// The address.
        email: Personal<Email>,
    },
    /// Changes its rules.
    ChangeRules {
        /// From now on.
        rules: Rules,
    },
    /// Changes the two texts printed on conventions.
    ChangeConventionNotes {
        /// Above the signatures.
        first: String,
        /// At the end.
        second: String,
    },
    /// Changes the articles of its conventions.
    ChangeConventionArticles {
        /// From now on, in the order printed; none: those of Escale.
        articles: Vec<Article>,
    },
    /// Adds a formation.
    AddFormation {
        /// The new formation.
        formation: FormationId,
        /// The host.
        host: Uai,
        /// Its level.
        level: FormationLevel,
        /// What it is called.
        label: String,
    },
    /// Retires a formation.
    RetireFormation {
        /// Which.
        formation: FormationId,
    },
    /// Attaches a host.
    AttachHost {
        /// Which.
        host: Uai,
    },
    /// Detaches a host.
    DetachHost {
        /// Which.
        host: Uai,
    },
    /// Grants a role.
    GrantRole {
        /// To which account.
        account: AccountId,
        /// Which role.
        role: PlatformRole,
    },
    /// Revokes a role.
    RevokeRole {
        /// From which account.
        account: AccountId,
        /// Which role.
        role: PlatformRole,
    },
    /// Stores the guide to download.
    StoreGuide {
        /// The PDF.
        guide: StoredFile,
    },
}
