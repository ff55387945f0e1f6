//! What the matrix cannot say: whose the object is, several roles, no account.

mod matrix;

use std::collections::BTreeSet;

use strum::VariantArray as _;

use super::{Action, Facts, Role, Viewer, acting_as, may, roles_held};
use crate::{
    accounts::school_space::MemberRole,
    kernel::{ids::AccountId, slug::Slug, uai::Uai},
    platforms::platform::PlatformRole,
};

const ME: AccountId = AccountId::from_u128(1);
const OTHER: AccountId = AccountId::from_u128(2);

fn uai(code: &str) -> Uai {
    code.parse().unwrap()
}

fn origin() -> Uai {
    uai("0491234A")
}

fn host() -> Uai {
    uai("0590121L")
}

fn school() -> Uai {
    uai("0750655E")
}

fn demo() -> Slug {
    "lycee-demo".parse().unwrap()
}

fn member(school: Uai, role: MemberRole) -> Viewer {
    Viewer { account: Some(ME), memberships: vec![(school, role)], ..Viewer::default() }
}

fn officer(platform: Slug, role: PlatformRole) -> Viewer {
    Viewer { account: Some(ME), platform_roles: vec![(platform, role)], ..Viewer::default() }
}

/// Someone who is just `role` to [`object`].
fn persona(role: Role) -> Viewer {
    match role {
        Role::Holder => Viewer { account: Some(OTHER), ..Viewer::default() },
        Role::SchoolManager => member(school(), MemberRole::Manager),
        Role::OriginManager => member(origin(), MemberRole::Manager),
        Role::HostManager => member(host(), MemberRole::Manager),
        Role::HostTeacher => member(host(), MemberRole::Teacher),
        Role::PlatformAdmin => officer(demo(), PlatformRole::Admin),
        Role::Auditor => officer(demo(), PlatformRole::Auditor),
        Role::Operator => Viewer { account: Some(ME), operator: true, ..Viewer::default() },
        Role::Visitor => Viewer::visitor(),
    }
}

/// Related to everyone, by one relation each.
fn object() -> Facts {
    Facts {
        account: Some(OTHER),
        school: Some(school()),
        ..Facts::placement(demo(), origin(), host(), true)
    }
}

/// Related to nobody of ours.
fn foreign() -> Facts {
    let far =
        Facts::placement("lycee-loin".parse().unwrap(), uai("0333287U"), uai("0860958Z"), true);
    Facts { account: Some(AccountId::from_u128(99)), school: Some(uai("0333287U")), ..far }
}

#[test]
fn a_persona_is_one_thing_only() {
    for role in Role::VARIANTS {
        let expected: BTreeSet<String> = [*role, Role::Visitor].map(|it| it.to_string()).into();

        let held = roles_held(&persona(*role), &object());

        assert_eq!(held.iter().map(Role::to_string).collect::<BTreeSet<_>>(), expected);
    }
}

#[test]
fn nobody_may_touch_what_is_anothers() {
    for role in Role::VARIANTS {
        for action in Action::VARIANTS {
            let everyones = action.roles().contains(&Role::Visitor);
            let office = *role == Role::Operator && action.roles().contains(&Role::Operator);

            assert_eq!(
                may(&persona(*role), *action, &foreign()),
                everyones || office,
                "{role} {action}"
            );
        }
    }
}

#[test]
fn a_host_that_is_detached_has_no_say() {
    let detached = Facts::placement(demo(), origin(), host(), false);

    for action in Action::VARIANTS {
        let everyones = action.roles().contains(&Role::Visitor);
        for role in [Role::HostManager, Role::HostTeacher] {
            assert_eq!(may(&persona(role), *action, &detached), everyones, "{action}");
        }
    }
    assert!(may(&persona(Role::OriginManager), Action::ReadConvention, &detached));
    assert!(may(&persona(Role::PlatformAdmin), Action::ReadConvention, &detached));
}

#[test]
fn a_teacher_at_the_school_of_origin_reads_no_booking() {
    let teacher = member(origin(), MemberRole::Teacher);

    assert!(!may(&teacher, Action::ReadBookings, &object()));
}

#[test]
fn the_auditor_changes_nothing() {
    for action in Action::VARIANTS {
        if action.roles().contains(&Role::Auditor) {
            let name = action.to_string();
            assert!(name.starts_with("Read") || name == "Export", "{name}");
        }
    }
}

#[test]
fn the_operator_reads_no_pupil_by_that_office_alone() {
    for action in [
        Action::ReadBookings,
        Action::ReadDayList,
        Action::ReadAttendance,
        Action::ReadAppreciation,
        Action::ReadConvention,
        Action::ReadDocument,
        Action::ReadHistory,
        Action::ReadAuditTrail,
        Action::Export,
    ] {
        assert!(!may(&persona(Role::Operator), action, &object()), "{action}");
    }
}

#[test]
fn an_administrator_reaches_the_accounts_of_attached_schools_only() {
    let admin = persona(Role::PlatformAdmin);

    assert!(may(&admin, Action::UnlockAccount, &Facts::account(OTHER).on(demo())));
    assert!(!may(&admin, Action::UnlockAccount, &Facts::account(OTHER)));
    assert!(may(&admin, Action::RemoveMember, &Facts::school(host()).on(demo())));
    assert!(!may(&admin, Action::RemoveMember, &Facts::school(host())));
}

#[test]
fn one_account_may_be_several_things() {
    let both = Viewer {
        memberships: vec![(origin(), MemberRole::Manager), (host(), MemberRole::Manager)],
        ..persona(Role::Operator)
    };

    assert_eq!(acting_as(&both, Action::DepositConvention, &object()), Some(Role::OriginManager));
    assert_eq!(acting_as(&both, Action::ValidateConvention, &object()), Some(Role::HostManager));
    assert_eq!(acting_as(&both, Action::ManageProjections, &Facts::none()), Some(Role::Operator));
}

#[test]
fn without_an_account_nothing_is_held() {
    for role in Role::VARIANTS {
        let unsigned = Viewer { account: None, ..persona(*role) };

        assert_eq!(roles_held(&unsigned, &object()), [Role::Visitor]);
        assert_eq!(roles_held(&unsigned, &Facts::none()), [Role::Visitor]);
    }
}

#[test]
fn every_command_has_its_action() {
    let sources = [
        include_str!("../../directory/school/command.rs"),
        include_str!("../../accounts/account/command.rs"),
        include_str!("../../accounts/school_space/command.rs"),
        include_str!("../../platforms/platform/command.rs"),
        include_str!("../../ministages/slot/command.rs"),
        include_str!("../../conventions/convention/command.rs"),
        include_str!("../../conventions/scan_batch/command.rs"),
        include_str!("../../correspondence/letter/command.rs"),
        include_str!("../../operations/erasure/command.rs"),
    ];
    for source in sources {
        let (_, body) = source.split_once("Command {\n").unwrap();
        let commands: Vec<&str> = body
            .lines()
            .filter_map(|line| line.strip_prefix("    "))
            .filter(|line| line.starts_with(char::is_uppercase))
            .map(|line| line.trim_end_matches([' ', '{', ',']))
            .collect();

        assert!(!commands.is_empty());
        for command in commands {
            assert_eq!(command.parse::<Action>().map(|it| it.to_string()), Ok(command.to_owned()));
        }
    }
}
