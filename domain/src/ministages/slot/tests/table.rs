//! Every state with every command, before the slot begins and once it has.

use super::*;
use crate::kernel::{decider::Event as _, decider::Refusal as _};

/// Bookings are open, unconfirmed ones expire.
const BEFORE: &str = "2026-11-10T12:00";
/// The slot takes place.
const DURING: &str = "2026-11-12T10:00";
/// When the promotion of the table ends.
const ANSWER_BY: &str = "2026-11-10T18:00";

/// How each state of the slot is reached.
fn slot_is(state: &str) -> Vec<Event> {
    match state {
        "unpublished" => vec![],
        "empty" => vec![published(1)],
        "full" => vec![published(1), booked(7, EARLY)],
        "withdrawn" => vec![published(1), booked(1, EARLY), withdrawn(&[1])],
        other => panic!("no state is called {other}"),
    }
}

/// How each state of booking 1 is reached, in a slot of one seat.
fn booking_is(state: &str) -> Vec<Event> {
    let then = |events: &[Event]| [&[published(1)], events].concat();
    match state {
        "unknown" => then(&[]),
        "booked" => then(&[booked(1, EARLY)]),
        "confirmed" => then(&[booked(1, EARLY), confirmed(1)]),
        "present" => then(&[booked(1, EARLY), attended(1, true)]),
        "absent" => then(&[booked(1, EARLY), attended(1, false)]),
        "waiting" => then(&[booked(7, EARLY), joined(1)]),
        "promoted" => then(&[joined(1), promoted(1, ANSWER_BY)]),
        "over" => then(&[booked(1, EARLY), cancelled(1, Side::Origin)]),
        other => panic!("no state is called {other}"),
    }
}

/// What came of a command: the names of the events, «-» for none, or the refusal’s code.
fn word(outcome: &Result<Vec<Event>, Refusal>) -> String {
    match outcome {
        Ok(events) if events.is_empty() => "-".to_owned(),
        Ok(events) => {
            let names: Vec<_> = events.iter().map(Event::name).collect();
            names.join("+")
        }
        Err(refusal) => refusal.code().to_owned(),
    }
}

fn check<const N: usize>(
    reach: fn(&str) -> Vec<Event>,
    states: [&str; N],
    table: Vec<(Command, [&str; N])>,
) {
    for (command, expected) in table {
        for (state, expected) in states.into_iter().zip(expected) {
            let outcome = given::<Slot>(&reach(state)).when(command.clone()).outcome();

            assert_eq!(word(&outcome), expected, "{command:?} when {state}");
        }
    }
}

#[test]
fn every_state_of_a_slot_answers_every_command_about_it() {
    let two_seats = || details(2);
    #[rustfmt::skip]
    let before = vec![
        (publish(details(1), BEFORE),           ["SlotPublished", "AlreadyPublished", "AlreadyPublished", "SlotIsWithdrawn"]),
        (change(two_seats(), BEFORE),           ["NotPublished",  "SlotChanged",      "SlotChanged",      "SlotIsWithdrawn"]),
        (change(details(1), BEFORE),            ["NotPublished",  "-",                "-",                "SlotIsWithdrawn"]),
        (withdraw(BEFORE),                      ["NotPublished",  "SlotWithdrawn",    "SlotWithdrawn",    "SlotIsWithdrawn"]),
        (book(candidate(2), BEFORE),            ["NotPublished",  "SeatBooked",       "SlotFull",         "SlotIsWithdrawn"]),
        (book_or_wait(candidate(2), BEFORE),    ["NotPublished",  "SeatBooked",       "WaitlistJoined",   "SlotIsWithdrawn"]),
        (book_all(vec![candidate(2)], BEFORE),  ["NotPublished",  "SeatBooked",       "SlotFull",         "SlotIsWithdrawn"]),
    ];
    #[rustfmt::skip]
    let during = vec![
        (publish(details(1), DURING),           ["InThePast",    "AlreadyPublished", "AlreadyPublished", "SlotIsWithdrawn"]),
        (change(two_seats(), DURING),           ["NotPublished", "HasBegun",         "HasBegun",         "SlotIsWithdrawn"]),
        (change(details(1), DURING),            ["NotPublished", "-",                "-",                "SlotIsWithdrawn"]),
        (withdraw(DURING),                      ["NotPublished", "HasBegun",         "HasBegun",         "SlotIsWithdrawn"]),
        (book(candidate(2), DURING),            ["NotPublished", "DeadlinePassed",   "DeadlinePassed",   "SlotIsWithdrawn"]),
        (book_or_wait(candidate(2), DURING),    ["NotPublished", "DeadlinePassed",   "DeadlinePassed",   "SlotIsWithdrawn"]),
        (book_all(vec![candidate(2)], DURING),  ["NotPublished", "DeadlinePassed",   "DeadlinePassed",   "SlotIsWithdrawn"]),
    ];
    let states = ["unpublished", "empty", "full", "withdrawn"];
    check(slot_is, states, before);
    check(slot_is, states, during);
}

#[test]
fn a_slot_that_is_not_open_answers_every_command_about_a_booking() {
    #[rustfmt::skip]
    let table = vec![
        (cancel(1, Side::Origin, BEFORE), ["NotPublished", "SlotIsWithdrawn"]),
        (cancel(1, Side::Host, BEFORE),   ["NotPublished", "SlotIsWithdrawn"]),
        (correct(1, BEFORE),              ["NotPublished", "SlotIsWithdrawn"]),
        (expire(1, BEFORE),               ["NotPublished", "-"]),
        (accept(1, BEFORE),               ["NotPublished", "SlotIsWithdrawn"]),
        (decline(1, BEFORE),              ["NotPublished", "SlotIsWithdrawn"]),
        (lapse(1, BEFORE),                ["NotPublished", "-"]),
        (confirm(1),                      ["NotPublished", "SlotIsWithdrawn"]),
        (unconfirm(1),                    ["NotPublished", "SlotIsWithdrawn"]),
        (record(1, true, DURING),         ["NotPublished", "SlotIsWithdrawn"]),
        (appreciate(1, DURING),           ["NotPublished", "SlotIsWithdrawn"]),
    ];
    check(slot_is, ["unpublished", "withdrawn"], table);
}

