//! Presence and appreciations.

use super::*;

fn one_booked() -> Vec<Event> {
    vec![published(1), booked(1, EARLY)]
}

fn with(event: Event) -> Vec<Event> {
    [&one_booked()[..], &[event]].concat()
}

#[test]
fn attendance_is_recorded_from_the_beginning_on() {
    given::<Slot>(&one_booked())
        .when(record(1, false, "2026-11-12T08:59"))
        .then_refused(&Refusal::NotBegun { begins_at: wall(BEGINNING) });
    given::<Slot>(&one_booked()).when(record(1, false, BEGINNING)).then(&[attended(1, false)]);
    given::<Slot>(&one_booked())
        .when(record(1, true, "2027-01-04T08:00"))
        .then(&[attended(1, true)]);
}

#[test]
fn attendance_is_corrected_when_it_differs() {
    given::<Slot>(&with(attended(1, false))).when(record(1, false, BEGINNING)).then_nothing();
    given::<Slot>(&with(attended(1, false)))
        .when(record(1, true, BEGINNING))
        .then(&[corrected(1, true)]);
}

#[test]
fn an_appreciation_is_given_of_a_pupil_who_came() {
    let given_once =
        Event::AppreciationGiven { slot: SLOT, booking: booking(1), text: appreciation() };

    given::<Slot>(&with(attended(1, true))).when(appreciate(1, BEGINNING)).then(&[given_once]);
    for before in [one_booked(), with(attended(1, false))] {
        given::<Slot>(&before).when(appreciate(1, BEGINNING)).then_refused(&Refusal::NotPresent);
    }
}

#[test]
fn a_corrected_absence_is_what_counts() {
    let before = [&with(attended(1, true))[..], &[corrected(1, false)]].concat();

    given::<Slot>(&before).when(appreciate(1, BEGINNING)).then_refused(&Refusal::NotPresent);
}
