//! The waiting list and its promotions.

use super::*;

fn one_seat_two_waiting() -> Vec<Event> {
    vec![published(1), booked(1, EARLY), joined(2), joined(3)]
}

fn second_promoted() -> Vec<Event> {
    let freed = [cancelled(1, Side::Origin), promoted(2, TWO_DAYS_LATER)];
    [&one_seat_two_waiting()[..], &freed].concat()
}

#[test]
fn a_freed_seat_promotes_exactly_the_first_who_waits() {
    given::<Slot>(&one_seat_two_waiting())
        .when(cancel(1, Side::Origin, EARLY))
        .then(&[cancelled(1, Side::Origin), promoted(2, TWO_DAYS_LATER)]);
}

#[test]
fn leaving_the_waiting_list_frees_no_seat() {
    given::<Slot>(&one_seat_two_waiting())
        .when(cancel(2, Side::Origin, EARLY))
        .then(&[cancelled(2, Side::Origin)]);
}

#[test]
fn a_promotion_never_ends_after_the_slot_begins() {
    given::<Slot>(&one_seat_two_waiting())
        .when(cancel(1, Side::Host, "2026-11-11T15:00"))
        .then(&[cancelled(1, Side::Host), promoted(2, BEGINNING)]);
}

#[test]
fn a_newcomer_never_overtakes_those_who_wait() {
    // A seat is free although two wait: no decision leaves it so, but a log may hold it.
    let before = [&one_seat_two_waiting()[..], &[cancelled(1, Side::Origin)]].concat();

    given::<Slot>(&before)
        .when(book_or_wait(candidate(4), EARLY))
        .then(&[promoted(2, TWO_DAYS_LATER), joined(4)]);
    given::<Slot>(&before)
        .when(book(candidate(4), EARLY))
        .then_refused(&Refusal::SlotFull { left: 0 });
    given::<Slot>(&before)
        .when(book_all(vec![candidate(4)], EARLY))
        .then_refused(&Refusal::SlotFull { left: 0 });
}

#[test]
fn a_newcomer_finds_a_kept_seat_taken() {
    given::<Slot>(&second_promoted())
        .when(book(candidate(4), EARLY))
        .then_refused(&Refusal::SlotFull { left: 0 });
}

#[test]
fn a_promotion_accepted_in_time_is_a_booking_of_that_instant() {
    given::<Slot>(&second_promoted())
        .when(accept(2, "2026-11-04T09:59"))
        .then(&[accepted(2, "2026-11-04T09:59")]);
}

#[test]
fn a_promotion_is_over_at_its_deadline() {
    given::<Slot>(&second_promoted())
        .when(accept(2, TWO_DAYS_LATER))
        .then_refused(&Refusal::PromotionOver { deadline: instant(TWO_DAYS_LATER) });
}

#[test]
fn a_promotion_is_not_accepted_once_the_slot_has_begun() {
    // Clocks went forward in between: the deadline lies an hour past the beginning.
    let before = [published(1), joined(1), promoted(1, "2026-11-12T10:00")];

    given::<Slot>(&before).when(accept(1, BEGINNING)).then_refused(&Refusal::HasBegun);
}

#[test]
fn a_declined_promotion_goes_to_the_next() {
    given::<Slot>(&second_promoted())
        .when(decline(2, EARLY))
        .then(&[lapsed(2, LapseCause::Declined), promoted(3, TWO_DAYS_LATER)]);
}

#[test]
fn an_unanswered_promotion_goes_to_the_next_at_its_deadline() {
    given::<Slot>(&second_promoted())
        .when(lapse(2, "2026-11-04T09:59"))
        .then_refused(&Refusal::PromotionRuns { deadline: instant(TWO_DAYS_LATER) });
    given::<Slot>(&second_promoted())
        .when(lapse(2, TWO_DAYS_LATER))
        .then(&[lapsed(2, LapseCause::Unanswered), promoted(3, "2026-11-06T10:00")]);
}

#[test]
fn a_promotion_that_was_answered_does_not_lapse() {
    for answer in [accepted(2, EARLY), lapsed(2, LapseCause::Declined)] {
        given::<Slot>(&[&second_promoted()[..], &[answer]].concat())
            .when(lapse(2, TWO_DAYS_LATER))
            .then_nothing();
    }
}

#[test]
fn a_promoted_pupil_who_cancels_leaves_the_seat_to_the_next() {
    given::<Slot>(&second_promoted())
        .when(cancel(2, Side::Origin, EARLY))
        .then(&[cancelled(2, Side::Origin), promoted(3, TWO_DAYS_LATER)]);
}

#[test]
fn nobody_is_promoted_once_the_slot_has_begun() {
    let before = [published(1), joined(1), joined(2), promoted(1, BEGINNING)];

    given::<Slot>(&before).when(lapse(1, BEGINNING)).then(&[lapsed(1, LapseCause::Unanswered)]);
}

#[test]
fn only_the_promoted_answer() {
    for n in [1, 3] {
        given::<Slot>(&second_promoted()[..4])
            .when(accept(n, EARLY))
            .then_refused(&Refusal::NotPromoted);
        given::<Slot>(&second_promoted()[..4])
            .when(decline(n, EARLY))
            .then_refused(&Refusal::NotPromoted);
    }
}
