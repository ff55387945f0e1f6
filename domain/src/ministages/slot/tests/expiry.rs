//! An unconfirmed booking expires.

use super::*;

#[test]
fn an_unconfirmed_booking_expires_on_the_day() {
    let before = [published(1), booked(1, EARLY)];

    given::<Slot>(&before)
        .when(expire(1, "2026-11-09T23:59"))
        .then_refused(&Refusal::NotYetExpiring { expires_at: wall(EXPIRY) });
    given::<Slot>(&before).when(expire(1, EXPIRY)).then(&[expired(1)]);
}

#[test]
fn an_expired_seat_goes_to_the_first_who_waits() {
    given::<Slot>(&[published(1), booked(1, EARLY), joined(2), joined(3)])
        .when(expire(1, EXPIRY))
        .then(&[expired(1), promoted(2, "2026-11-12T00:00")]);
}

#[test]
fn a_late_booking_has_its_hours_of_grace() {
    let before = [published(1), booked(1, "2026-11-09T14:00")];

    given::<Slot>(&before)
        .when(expire(1, "2026-11-11T13:59"))
        .then_refused(&Refusal::NotYetExpiring { expires_at: wall("2026-11-11T14:00") });
    given::<Slot>(&before).when(expire(1, "2026-11-11T14:00")).then(&[expired(1)]);
}

#[test]
fn the_grace_of_an_accepted_promotion_runs_from_its_acceptance() {
    let before =
        [published(1), joined(1), promoted(1, "2026-11-11T00:00"), accepted(1, "2026-11-09T20:00")];

    given::<Slot>(&before)
        .when(expire(1, EXPIRY))
        .then_refused(&Refusal::NotYetExpiring { expires_at: wall("2026-11-11T20:00") });
}

#[test]
fn a_booking_whose_grace_ends_after_the_beginning_never_expires() {
    let before = [published(1), booked(1, "2026-11-10T20:00")];

    given::<Slot>(&before)
        .when(expire(1, "2026-11-12T08:59"))
        .then_refused(&Refusal::NotYetExpiring { expires_at: wall("2026-11-12T20:00") });
    given::<Slot>(&before).when(expire(1, "2026-11-12T20:00")).then_refused(&Refusal::HasBegun);
}

#[test]
fn a_confirmed_booking_does_not_expire() {
    given::<Slot>(&[published(1), booked(1, EARLY), confirmed(1)])
        .when(expire(1, EXPIRY))
        .then_nothing();
    given::<Slot>(&[published(1), booked(1, EARLY), confirmed(1), unconfirmed(1)])
        .when(expire(1, EXPIRY))
        .then(&[expired(1)]);
}

#[test]
fn a_booking_that_is_gone_does_not_expire_again() {
    for end in [cancelled(1, Side::Origin), expired(1)] {
        given::<Slot>(&[published(1), booked(1, EARLY), end])
            .when(expire(1, EXPIRY))
            .then_nothing();
    }
}
