//! Who may cancel, and until when.

use super::*;

fn three_days() -> Rules {
    Rules { cancel_closes_days: 3, ..Rules::default() }
}

#[test]
fn a_cancelled_seat_is_free_at_once() {
    let before = [published(1), booked(1, EARLY)];

    given::<Slot>(&before).when(cancel(1, Side::Origin, EARLY)).then(&[cancelled(1, Side::Origin)]);
    given::<Slot>(&[&before[..], &[cancelled(1, Side::Origin)]].concat())
        .when(book(candidate(2), EARLY))
        .then(&[booked(2, EARLY)]);
}

#[test]
fn the_reason_is_kept() {
    let reason = Personal::new(PersonId::from_u128(1), "malade".to_owned());
    let command = Command::CancelBooking {
        booking: booking(1),
        reason: Some(reason.clone()),
        by: Side::Host,
        rules: Rules::default(),
        now: moment(EARLY),
    };

    given::<Slot>(&[published(1), booked(1, EARLY)]).when(command).then(&[
        Event::BookingCancelled {
            slot: SLOT,
            booking: booking(1),
            reason: Some(reason),
            by: Side::Host,
        },
    ]);
}

#[test]
fn the_school_of_origin_cancels_until_the_platforms_deadline() {
    let before = [published(1), booked(1, EARLY)];

    given::<Slot>(&before)
        .when(cancel_under(three_days(), 1, Side::Origin, "2026-11-08T23:59"))
        .then(&[cancelled(1, Side::Origin)]);
    given::<Slot>(&before)
        .when(cancel_under(three_days(), 1, Side::Origin, "2026-11-09T00:00"))
        .then_refused(&Refusal::TooLateToCancel { closed_at: wall("2026-11-09T00:00") });
}

#[test]
fn the_host_cancels_until_the_slot_begins() {
    let before = [published(1), booked(1, EARLY)];

    given::<Slot>(&before)
        .when(cancel_under(three_days(), 1, Side::Host, "2026-11-12T08:59"))
        .then(&[cancelled(1, Side::Host)]);
    given::<Slot>(&before)
        .when(cancel_under(three_days(), 1, Side::Host, BEGINNING))
        .then_refused(&Refusal::TooLateToCancel { closed_at: wall(BEGINNING) });
}

#[test]
fn whoever_waits_may_leave_until_the_slot_begins() {
    let before = [published(1), booked(1, EARLY), joined(2)];

    given::<Slot>(&before)
        .when(cancel_under(three_days(), 2, Side::Origin, "2026-11-12T08:59"))
        .then(&[cancelled(2, Side::Origin)]);
}

#[test]
fn a_booking_that_is_over_is_not_cancelled() {
    for end in [cancelled(1, Side::Origin), expired(1), lapsed(1, LapseCause::Declined)] {
        given::<Slot>(&[published(1), booked(1, EARLY), end])
            .when(cancel(1, Side::Origin, EARLY))
            .then_refused(&Refusal::BookingIsOver);
    }
    given::<Slot>(&[published(1)])
        .when(cancel(1, Side::Origin, EARLY))
        .then_refused(&Refusal::NoSuchBooking);
}
