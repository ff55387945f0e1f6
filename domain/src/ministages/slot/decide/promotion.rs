//! A freed seat is kept for the first who waits, until they answer or their time is over.

use super::{
    super::{
        LapseCause, OpenSlot, SlotEvent, SlotRefusal, deadlines, evolve::changed, state::Phase,
    },
    Outcome,
};
use crate::{
    kernel::{ids::BookingId, moment::Moment},
    platforms::rules::Rules,
};

/// `event`, then the promotions that the seats it frees allow.
pub(super) fn then_promote(
    open: &OpenSlot,
    event: SlotEvent,
    rules: &Rules,
    now: Moment,
) -> Vec<SlotEvent> {
    let after = changed(open.clone(), &event);
    let promoted = promote(&after, rules, now);
    std::iter::once(event).chain(promoted).collect()
}

/// As many of those who wait as there are free seats, the first first; nobody once the slot
/// has begun.
pub(super) fn promote(open: &OpenSlot, rules: &Rules, now: Moment) -> Vec<SlotEvent> {
    if deadlines::has_begun(open, now) {
        return Vec::new();
    }
    let deadline = deadlines::promotion_ends(open, rules, now);
    open.waiting()
        .take(open.free().into())
        .map(|first| SlotEvent::WaitlistPromoted { slot: open.slot, booking: first.id, deadline })
        .collect()
}

pub(super) fn accept(open: &OpenSlot, booking: BookingId, now: Moment) -> Outcome {
    let deadline = match open.booking(booking)?.phase {
        Phase::Promoted { deadline } => deadline,
        Phase::Booked { .. } | Phase::Waiting => return Err(SlotRefusal::NotPromoted),
        Phase::Over => return Err(SlotRefusal::BookingIsOver),
    };
    if now.at >= deadline {
        return Err(SlotRefusal::PromotionOver { deadline });
    }
    // Where clocks change in between, the deadline may lie an hour past the beginning.
    if deadlines::has_begun(open, now) {
        return Err(SlotRefusal::HasBegun);
    }
    Ok(vec![SlotEvent::WaitlistAccepted { slot: open.slot, booking, at: now.at }])
}

pub(super) fn decline(open: &OpenSlot, booking: BookingId, rules: &Rules, now: Moment) -> Outcome {
    match open.booking(booking)?.phase {
        Phase::Promoted { .. } => Ok(pass_on(open, booking, LapseCause::Declined, rules, now)),
        Phase::Booked { .. } | Phase::Waiting => Err(SlotRefusal::NotPromoted),
        Phase::Over => Err(SlotRefusal::BookingIsOver),
    }
}

pub(super) fn lapse(open: &OpenSlot, booking: BookingId, rules: &Rules, now: Moment) -> Outcome {
    match open.booking(booking)?.phase {
        Phase::Promoted { deadline } if now.at < deadline => {
            Err(SlotRefusal::PromotionRuns { deadline })
        }
        Phase::Promoted { .. } => Ok(pass_on(open, booking, LapseCause::Unanswered, rules, now)),
        Phase::Booked { .. } | Phase::Over => Ok(Vec::new()),
        Phase::Waiting => Err(SlotRefusal::NotPromoted),
    }
}

fn pass_on(
    open: &OpenSlot,
    booking: BookingId,
    cause: LapseCause,
    rules: &Rules,
    now: Moment,
) -> Vec<SlotEvent> {
    let lapsed = SlotEvent::WaitlistLapsed { slot: open.slot, booking, cause };
    then_promote(open, lapsed, rules, now)
}
