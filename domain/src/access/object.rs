//! What an action touches, as far as it decides who may.

use crate::kernel::{ids::AccountId, slug::Slug, uai::Uai};

/// The relations of the object touched. What is not said relates to nobody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// The account itself.
    pub account: Option<AccountId>,
    /// The school itself: its space, its members, its options.
    pub school: Option<Uai>,
    /// The school whose pupil it is.
    pub origin: Option<Uai>,
    /// The school that receives.
    pub host: Option<Uai>,
    /// Whether that school is attached to the platform: detached, it has no say.
    pub host_attached: bool,
    /// The platforms it belongs to: that of a slot, a booking, a convention or a letter; those
    /// to which a school is attached; those of the schools that an account belongs to.
    pub platforms: Vec<Slug>,
}

impl Facts {
    /// Nothing in particular: what is public, what is new, what is of the whole service.
    pub fn none() -> Self {
        Self::default()
    }

    /// An account.
    pub fn account(account: AccountId) -> Self {
        Self { account: Some(account), ..Self::default() }
    }

    /// A school’s space.
    pub fn school(school: Uai) -> Self {
        Self { school: Some(school), ..Self::default() }
    }

    /// A platform.
    pub fn platform(platform: Slug) -> Self {
        Self::none().on(platform)
    }

    /// What a host offers or sets on a platform (slots, formations, its notification address).
    pub fn host(platform: Slug, host: Uai, attached: bool) -> Self {
        Self { host: Some(host), host_attached: attached, ..Self::platform(platform) }
    }

    /// A booking, or its convention.
    pub fn placement(platform: Slug, origin: Uai, host: Uai, attached: bool) -> Self {
        Self { origin: Some(origin), ..Self::host(platform, host, attached) }
    }

    /// The same, and it belongs to `platform` (too).
    #[must_use]
    pub fn on(mut self, platform: Slug) -> Self {
        self.platforms.push(platform);
        self
    }
}
