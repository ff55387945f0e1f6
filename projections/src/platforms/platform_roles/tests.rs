//! Offices are granted and revoked one by one.

use super::*;
use crate::spec::{Facts, START, given, unchanged_by_a_rebuild};

const ZOE: AccountId = AccountId::from_u128(1);

fn demo() -> Slug {
    "demo".parse().unwrap()
}

fn granted(role: PlatformRole) -> PlatformEvent {
    PlatformEvent::RoleGranted { platform: demo(), account: ZOE, role }
}

fn facts() -> Facts {
    Facts::new()
        .then("demo", granted(PlatformRole::Admin))
        .then("demo", granted(PlatformRole::Auditor))
}

fn revoked() -> PlatformEvent {
    PlatformEvent::RoleRevoked { platform: demo(), account: ZOE, role: PlatformRole::Auditor }
}

#[test]
fn an_account_may_hold_two_offices() {
    let offices = given::<PlatformRoles>(&facts()).query(|db| of_account(db, ZOE));

    let roles: Vec<_> = offices.iter().map(|it| it.role).collect();
    assert_eq!(roles, [PlatformRole::Admin, PlatformRole::Auditor]);
    assert_eq!(offices[0].since, START);
}

#[test]
fn one_that_is_revoked_leaves_the_other() {
    let read = given::<PlatformRoles>(&facts().then("demo", revoked()));

    let offices = read.query(|db| of_platform(db, &demo()));
    assert_eq!(offices.len(), 1);
    assert_eq!((offices[0].account, offices[0].role), (ZOE, PlatformRole::Admin));
}

#[test]
fn a_rebuild_gives_the_same_offices() {
    unchanged_by_a_rebuild::<PlatformRoles>(&facts().then("demo", revoked()));
}
