//! Spaces are founded once; their pictures come and go.

use domain::{accounts::school_space::JoinedThrough, kernel::ids::AccountId};
use jiff::SignedDuration;

use super::*;
use crate::{
    Definition,
    accounts::memberships::Memberships,
    spec::{Facts, START, forgets, given_all, unchanged_by_a_rebuild},
};

const KEY: PersonId = PersonId::from_u128(11);

fn school() -> Uai {
    "0491234A".parse().unwrap()
}

fn picture(blob: &str) -> StoredDocument {
    StoredDocument {
        blob: blob.to_owned(),
        length: 1234,
        digest: Personal::new(KEY, format!("digest of {blob}")),
    }
}

fn joined(account: u128, role: MemberRole) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberJoined {
        uai: school(),
        account: AccountId::from_u128(account),
        role,
        through: JoinedThrough::InstitutionalAddress,
    }
}

fn facts() -> Facts {
    let signature = SchoolSpaceEvent::SignatureStored { uai: school(), picture: picture("ink") };
    let stamp = SchoolSpaceEvent::StampStored { uai: school(), picture: picture("wax") };
    Facts::new()
        .then(school(), joined(1, MemberRole::Manager))
        .then(school(), joined(2, MemberRole::Manager))
        .then(school(), joined(3, MemberRole::Teacher))
        .then(school(), signature)
        .then(school(), stamp)
}

fn read(facts: &Facts) -> SchoolSpace {
    const BOTH: [Definition; 2] =
        [Definition::of::<SchoolSpaces>(), Definition::of::<Memberships>()];
    let read = given_all(&BOTH, facts);
    read.query(|db| by_uai(db, &school())).unwrap()
}

#[test]
fn a_space_is_as_old_as_its_first_member() {
    let space = read(&facts());

    assert_eq!(space.founded_at, START);
    assert_eq!(space.managers, 2);
    assert_eq!(space.signature, Some(picture("ink")));
    assert_eq!(space.stamp, Some(picture("wax")));
}

#[test]
fn pictures_are_removed_one_by_one() {
    let unsigned = facts().then(school(), SchoolSpaceEvent::SignatureRemoved { uai: school() });
    let bare = unsigned.clone().then(school(), SchoolSpaceEvent::StampRemoved { uai: school() });

    assert_eq!((read(&unsigned).signature, read(&unsigned).stamp), (None, Some(picture("wax"))));
    assert_eq!(read(&bare).stamp, None);
    assert_eq!(read(&bare).founded_at, START + SignedDuration::ZERO);
}

#[test]
fn a_rebuild_gives_the_same_spaces() {
    unchanged_by_a_rebuild::<SchoolSpaces>(&facts());
}

#[test]
fn what_a_picture_was_is_forgotten_with_its_key() {
    forgets::<SchoolSpaces>(&facts(), KEY, &["digest of ink", "digest of wax"]);

    let signature = read(&facts().then_erased(KEY)).signature.unwrap();
    assert_eq!(signature.digest, Personal::erased(KEY));
}
