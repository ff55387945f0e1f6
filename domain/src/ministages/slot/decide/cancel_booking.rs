//! Until when, and by whom, a booking may be cancelled.

use super::super::{OpenSlot, Side, SlotEvent, SlotRefusal, deadlines, state::Phase};
use crate::{
    kernel::{ids::BookingId, moment::Moment, personal::Personal},
    platforms::rules::Rules,
};

/// The school of origin gives a seat back until the platform’s deadline. The host, and
/// whoever has no seat of their own yet, until the slot begins.
pub(super) fn check(
    open: &OpenSlot,
    booking: BookingId,
    by: Side,
    rules: &Rules,
    now: Moment,
) -> Result<(), SlotRefusal> {
    let closed_at = match (open.booking(booking)?.phase, by) {
        (Phase::Over, Side::Origin | Side::Host) => return Err(SlotRefusal::BookingIsOver),
        (Phase::Booked { .. }, Side::Origin) => deadlines::cancelling_closes(open, rules),
        (Phase::Booked { .. }, Side::Host)
        | (Phase::Waiting | Phase::Promoted { .. }, Side::Origin | Side::Host) => open.begins_at(),
    };
    if now.local >= closed_at {
        return Err(SlotRefusal::TooLateToCancel { closed_at });
    }
    Ok(())
}

/// That it was.
pub(super) fn cancelled(
    open: &OpenSlot,
    booking: BookingId,
    reason: Option<Personal<String>>,
    by: Side,
) -> SlotEvent {
    SlotEvent::BookingCancelled { slot: open.slot, booking, reason, by }
}
