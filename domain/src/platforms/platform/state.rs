//! What the rules need to know of a platform.

use std::collections::{BTreeMap, BTreeSet};

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

/// Whether a platform is open, and how it is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PlatformState {
    /// There is none under this slug.
    #[default]
    NotOpen,
    /// It is open.
    Open(Box<OpenPlatform>),
}

/// An open platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPlatform {
    /// Which.
    pub(super) platform: Slug,
    /// Deadlines and quotas.
    pub(super) rules: Rules,
    /// Its look, once it was set.
    pub(super) branding: Option<Branding>,
    /// The last day of its licence, once there is one.
    pub(super) licence: Option<Date>,
    /// The two texts printed on conventions.
    pub(super) notes: (String, String),
    /// The articles of its conventions; none: those of Escale.
    pub(super) articles: Vec<Article>,
    /// The guide to download, once there is one.
    pub(super) guide: Option<StoredFile>,
    /// The schools that receive pupils.
    pub(super) hosts: BTreeSet<Uai>,
    /// Where their notifications go, when they said.
    pub(super) notified: BTreeMap<Uai, Personal<Email>>,
    /// The catalogue, retired formations too.
    pub(super) formations: BTreeMap<FormationId, Formation>,
    /// Who may do what.
    pub(super) roles: Vec<(AccountId, PlatformRole)>,
}

/// A formation of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Formation {
    pub(super) host: Uai,
    pub(super) level: FormationLevel,
    /// The form in which labels are compared: one name written in two ways is one name.
    pub(super) folded: String,
    pub(super) retired: bool,
}

impl OpenPlatform {
    pub(super) fn new(platform: Slug, rules: Rules) -> Self {
        Self {
            platform,
            rules,
            branding: None,
            licence: None,
            notes: (String::new(), String::new()),
            articles: Vec::new(),
            guide: None,
            hosts: BTreeSet::new(),
            notified: BTreeMap::new(),
            formations: BTreeMap::new(),
            roles: Vec::new(),
        }
    }
}
