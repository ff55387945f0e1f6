//! Who is looking, and what they are to an object.

use super::Facts;
use crate::{
    accounts::school_space::MemberRole,
    kernel::{ids::AccountId, slug::Slug, uai::Uai},
    platforms::platform::PlatformRole,
};

/// Whoever asks, with all that they belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Viewer {
    /// The account signed in with, if one is.
    pub account: Option<AccountId>,
    /// Whether it runs the service.
    pub operator: bool,
    /// The schools it belongs to.
    pub memberships: Vec<(Uai, MemberRole)>,
    /// The offices it has on platforms.
    pub platform_roles: Vec<(Slug, PlatformRole)>,
}

/// What a viewer is to an object. Its snake-case name stands in the envelope of events.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    strum::Display,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// The account is theirs.
    Holder,
    /// Manages the school itself.
    SchoolManager,
    /// Manages the school of origin.
    OriginManager,
    /// Manages the host, which is attached to the platform.
    HostManager,
    /// Teaches at the host, which is attached to the platform.
    HostTeacher,
    /// Administers a platform that it belongs to.
    PlatformAdmin,
    /// Audits a platform that it belongs to.
    Auditor,
    /// Runs the service.
    Operator,
    /// Anyone, signed in or not.
    Visitor,
}

/// What `viewer` is to the object that `facts` describe; the nearest first.
pub fn roles_held(viewer: &Viewer, facts: &Facts) -> Vec<Role> {
    let all: &[Role] = <Role as strum::VariantArray>::VARIANTS;
    all.iter().copied().filter(|role| viewer.holds(*role, facts)).collect()
}

impl Viewer {
    /// Someone who is not signed in.
    pub fn visitor() -> Self {
        Self::default()
    }

    fn holds(&self, role: Role, facts: &Facts) -> bool {
        let belongs = |school: &Option<Uai>, role| self.is_member(school.as_ref(), role);
        let manages = |school| belongs(school, MemberRole::Manager);
        match role {
            Role::Holder => self.account.is_some() && self.account == facts.account,
            Role::SchoolManager => manages(&facts.school),
            Role::OriginManager => manages(&facts.origin),
            Role::HostManager => facts.host_attached && manages(&facts.host),
            Role::HostTeacher => facts.host_attached && belongs(&facts.host, MemberRole::Teacher),
            Role::PlatformAdmin => self.has_office(facts, PlatformRole::Admin),
            Role::Auditor => self.has_office(facts, PlatformRole::Auditor),
            Role::Operator => self.account.is_some() && self.operator,
            Role::Visitor => true,
        }
    }

    /// A viewer without an account belongs nowhere, whatever else is said of them.
    fn is_member(&self, school: Option<&Uai>, role: MemberRole) -> bool {
        let Some(school) = school else { return false };
        self.account.is_some()
            && self.memberships.iter().any(|(uai, held)| uai == school && *held == role)
    }

    fn has_office(&self, facts: &Facts, office: PlatformRole) -> bool {
        self.account.is_some()
            && self
                .platform_roles
                .iter()
                .any(|(platform, held)| *held == office && facts.platforms.contains(platform))
    }
}
