//! How often links and codes leave, and until when they count.

use jiff::ToSpan as _;

use super::{
    CODE, LinkCause, LinkId, Signatory, after, at, code_sent, link_of, link_sent, mistype,
    request_code, send, sign, signed,
};
use crate::{
    conventions::signing::{Channel, SigningCommand, SigningEvent, SigningRefusal},
    kernel::ids::CodeId,
};

const GUARDIAN: Signatory = Signatory::Guardian;

#[test]
fn a_school_sends_another_link_once_a_day_to_each() {
    let next = at(24 * 60);

    after(&[])
        .when(send(GUARDIAN, LinkCause::School, 24 * 60 - 1))
        .then_refused(&SigningRefusal::TooSoon { after: next });
    after(&[]).when(send(GUARDIAN, LinkCause::School, 24 * 60)).then(&[link_sent(
        GUARDIAN,
        LinkId::from_u128(90),
        LinkCause::School,
        next,
    )]);
    let again = link_sent(GUARDIAN, LinkId::from_u128(90), LinkCause::School, next);
    after(&[again])
        .when(send(GUARDIAN, LinkCause::School, 24 * 60 + 5))
        .then_refused(&SigningRefusal::TooSoon { after: at(48 * 60) });
}

#[test]
fn whoever_lost_a_link_has_another_at_once_and_the_first_is_dead() {
    let again = link_sent(GUARDIAN, LinkId::from_u128(90), LinkCause::Lost, at(1));

    after(&[]).when(send(GUARDIAN, LinkCause::Lost, 1)).then(std::slice::from_ref(&again));
    after(&[again]).when(request_code(GUARDIAN, CODE, 2)).then_refused(&SigningRefusal::LinkOver);
}

#[test]
fn a_lost_link_is_sent_three_times_an_hour_at_most() {
    let lost = |minutes| link_sent(GUARDIAN, LinkId::from_u128(90), LinkCause::Lost, at(minutes));
    let three = [lost(1), lost(2), lost(3)];

    after(&three[..2]).when(send(GUARDIAN, LinkCause::Lost, 3)).then(&[lost(3)]);
    after(&three)
        .when(send(GUARDIAN, LinkCause::Lost, 60))
        .then_refused(&SigningRefusal::TooSoon { after: at(61) });
    after(&three).when(send(GUARDIAN, LinkCause::Lost, 61)).then(&[lost(61)]);
}

#[test]
fn a_link_counts_for_its_role_only() {
    after(&[])
        .when(SigningCommand::RequestSigningCode {
            role: GUARDIAN,
            link: link_of(Signatory::Host),
            code: CODE,
            channel: Channel::Mail,
            at: at(1),
        })
        .then_refused(&SigningRefusal::LinkOver);
}

#[test]
fn a_link_lasts_a_fortnight_and_never_longer_than_the_placement() {
    let fortnight = 14 * 24 * 60;

    after(&[]).when(request_code(GUARDIAN, CODE, fortnight - 1)).then(&[code_sent(
        GUARDIAN,
        CODE,
        at(fortnight - 1),
    )]);
    after(&[])
        .when(request_code(GUARDIAN, CODE, fortnight))
        .then_refused(&SigningRefusal::LinkOver);
    let late = after(&[]).when(send(GUARDIAN, LinkCause::School, 20 * 24 * 60)).outcome().unwrap();
    let [SigningEvent::SigningLinkSent { expires, .. }] = late.as_slice() else { panic!() };
    assert_eq!(*expires, super::ends());
}

#[test]
fn five_codes_an_hour_and_then_one_waits() {
    let codes: Vec<SigningEvent> = (0..5)
        .map(|n| code_sent(GUARDIAN, CodeId::from_u128(40 + n), at(i64::try_from(n).unwrap())))
        .collect();

    after(&codes)
        .when(request_code(GUARDIAN, CODE, 10))
        .then_refused(&SigningRefusal::TooManyCodes { after: at(60) });
    after(&codes).when(request_code(GUARDIAN, CODE, 60)).then(&[code_sent(GUARDIAN, CODE, at(60))]);
}

#[test]
fn five_failures_burn_a_code_even_for_whoever_then_has_it_right() {
    let failed = SigningEvent::SigningCodeFailed {
        convention: super::convention(),
        role: GUARDIAN,
        code: CODE,
    };
    let mut log = vec![code_sent(GUARDIAN, CODE, at(1))];
    for _ in 0..5 {
        after(&log).when(mistype(GUARDIAN, 2)).then(std::slice::from_ref(&failed));
        log.push(failed.clone());
    }

    after(&log).when(mistype(GUARDIAN, 2)).then_refused(&SigningRefusal::CodeOver);
    after(&log).when(sign(GUARDIAN, 2)).then_refused(&SigningRefusal::CodeOver);
    log.push(code_sent(GUARDIAN, CodeId::from_u128(31), at(3)));
    after(&log).when(sign(GUARDIAN, 4)).then_refused(&SigningRefusal::CodeOver);
}

#[test]
fn a_code_lasts_ten_minutes() {
    let log = [code_sent(GUARDIAN, CODE, at(1))];

    after(&log).when(sign(GUARDIAN, 10)).then(&[signed(GUARDIAN)]);
    after(&log).when(sign(GUARDIAN, 11)).then_refused(&SigningRefusal::CodeOver);
    assert_eq!(at(1) + 10.minutes(), at(11));
}

#[test]
fn without_a_code_nobody_signs() {
    after(&[]).when(sign(GUARDIAN, 1)).then_refused(&SigningRefusal::CodeOver);
}
