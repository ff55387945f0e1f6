//! Who a pupil is, corrected.

use super::*;

fn one_booked() -> Vec<Event> {
    vec![published(1), booked(1, EARLY)]
}

#[test]
fn a_pupil_is_corrected_until_the_slot_begins() {
    given::<Slot>(&one_booked()).when(correct(1, "2026-11-12T08:59")).then(&[pupil_corrected(1)]);
    given::<Slot>(&one_booked()).when(correct(1, BEGINNING)).then_refused(&Refusal::HasBegun);
}

#[test]
fn a_pupil_may_be_corrected_more_than_once() {
    let before = [&one_booked()[..], &[pupil_corrected(1)]].concat();

    given::<Slot>(&before).when(correct(1, EARLY)).then(&[pupil_corrected(1)]);
}

#[test]
fn who_waits_is_corrected_like_who_is_seated() {
    let waits = [published(1), booked(7, EARLY), joined(1)];
    let is_promoted = [published(1), joined(1), promoted(1, TWO_DAYS_LATER)];

    given::<Slot>(&waits).when(correct(1, EARLY)).then(&[pupil_corrected(1)]);
    given::<Slot>(&is_promoted).when(correct(1, EARLY)).then(&[pupil_corrected(1)]);
}

#[test]
fn a_booking_stays_the_same_persons() {
    let for_another =
        Command::CorrectPupil { booking: booking(1), pupil: pupil(2), now: moment(EARLY) };

    given::<Slot>(&one_booked()).when(for_another).then_refused(&Refusal::AnotherPupil);
}

#[test]
fn a_booking_that_is_over_is_not_corrected() {
    let before = [&one_booked()[..], &[cancelled(1, Side::Origin)]].concat();

    given::<Slot>(&before).when(correct(1, EARLY)).then_refused(&Refusal::BookingIsOver);
    given::<Slot>(&one_booked()).when(correct(2, EARLY)).then_refused(&Refusal::NoSuchBooking);
}

#[test]
fn a_corrected_pupil_is_still_booked_only_once() {
    let before = [published(2), booked(1, EARLY), pupil_corrected(1)];

    given::<Slot>(&before)
        .when(book(Candidate { booking: booking(2), ..candidate(1) }, EARLY))
        .then_refused(&Refusal::AlreadyBooked { booking: booking(1) });
}
