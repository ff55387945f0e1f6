//! What an event changes. An event that does not fit the state (none is ever written) leaves
//! it as it is.

use super::{
    OpenSlot, SlotEvent, SlotState,
    state::{Booking, Phase},
};
use crate::kernel::ids::BookingId;

pub(super) fn evolve(state: SlotState, event: &SlotEvent) -> SlotState {
    match state {
        SlotState::Unpublished => published(event),
        SlotState::Open(open) => {
            if matches!(event, SlotEvent::SlotWithdrawn { .. }) {
                SlotState::Withdrawn
            } else {
                SlotState::Open(changed(open, event))
            }
        }
        SlotState::Withdrawn => SlotState::Withdrawn,
    }
}

fn published(event: &SlotEvent) -> SlotState {
    if let SlotEvent::SlotPublished { slot, details, .. } = event {
        SlotState::Open(OpenSlot { slot: *slot, details: details.clone(), bookings: Vec::new() })
    } else {
        SlotState::Unpublished
    }
}

/// The open slot after `event`; decisions that take several steps use it between them.
pub(super) fn changed(mut open: OpenSlot, event: &SlotEvent) -> OpenSlot {
    match event {
        SlotEvent::SlotPublished { .. }
        | SlotEvent::SlotWithdrawn { .. }
        | SlotEvent::PupilCorrected { .. }
        | SlotEvent::AppreciationGiven { .. } => {}
        SlotEvent::SlotChanged { details, .. } => open.details = details.clone(),
        SlotEvent::SeatBooked { booking, pupil, origin, at, .. } => open.bookings.push(Booking {
            id: *booking,
            pupil: pupil.person(),
            origin: origin.clone(),
            phase: Phase::booked(*at),
        }),
        SlotEvent::WaitlistJoined { booking, pupil, origin, .. } => open.bookings.push(Booking {
            id: *booking,
            pupil: pupil.person(),
            origin: origin.clone(),
            phase: Phase::Waiting,
        }),
        SlotEvent::BookingCancelled { booking, .. }
        | SlotEvent::BookingExpired { booking, .. }
        | SlotEvent::WaitlistLapsed { booking, .. } => {
            set(&mut open, *booking, |phase| *phase = Phase::Over);
        }
        SlotEvent::WaitlistPromoted { booking, deadline, .. } => {
            set(&mut open, *booking, |phase| {
                *phase = Phase::Promoted { deadline: *deadline };
            });
        }
        SlotEvent::WaitlistAccepted { booking, at, .. } => {
            set(&mut open, *booking, |phase| *phase = Phase::booked(*at));
        }
        SlotEvent::BookingConfirmed { booking, .. } => confirm(&mut open, *booking, true),
        SlotEvent::BookingUnconfirmed { booking, .. } => confirm(&mut open, *booking, false),
        SlotEvent::AttendanceRecorded { booking, present, .. }
        | SlotEvent::AttendanceCorrected { booking, present, .. } => {
            attend(&mut open, *booking, *present);
        }
    }
    open
}

fn set(open: &mut OpenSlot, id: BookingId, change: impl FnOnce(&mut Phase)) {
    if let Some(booking) = open.bookings.iter_mut().find(|booking| booking.id == id) {
        change(&mut booking.phase);
    }
}

fn confirm(open: &mut OpenSlot, id: BookingId, firm: bool) {
    set(open, id, |phase| {
        if let Phase::Booked { confirmed, .. } = phase {
            *confirmed = firm;
        }
    });
}

fn attend(open: &mut OpenSlot, id: BookingId, came: bool) {
    set(open, id, |phase| {
        if let Phase::Booked { present, .. } = phase {
            *present = Some(came);
        }
    });
}
