//! A booking that nobody confirmed gives its seat back.

use super::{
    super::{OpenSlot, SlotEvent, SlotRefusal, deadlines, state::Phase},
    Outcome, promotion,
};
use crate::{
    kernel::{ids::BookingId, moment::Moment},
    platforms::rules::Rules,
};

/// A booking that is still unconfirmed when the slot begins stays as it is.
pub(super) fn decide(open: &OpenSlot, booking: BookingId, rules: &Rules, now: Moment) -> Outcome {
    let since = match open.booking(booking)?.phase {
        Phase::Booked { confirmed: false, since, .. } => since,
        Phase::Booked { confirmed: true, .. } | Phase::Over => return Ok(Vec::new()),
        Phase::Waiting | Phase::Promoted { .. } => return Err(SlotRefusal::StillWaiting),
    };
    if deadlines::has_begun(open, now) {
        return Err(SlotRefusal::HasBegun);
    }
    let expires_at = deadlines::expires_at(open, since, rules, now);
    if now.local < expires_at {
        return Err(SlotRefusal::NotYetExpiring { expires_at });
    }
    let expired = SlotEvent::BookingExpired { slot: open.slot, booking };
    Ok(promotion::then_promote(open, expired, rules, now))
}
