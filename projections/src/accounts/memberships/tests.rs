//! Members come, change role and go.

use domain::{
    accounts::{
        account::{AccountEvent, Holder},
        school_space::JoinedThrough,
    },
    kernel::{ids::PersonId, personal::Personal},
};
use jiff::SignedDuration;

use super::*;
use crate::{
    Definition,
    accounts::account_list::Accounts,
    spec::{Facts, START, given, given_all, unchanged_by_a_rebuild},
};

const ZOE: AccountId = AccountId::from_u128(1);
const TOM: AccountId = AccountId::from_u128(2);

fn school() -> Uai {
    "0491234A".parse().unwrap()
}

fn joined(account: AccountId, role: MemberRole) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberJoined {
        uai: school(),
        account,
        role,
        through: JoinedThrough::InstitutionalAddress,
    }
}

fn facts() -> Facts {
    Facts::new()
        .then(school(), joined(ZOE, MemberRole::Manager))
        .then(school(), joined(TOM, MemberRole::Teacher))
}

#[test]
fn members_are_read_by_school_and_by_account() {
    let read = given::<Memberships>(&facts());

    let members = read.query(|db| of_school(db, &school()));
    let roles: Vec<_> = members.iter().map(|it| (it.account, it.role)).collect();
    assert_eq!(roles, [(ZOE, MemberRole::Manager), (TOM, MemberRole::Teacher)]);
    let own = read.query(|db| of_account(db, TOM));
    assert_eq!(own[0].uai, school());
    assert_eq!(own[0].since, START + SignedDuration::from_mins(1));
}

#[test]
fn a_member_who_is_removed_is_there_no_longer() {
    let removed = SchoolSpaceEvent::MemberRemoved { uai: school(), account: TOM };

    let read = given::<Memberships>(&facts().then(school(), removed));

    assert_eq!(read.query(|db| of_account(db, TOM)), []);
    assert_eq!(read.query(|db| of_school(db, &school())).len(), 1);
}

#[test]
fn letters_go_to_verified_managers_who_were_not_erased() {
    const BOTH: [Definition; 2] = [Definition::of::<Memberships>(), Definition::of::<Accounts>()];
    let person = PersonId::from_u128(11);
    let login: Email = "ce.0491234A@ac-nantes.fr".parse().unwrap();
    let holder = Holder {
        civility: None,
        last_name: "Durand".to_owned(),
        first_name: "Zoé".to_owned(),
        function: None,
        phone: None,
    };
    let unverified = facts().then(
        ZOE.uuid(),
        AccountEvent::AccountRegistered {
            account: ZOE,
            school: None,
            login: Personal::new(person, login.clone()),
            holder: Personal::new(person, holder),
        },
    );
    let verified = unverified
        .clone()
        .then(ZOE.uuid(), AccountEvent::EmailVerified { account: ZOE, school: None });
    let told = |facts: &Facts| given_all(&BOTH, facts).query(|db| managers(db, &school()));

    assert_eq!(told(&unverified), []);
    assert_eq!(told(&verified), [(ZOE, login)]);
    assert_eq!(told(&verified.then_erased(person)), []);
}

#[test]
fn a_rebuild_gives_the_same_members() {
    let removed = SchoolSpaceEvent::MemberRemoved { uai: school(), account: ZOE };
    let again = facts().then(school(), removed).then(school(), joined(ZOE, MemberRole::Teacher));

    unchanged_by_a_rebuild::<Memberships>(&again);
}
