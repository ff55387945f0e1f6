//! What follows from events of slots.

use jiff::{
    Timestamp,
    civil::{date, time},
};

use super::*;
use crate::{
    conventions::convention::ConventionLapse,
    ministages::slot::{LapseCause, PupilIdentity, PupilKind, Side, SlotDetails, SlotEvent},
};

fn about(booking: BookingId) -> About {
    About { slot: Some(SLOT), booking: Some(booking), ..About::default() }
}

fn to_origin_of(template: Template, booking: BookingId) -> Reaction {
    letter(template, Recipient::Origin, about(booking))
}

fn to_origin(template: Template) -> Reaction {
    to_origin_of(template, BOOKING)
}

fn to_host(template: Template) -> Reaction {
    letter(template, Recipient::Host, about(BOOKING))
}

fn lapse(booking: BookingId, cause: ConventionLapse) -> Reaction {
    Reaction::LapseConvention { booking, cause }
}

fn pupil() -> Personal<PupilIdentity> {
    Personal::erased(ZOE)
}

#[test]
fn a_seat_has_its_convention_made_and_the_host_told() {
    let expected = [
        Reaction::GenerateConvention { slot: SLOT, booking: BOOKING },
        to_host(Template::BookingToHost),
    ];

    follows(
        SlotEvent::SeatBooked {
            slot: SLOT,
            booking: BOOKING,
            pupil: pupil(),
            origin: college(),
            kind: PupilKind::External,
            at: Timestamp::UNIX_EPOCH,
        },
        &expected,
    );
    follows(
        SlotEvent::WaitlistAccepted { slot: SLOT, booking: BOOKING, at: Timestamp::UNIX_EPOCH },
        &expected,
    );
}

#[test]
fn a_cancelled_booking_voids_its_convention_and_the_other_side_is_told() {
    for (by, told) in [
        (Side::Origin, to_host(Template::BookingCancelled)),
        (Side::Host, to_origin(Template::BookingCancelled)),
    ] {
        follows(
            SlotEvent::BookingCancelled { slot: SLOT, booking: BOOKING, reason: None, by },
            &[lapse(BOOKING, ConventionLapse::BookingCancelled), told],
        );
    }
}

#[test]
fn an_expired_booking_voids_its_convention_and_both_sides_are_told() {
    follows(
        SlotEvent::BookingExpired { slot: SLOT, booking: BOOKING },
        &[
            lapse(BOOKING, ConventionLapse::BookingExpired),
            to_origin(Template::BookingExpired),
            to_host(Template::BookingExpired),
        ],
    );
}

#[test]
fn a_withdrawn_slot_voids_every_convention_and_tells_every_school() {
    follows(
        SlotEvent::SlotWithdrawn {
            slot: SLOT,
            reason: "professeur absent".to_owned(),
            bookings: vec![BOOKING, OTHER_BOOKING],
        },
        &[
            lapse(BOOKING, ConventionLapse::SlotWithdrawn),
            lapse(OTHER_BOOKING, ConventionLapse::SlotWithdrawn),
            to_origin_of(Template::SlotWithdrawn, BOOKING),
            to_origin_of(Template::SlotWithdrawn, OTHER_BOOKING),
        ],
    );
}

#[test]
fn a_changed_slot_has_its_conventions_made_anew_and_is_told_to_the_schools_of_its_bookings() {
    let changed = |bookings| SlotEvent::SlotChanged {
        slot: SLOT,
        details: SlotDetails {
            date: date(2026, 11, 12),
            start: time(9, 0, 0, 0),
            end: time(12, 0, 0, 0),
            seats: 4,
            room: Some("B12".to_owned()),
            teacher: None,
            note: None,
        },
        bookings,
    };

    follows(
        changed(vec![BOOKING, OTHER_BOOKING]),
        &[
            Reaction::AmendConvention { booking: BOOKING },
            Reaction::AmendConvention { booking: OTHER_BOOKING },
            to_origin_of(Template::SlotChanged, BOOKING),
            to_origin_of(Template::SlotChanged, OTHER_BOOKING),
        ],
    );
    follows(changed(vec![]), &[]);
}

#[test]
fn a_corrected_pupil_has_the_convention_made_anew() {
    follows(
        SlotEvent::PupilCorrected { slot: SLOT, booking: BOOKING, pupil: pupil() },
        &[Reaction::AmendConvention { booking: BOOKING }],
    );
}

#[test]
fn the_school_of_origin_follows_its_pupil_on_the_waiting_list() {
    follows(
        SlotEvent::WaitlistJoined {
            slot: SLOT,
            booking: BOOKING,
            pupil: pupil(),
            origin: college(),
            kind: PupilKind::External,
        },
        &[to_origin(Template::WaitlistJoined)],
    );
    follows(
        SlotEvent::WaitlistPromoted {
            slot: SLOT,
            booking: BOOKING,
            deadline: Timestamp::UNIX_EPOCH,
        },
        &[to_origin(Template::WaitlistPromoted)],
    );
    for cause in [LapseCause::Declined, LapseCause::Unanswered] {
        follows(
            SlotEvent::WaitlistLapsed { slot: SLOT, booking: BOOKING, cause },
            &[to_origin(Template::WaitlistLapsed)],
        );
    }
}

#[test]
fn the_school_of_origin_is_told_of_an_absence_and_not_of_a_presence() {
    let recorded =
        |present| SlotEvent::AttendanceRecorded { slot: SLOT, booking: BOOKING, present };
    let corrected =
        |present| SlotEvent::AttendanceCorrected { slot: SLOT, booking: BOOKING, present };

    follows(recorded(true), &[]);
    follows(recorded(false), &[to_origin(Template::AbsenceRecorded)]);
    follows(corrected(true), &[]);
    follows(corrected(false), &[to_origin(Template::AbsenceRecorded)]);
}
