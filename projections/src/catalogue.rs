//! Every read model, in one list. A new one is one line here.

use crate::{
    Definition,
    accounts::{
        access_requests::AccessRequests, account_list::Accounts, invitations::Invitations,
        memberships::Memberships, school_spaces::SchoolSpaces,
    },
    conventions::{deposits::Deposits, register::Conventions, scans::Scans, signings::Signings},
    correspondence::letters::Letters,
    directory::schools::Schools,
    ministages::{bookings::Bookings, slots::Slots},
    operations::audit_trail::AuditTrail,
    platforms::{
        formations::Formations, platform_hosts::PlatformHosts, platform_list::Platforms,
        platform_roles::PlatformRoles,
    },
};

/// All read models.
pub const ALL: &[Definition] = &[
    Definition::of::<AccessRequests>(),
    Definition::of::<Accounts>(),
    Definition::of::<AuditTrail>(),
    Definition::of::<Bookings>(),
    Definition::of::<Conventions>(),
    Definition::of::<Deposits>(),
    Definition::of::<Formations>(),
    Definition::of::<Invitations>(),
    Definition::of::<Letters>(),
    Definition::of::<Memberships>(),
    Definition::of::<PlatformHosts>(),
    Definition::of::<PlatformRoles>(),
    Definition::of::<Platforms>(),
    Definition::of::<Scans>(),
    Definition::of::<SchoolSpaces>(),
    Definition::of::<Schools>(),
    Definition::of::<Signings>(),
    Definition::of::<Slots>(),
];

/// The read model called `name`.
pub fn find(name: &str) -> Option<&'static Definition> {
    ALL.iter().find(|definition| definition.name == name)
}
