//! When things close, on the platform’s wall clock; and until when a seat is kept.

use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::DateTime};

use super::state::OpenSlot;
use crate::{kernel::moment::Moment, platforms::rules::Rules};

/// Midnight, `days` days before the slot’s date; 0 is when the slot begins.
fn days_before(open: &OpenSlot, days: u16) -> DateTime {
    if days == 0 {
        open.begins_at()
    } else {
        open.details
            .date
            .saturating_sub(i64::from(days).days())
            .to_datetime(jiff::civil::Time::midnight())
    }
}

/// From when on nobody books.
pub(super) fn bookings_close(open: &OpenSlot, rules: &Rules) -> DateTime {
    days_before(open, rules.booking_closes_days)
}

/// From when on the school of origin does not cancel a seat.
pub(super) fn cancelling_closes(open: &OpenSlot, rules: &Rules) -> DateTime {
    days_before(open, rules.cancel_closes_days)
}

/// When a booking made at `since` expires if it is not confirmed. Not before the school had
/// the platform’s hours of grace, so never when those end after the slot begins.
pub(super) fn expires_at(
    open: &OpenSlot,
    since: Timestamp,
    rules: &Rules,
    now: Moment,
) -> DateTime {
    let grace = SignedDuration::from_hours(rules.confirm_grace_hours.into());
    let grace_ends = now.local.saturating_sub(now.at.duration_since(since)).saturating_add(grace);
    days_before(open, rules.expire_days).max(grace_ends)
}

/// Until when a seat freed now is kept: the platform’s hours, but never past the slot’s
/// beginning.
pub(super) fn promotion_ends(open: &OpenSlot, rules: &Rules, now: Moment) -> Timestamp {
    let hours = SignedDuration::from_hours(rules.promotion_hours.into());
    let until_begin = open.begins_at().duration_since(now.local);
    now.at.checked_add(hours.min(until_begin)).unwrap_or(Timestamp::MAX)
}

/// Whether the slot has begun.
pub(super) fn has_begun(open: &OpenSlot, now: Moment) -> bool {
    now.local >= open.begins_at()
}
