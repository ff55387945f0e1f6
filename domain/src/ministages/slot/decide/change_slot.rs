//! A slot’s day, hours, seats, room, teacher or note become others.

use super::{
    super::{OpenSlot, SlotDetails, SlotEvent, SlotRefusal, deadlines},
    Outcome, promotion, publish_slot,
};
use crate::{kernel::moment::Moment, platforms::rules::Rules};

pub(super) fn decide(open: &OpenSlot, details: SlotDetails, rules: &Rules, now: Moment) -> Outcome {
    if open.details == details {
        return Ok(Vec::new());
    }
    if deadlines::has_begun(open, now) {
        return Err(SlotRefusal::HasBegun);
    }
    publish_slot::check(&details, now)?;
    let held = open.held();
    if held > 0 && moves(&open.details, &details) {
        return Err(SlotRefusal::DateBound { held });
    }
    if details.seats < held {
        return Err(SlotRefusal::SeatsHeld { held });
    }
    let changed = SlotEvent::SlotChanged {
        slot: open.slot,
        bookings: if only_seats(&open.details, &details) {
            Vec::new()
        } else {
            open.active().map(|booking| booking.id).collect()
        },
        details,
    };
    Ok(promotion::then_promote(open, changed, rules, now))
}

fn moves(before: &SlotDetails, after: &SlotDetails) -> bool {
    (before.date, before.start, before.end) != (after.date, after.start, after.end)
}

fn only_seats(before: &SlotDetails, after: &SlotDetails) -> bool {
    let before = SlotDetails { seats: after.seats, ..before.clone() };
    before == *after
}
