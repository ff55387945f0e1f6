//! Requests wait, are answered, and forget who asked.

use domain::kernel::{ids::InvitationId, personal::Personal};
use jiff::SignedDuration;

use super::*;
use crate::spec::{Facts, START, forgets, given, unchanged_by_a_rebuild};

const FIRST: AccessRequestId = AccessRequestId::from_u128(1);
const SECOND: AccessRequestId = AccessRequestId::from_u128(2);
const ZOE: PersonId = PersonId::from_u128(11);
const TOM: PersonId = PersonId::from_u128(12);

fn school() -> Uai {
    "0491234A".parse().unwrap()
}

fn requester(first_name: &str) -> Requester {
    Requester {
        last_name: "Durand".to_owned(),
        first_name: first_name.to_owned(),
        function: "CPE".to_owned(),
        email: format!("{first_name}@ac-nantes.fr").parse().unwrap(),
    }
}

fn asked(request: AccessRequestId, person: PersonId, first_name: &str) -> SchoolSpaceEvent {
    SchoolSpaceEvent::AccessRequested {
        uai: school(),
        request,
        requester: Personal::new(person, requester(first_name)),
        at: START,
    }
}

fn facts() -> Facts {
    Facts::new().then(school(), asked(FIRST, ZOE, "Zoe")).then(school(), asked(SECOND, TOM, "Tom"))
}

fn granted() -> SchoolSpaceEvent {
    SchoolSpaceEvent::AccessGranted {
        uai: school(),
        request: SECOND,
        invitation: InvitationId::from_u128(3),
    }
}

#[test]
fn a_request_is_read_as_it_was_made() {
    let zoe = given::<AccessRequests>(&facts()).query(|db| by_id(db, FIRST)).unwrap();

    assert_eq!(zoe.requester, Some(requester("Zoe")));
    assert_eq!((zoe.answer, zoe.answered_at), (AccessAnswer::Waiting, None));
    assert_eq!(zoe.requested_at, START);
}

#[test]
fn those_that_wait_come_first_then_the_last_one() {
    let order = |facts: &Facts| {
        let rows = given::<AccessRequests>(facts).query(|db| of_school(db, &school()));
        rows.iter().map(|it| (it.request, it.answer)).collect::<Vec<_>>()
    };

    assert_eq!(order(&facts()), [(SECOND, AccessAnswer::Waiting), (FIRST, AccessAnswer::Waiting)]);
    assert_eq!(
        order(&facts().then(school(), granted())),
        [(FIRST, AccessAnswer::Waiting), (SECOND, AccessAnswer::Granted)]
    );
    let declined = SchoolSpaceEvent::AccessDeclined { uai: school(), request: SECOND };
    let read = given::<AccessRequests>(&facts().then(school(), declined));
    let second = read.query(|db| by_id(db, SECOND)).unwrap();
    assert_eq!(second.answer, AccessAnswer::Declined);
    assert_eq!(second.answered_at, Some(START + SignedDuration::from_mins(2)));
}

#[test]
fn a_rebuild_gives_the_same_requests() {
    unchanged_by_a_rebuild::<AccessRequests>(&facts().then(school(), granted()));
}

#[test]
fn who_asked_is_forgotten() {
    let facts = Facts::new().then(school(), asked(FIRST, ZOE, "Zoe"));

    forgets::<AccessRequests>(&facts, ZOE, &["Durand", "Zoe", "CPE"]);
    let read = given::<AccessRequests>(&facts.then_erased(ZOE));
    assert_eq!(read.query(|db| by_id(db, FIRST)).unwrap().requester, None);
}