#[test]
fn every_state_of_a_booking_answers_every_command_before_the_slot_begins() {
    #[rustfmt::skip]
    let table = vec![
        //                                unknown          booked                confirmed             waiting             promoted            over
        (cancel(1, Side::Origin, BEFORE), ["NoSuchBooking", "BookingCancelled",   "BookingCancelled",   "BookingCancelled", "BookingCancelled", "BookingIsOver"]),
        (cancel(1, Side::Host, BEFORE),   ["NoSuchBooking", "BookingCancelled",   "BookingCancelled",   "BookingCancelled", "BookingCancelled", "BookingIsOver"]),
        (correct(1, BEFORE),              ["NoSuchBooking", "PupilCorrected",     "PupilCorrected",     "PupilCorrected",   "PupilCorrected",   "BookingIsOver"]),
        (expire(1, BEFORE),               ["NoSuchBooking", "BookingExpired",     "-",                  "StillWaiting",     "StillWaiting",     "-"]),
        (accept(1, BEFORE),               ["NoSuchBooking", "NotPromoted",        "NotPromoted",        "NotPromoted",      "WaitlistAccepted", "BookingIsOver"]),
        (decline(1, BEFORE),              ["NoSuchBooking", "NotPromoted",        "NotPromoted",        "NotPromoted",      "WaitlistLapsed",   "BookingIsOver"]),
        (lapse(1, BEFORE),                ["NoSuchBooking", "-",                  "-",                  "NotPromoted",      "PromotionRuns",    "-"]),
        (confirm(1),                      ["NoSuchBooking", "BookingConfirmed",   "-",                  "StillWaiting",     "StillWaiting",     "BookingIsOver"]),
        (unconfirm(1),                    ["NoSuchBooking", "-",                  "BookingUnconfirmed", "StillWaiting",     "StillWaiting",     "BookingIsOver"]),
        (record(1, true, BEFORE),         ["NoSuchBooking", "NotBegun",           "NotBegun",           "StillWaiting",     "StillWaiting",     "BookingIsOver"]),
        (appreciate(1, BEFORE),           ["NoSuchBooking", "NotBegun",           "NotBegun",           "StillWaiting",     "StillWaiting",     "BookingIsOver"]),
    ];
    let states = ["unknown", "booked", "confirmed", "waiting", "promoted", "over"];
    check(booking_is, states, table);
}

#[test]
fn every_state_of_a_booking_answers_every_command_once_the_slot_has_begun() {
    #[rustfmt::skip]
    let table = vec![
        //                                booked                confirmed             present                absent                 waiting            promoted           over
        (cancel(1, Side::Origin, DURING), ["TooLateToCancel",    "TooLateToCancel",    "TooLateToCancel",     "TooLateToCancel",     "TooLateToCancel", "TooLateToCancel", "BookingIsOver"]),
        (cancel(1, Side::Host, DURING),   ["TooLateToCancel",    "TooLateToCancel",    "TooLateToCancel",     "TooLateToCancel",     "TooLateToCancel", "TooLateToCancel", "BookingIsOver"]),
        (correct(1, DURING),              ["HasBegun",           "HasBegun",           "HasBegun",            "HasBegun",            "HasBegun",        "HasBegun",        "BookingIsOver"]),
        (expire(1, DURING),               ["HasBegun",           "-",                  "HasBegun",            "HasBegun",            "StillWaiting",    "StillWaiting",    "-"]),
        (accept(1, DURING),               ["NotPromoted",        "NotPromoted",        "NotPromoted",         "NotPromoted",         "NotPromoted",     "PromotionOver",   "BookingIsOver"]),
        (decline(1, DURING),              ["NotPromoted",        "NotPromoted",        "NotPromoted",         "NotPromoted",         "NotPromoted",     "WaitlistLapsed",  "BookingIsOver"]),
        (lapse(1, DURING),                ["-",                  "-",                  "-",                   "-",                   "NotPromoted",     "WaitlistLapsed",  "-"]),
        (confirm(1),                      ["BookingConfirmed",   "-",                  "BookingConfirmed",    "BookingConfirmed",    "StillWaiting",    "StillWaiting",    "BookingIsOver"]),
        (unconfirm(1),                    ["-",                  "BookingUnconfirmed", "-",                   "-",                   "StillWaiting",    "StillWaiting",    "BookingIsOver"]),
        (record(1, true, DURING),         ["AttendanceRecorded", "AttendanceRecorded", "-",                   "AttendanceCorrected", "StillWaiting",    "StillWaiting",    "BookingIsOver"]),
        (record(1, false, DURING),        ["AttendanceRecorded", "AttendanceRecorded", "AttendanceCorrected", "-",                   "StillWaiting",    "StillWaiting",    "BookingIsOver"]),
        (appreciate(1, DURING),           ["NotPresent",         "NotPresent",         "AppreciationGiven",   "NotPresent",          "StillWaiting",    "StillWaiting",    "BookingIsOver"]),
    ];
    let states = ["booked", "confirmed", "present", "absent", "waiting", "promoted", "over"];
    check(booking_is, states, table);
}
