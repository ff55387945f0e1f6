//! Whether a pupil came, and what the host thought of them.

use super::{
    super::{OpenSlot, SlotEvent, SlotRefusal, deadlines, state::Phase},
    Outcome,
};
use crate::kernel::{ids::BookingId, moment::Moment, personal::Personal};

pub(super) fn record(open: &OpenSlot, booking: BookingId, present: bool, now: Moment) -> Outcome {
    let slot = open.slot;
    match recorded(open, booking, now)? {
        None => Ok(vec![SlotEvent::AttendanceRecorded { slot, booking, present }]),
        Some(before) if before == present => Ok(Vec::new()),
        Some(_) => Ok(vec![SlotEvent::AttendanceCorrected { slot, booking, present }]),
    }
}

pub(super) fn appreciate(
    open: &OpenSlot,
    booking: BookingId,
    text: Personal<String>,
    now: Moment,
) -> Outcome {
    match recorded(open, booking, now)? {
        Some(true) => Ok(vec![SlotEvent::AppreciationGiven { slot: open.slot, booking, text }]),
        Some(false) | None => Err(SlotRefusal::NotPresent),
    }
}

/// Whether the pupil came, as recorded so far; refused where that cannot be said.
fn recorded(open: &OpenSlot, booking: BookingId, now: Moment) -> Result<Option<bool>, SlotRefusal> {
    let present = match open.booking(booking)?.phase {
        Phase::Booked { present, .. } => present,
        Phase::Waiting | Phase::Promoted { .. } => return Err(SlotRefusal::StillWaiting),
        Phase::Over => return Err(SlotRefusal::BookingIsOver),
    };
    if deadlines::has_begun(open, now) {
        Ok(present)
    } else {
        Err(SlotRefusal::NotBegun { begins_at: open.begins_at() })
    }
}
