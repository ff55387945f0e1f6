//! A slot will not take place.

use super::{
    super::{OpenSlot, SlotEvent, SlotRefusal, deadlines},
    Outcome,
};
use crate::kernel::moment::Moment;

/// Not once it has begun: the pupils are there under their conventions.
pub(super) fn decide(open: &OpenSlot, reason: String, now: Moment) -> Outcome {
    if deadlines::has_begun(open, now) {
        return Err(SlotRefusal::HasBegun);
    }
    Ok(vec![SlotEvent::SlotWithdrawn {
        slot: open.slot,
        reason,
        bookings: open.active().map(|booking| booking.id).collect(),
    }])
}
