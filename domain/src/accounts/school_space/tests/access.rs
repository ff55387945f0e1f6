//! Requests for access, and the hint at the manager’s address.

use super::*;

const SECOND: AccessRequestId = AccessRequestId::from_u128(6);
const DAY: i64 = 24 * 60;

#[test]
fn a_visitor_asks_for_access() {
    given::<SchoolSpace>(&[founded(PAULE)])
        .when(request(REQUEST, NOON))
        .then(&[requested(REQUEST, NOON)]);
}

#[test]
fn nobody_can_be_asked_where_nobody_manages() {
    given::<SchoolSpace>(&[])
        .when(request(REQUEST, NOON))
        .then_refused(&SchoolSpaceRefusal::NotFounded);
}

#[test]
fn the_same_person_is_heard_once_in_24_hours() {
    let log = [founded(PAULE), requested(REQUEST, NOON)];

    given::<SchoolSpace>(&log).when(request(SECOND, after(DAY - 1))).then_nothing();
    given::<SchoolSpace>(&log)
        .when(request(SECOND, after(DAY)))
        .then(&[requested(SECOND, after(DAY))]);
}

#[test]
fn an_answer_does_not_make_the_same_person_heard_earlier() {
    given::<SchoolSpace>(&[founded(PAULE), requested(REQUEST, NOON), declined(REQUEST)])
        .when(request(SECOND, after(5)))
        .then_nothing();
}

#[test]
fn another_person_is_heard_at_once() {
    let someone_else = Personal::<Requester>::erased(PersonId::from_u128(77));
    let asks = SchoolSpaceCommand::RequestAccess {
        uai: vilar(),
        request: SECOND,
        requester: someone_else.clone(),
        at: NOON,
    };

    given::<SchoolSpace>(&[founded(PAULE), requested(REQUEST, NOON)]).when(asks).then(&[
        SchoolSpaceEvent::AccessRequested {
            uai: vilar(),
            request: SECOND,
            requester: someone_else,
            at: NOON,
        },
    ]);
}

#[test]
fn granting_invites_the_requester_as_a_manager() {
    given::<SchoolSpace>(&[founded(PAULE), requested(REQUEST, NOON)])
        .when(grant(REQUEST))
        .then(&[granted(REQUEST), invited(MemberRole::Manager)]);
}

#[test]
fn granting_someone_erased_meanwhile_invites_nobody_by_name() {
    let erased = SchoolSpaceEvent::AccessRequested {
        uai: vilar(),
        request: REQUEST,
        requester: Personal::erased(ALI_HIMSELF),
        at: NOON,
    };

    given::<SchoolSpace>(&[founded(PAULE), erased]).when(grant(REQUEST)).then(&[
        granted(REQUEST),
        SchoolSpaceEvent::MemberInvited {
            uai: vilar(),
            invitation: INVITATION,
            email: Personal::erased(ALI_HIMSELF),
            role: MemberRole::Manager,
            expires_at: after(60),
        },
    ]);
}

#[test]
fn a_request_is_declined() {
    given::<SchoolSpace>(&[founded(PAULE), requested(REQUEST, NOON)])
        .when(decline(REQUEST))
        .then(&[declined(REQUEST)]);
}

#[test]
fn a_request_is_answered_once() {
    for answer in [granted(REQUEST), declined(REQUEST)] {
        let log = [founded(PAULE), requested(REQUEST, NOON), answer];

        given::<SchoolSpace>(&log)
            .when(grant(REQUEST))
            .then_refused(&SchoolSpaceRefusal::RequestUnknown);
        given::<SchoolSpace>(&log)
            .when(decline(REQUEST))
            .then_refused(&SchoolSpaceRefusal::RequestUnknown);
    }
}

#[test]
fn one_answer_is_for_all_that_the_same_person_asked() {
    let log =
        [founded(PAULE), requested(REQUEST, NOON), requested(SECOND, after(DAY)), granted(SECOND)];

    given::<SchoolSpace>(&log)
        .when(grant(REQUEST))
        .then_refused(&SchoolSpaceRefusal::RequestUnknown);
}

#[test]
fn the_hint_is_shown_so_many_times_an_hour() {
    let log = [founded(PAULE), shown(NOON), shown(after(10)), shown(after(20))];

    given::<SchoolSpace>(&log)
        .when(hint(after(59)))
        .then_refused(&SchoolSpaceRefusal::TooManyHints { after: after(60) });
    given::<SchoolSpace>(&log).when(hint(after(60))).then(&[shown(after(60))]);
}

#[test]
fn the_hour_slides() {
    let log = [founded(PAULE), shown(NOON), shown(after(10)), shown(after(20)), shown(after(60))];

    given::<SchoolSpace>(&log)
        .when(hint(after(61)))
        .then_refused(&SchoolSpaceRefusal::TooManyHints { after: after(70) });
}

#[test]
fn a_lower_limit_counts_what_was_shown_under_the_higher() {
    let log = [founded(PAULE), shown(NOON), shown(after(10))];
    let once_an_hour = SchoolSpaceCommand::ShowLoginHint { at: after(20), most: 1 };

    given::<SchoolSpace>(&log)
        .when(once_an_hour)
        .then_refused(&SchoolSpaceRefusal::TooManyHints { after: after(70) });
}

#[test]
fn a_limit_of_none_shows_none() {
    given::<SchoolSpace>(&[founded(PAULE)])
        .when(SchoolSpaceCommand::ShowLoginHint { at: NOON, most: 0 })
        .then_refused(&SchoolSpaceRefusal::TooManyHints { after: after(60) });
}
