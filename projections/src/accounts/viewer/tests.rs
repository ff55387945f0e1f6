//! What one belongs to, from the four read models that say it.

use domain::{
    accounts::{
        account::{AccountEvent, Holder},
        school_space::{JoinedThrough, MemberRole, SchoolSpaceEvent},
    },
    kernel::{ids::PersonId, personal::Personal},
    platforms::platform::{PlatformEvent, PlatformRole},
};

use super::*;
use crate::{
    Definition,
    accounts::{account_list::Accounts, memberships::Memberships},
    platforms::{platform_hosts::PlatformHosts, platform_roles::PlatformRoles},
    spec::{Facts, Given, given_all},
};

const ZOE: AccountId = AccountId::from_u128(1);

fn school() -> Uai {
    "0491234A".parse().unwrap()
}

fn demo() -> Slug {
    "demo".parse().unwrap()
}

fn registered() -> Facts {
    let person = PersonId::from_u128(11);
    let holder = Holder {
        civility: None,
        last_name: "Durand".to_owned(),
        first_name: "Zoé".to_owned(),
        function: None,
        phone: None,
    };
    Facts::new().then(
        ZOE.uuid(),
        AccountEvent::AccountRegistered {
            account: ZOE,
            school: None,
            login: Personal::new(person, "zoe@ac-nantes.fr".parse().unwrap()),
            holder: Personal::new(person, holder),
        },
    )
}

fn read(facts: &Facts) -> Given {
    const ALL: [Definition; 4] = [
        Definition::of::<Accounts>(),
        Definition::of::<Memberships>(),
        Definition::of::<PlatformHosts>(),
        Definition::of::<PlatformRoles>(),
    ];
    let facts = facts
        .clone()
        .then(
            school(),
            SchoolSpaceEvent::MemberJoined {
                uai: school(),
                account: ZOE,
                role: MemberRole::Manager,
                through: JoinedThrough::InstitutionalAddress,
            },
        )
        .then(
            "demo",
            PlatformEvent::RoleGranted {
                platform: demo(),
                account: ZOE,
                role: PlatformRole::Auditor,
            },
        )
        .then("demo", PlatformEvent::HostAttached { platform: demo(), host: school() });
    given_all(&ALL, &facts)
}

#[test]
fn a_verified_account_is_all_that_it_belongs_to() {
    let verified = registered()
        .then(ZOE.uuid(), AccountEvent::EmailVerified { account: ZOE, school: None })
        .then(ZOE.uuid(), AccountEvent::OperatorAppointed { account: ZOE });

    let read = read(&verified);

    let expected = Viewer {
        account: Some(ZOE),
        operator: true,
        memberships: vec![(school(), MemberRole::Manager)],
        platform_roles: vec![(demo(), PlatformRole::Auditor)],
    };
    assert_eq!(read.query(|db| viewer_of(db, ZOE)), expected);
    assert_eq!(read.query(|db| platforms_of_school(db, &school())), [demo()]);
}

#[test]
fn an_account_that_is_not_verified_or_not_there_is_a_visitor() {
    let read = read(&registered());

    assert_eq!(read.query(|db| viewer_of(db, ZOE)), Viewer::visitor());
    let nobody = AccountId::from_u128(9);
    assert_eq!(read.query(|db| viewer_of(db, nobody)), Viewer::visitor());
}
