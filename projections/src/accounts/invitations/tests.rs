//! Invitations wait, are accepted, and forget whom they were for.

use domain::kernel::{ids::AccountId, personal::Personal};
use jiff::SignedDuration;

use super::*;
use crate::spec::{Facts, START, forgets, given, unchanged_by_a_rebuild};

const FIRST: InvitationId = InvitationId::from_u128(1);
const SECOND: InvitationId = InvitationId::from_u128(2);
const ZOE: PersonId = PersonId::from_u128(11);
const TOM: PersonId = PersonId::from_u128(12);

fn school() -> Uai {
    "0491234A".parse().unwrap()
}

fn invited(invitation: InvitationId, person: PersonId, email: &str) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberInvited {
        uai: school(),
        invitation,
        email: Personal::new(person, email.parse().unwrap()),
        role: MemberRole::Teacher,
        expires_at: START + SignedDuration::from_hours(168),
    }
}

fn joined(through: JoinedThrough) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberJoined {
        uai: school(),
        account: AccountId::from_u128(1),
        role: MemberRole::Teacher,
        through,
    }
}

fn facts() -> Facts {
    Facts::new()
        .then(school(), joined(JoinedThrough::InstitutionalAddress))
        .then(school(), invited(FIRST, ZOE, "zoe@ac-nantes.fr"))
        .then(school(), invited(SECOND, TOM, "tom@ac-nantes.fr"))
}

#[test]
fn invitations_wait_the_last_one_first() {
    let waiting = given::<Invitations>(&facts()).query(|db| open(db, &school()));

    let ids: Vec<_> = waiting.iter().map(|it| it.invitation).collect();
    assert_eq!(ids, [SECOND, FIRST]);
    assert_eq!(waiting[1].email, "zoe@ac-nantes.fr".parse().ok());
    assert_eq!(waiting[1].role, MemberRole::Teacher);
    assert_eq!(waiting[1].expires_at, START + SignedDuration::from_hours(168));
}

#[test]
fn one_that_was_accepted_waits_no_longer() {
    let through = JoinedThrough::Invitation { invitation: FIRST };
    let read = given::<Invitations>(&facts().then(school(), joined(through)));

    assert_eq!(read.query(|db| open(db, &school())).len(), 1);
    let first = read.query(|db| by_id(db, FIRST)).unwrap();
    assert_eq!(first.accepted_at, Some(START + SignedDuration::from_mins(3)));
}

#[test]
fn a_rebuild_gives_the_same_invitations() {
    let through = JoinedThrough::Invitation { invitation: FIRST };

    unchanged_by_a_rebuild::<Invitations>(&facts().then(school(), joined(through)));
}

#[test]
fn whom_it_was_for_is_forgotten() {
    forgets::<Invitations>(&facts(), ZOE, &["zoe@ac-nantes.fr"]);

    let read = given::<Invitations>(&facts().then_erased(ZOE));
    assert_eq!(read.query(|db| by_id(db, FIRST)).unwrap().email, None);
    assert!(read.mentions("tom@ac-nantes.fr"));
}
