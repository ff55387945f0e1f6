//! A booking is firm while its convention is validated.

use super::{
    super::{OpenSlot, SlotEvent, SlotRefusal, state::Phase},
    Outcome,
};
use crate::kernel::ids::BookingId;

pub(super) fn confirm(open: &OpenSlot, booking: BookingId) -> Outcome {
    if is_confirmed(open, booking)? {
        return Ok(Vec::new());
    }
    Ok(vec![SlotEvent::BookingConfirmed { slot: open.slot, booking }])
}

pub(super) fn unconfirm(open: &OpenSlot, booking: BookingId) -> Outcome {
    if !is_confirmed(open, booking)? {
        return Ok(Vec::new());
    }
    Ok(vec![SlotEvent::BookingUnconfirmed { slot: open.slot, booking }])
}

fn is_confirmed(open: &OpenSlot, booking: BookingId) -> Result<bool, SlotRefusal> {
    match open.booking(booking)?.phase {
        Phase::Booked { confirmed, .. } => Ok(confirmed),
        Phase::Waiting | Phase::Promoted { .. } => Err(SlotRefusal::StillWaiting),
        Phase::Over => Err(SlotRefusal::BookingIsOver),
    }
}
