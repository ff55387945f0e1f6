//! A booking is firm while its convention is validated.

use super::*;

#[test]
fn a_validated_convention_confirms_the_booking_once() {
    given::<Slot>(&[published(1), booked(1, EARLY)]).when(confirm(1)).then(&[confirmed(1)]);
    given::<Slot>(&[published(1), booked(1, EARLY), confirmed(1)]).when(confirm(1)).then_nothing();
}

#[test]
fn a_convention_validated_no_longer_takes_it_back_once() {
    given::<Slot>(&[published(1), booked(1, EARLY), confirmed(1)])
        .when(unconfirm(1))
        .then(&[unconfirmed(1)]);
    given::<Slot>(&[published(1), booked(1, EARLY)]).when(unconfirm(1)).then_nothing();
}

#[test]
fn there_is_no_seat_to_confirm_of_a_pupil_who_waits() {
    for before in
        [vec![published(1), joined(1)], vec![published(1), joined(1), promoted(1, TWO_DAYS_LATER)]]
    {
        given::<Slot>(&before).when(confirm(1)).then_refused(&Refusal::StillWaiting);
        given::<Slot>(&before).when(unconfirm(1)).then_refused(&Refusal::StillWaiting);
    }
}

#[test]
fn a_confirmation_outlives_the_attendance() {
    let before = [published(1), booked(1, EARLY), attended(1, true), confirmed(1)];

    given::<Slot>(&before).when(confirm(1)).then_nothing();
    given::<Slot>(&before).when(record(1, true, BEGINNING)).then_nothing();
}
