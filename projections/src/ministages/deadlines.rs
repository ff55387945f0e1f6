//! What the clock has to do: bookings to remind of, to expire, promotions to end. The
//! aggregates decide again: what is due here may be refused there, never the reverse.

use domain::{
    kernel::{
        ids::{BookingId, ConventionId, SlotId},
        moment::Moment,
        slug::Slug,
    },
    platforms::rules::Rules,
};
use jiff::{SignedDuration, Timestamp, ToSpan as _, civil::Date};
use rusqlite::{Connection, Row, named_params};

use crate::{Columns as _, ToValue as _, Value};

/// A booking whose hour has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueBooking {
    /// In which slot.
    pub slot: SlotId,
    /// The booking.
    pub booking: BookingId,
    /// On which platform.
    pub platform: Slug,
}

impl DueBooking {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            slot: row.parsed("slot")?,
            booking: row.parsed("booking")?,
            platform: row.parsed("platform")?,
        })
    }
}

/// The conventions of `platform` whose school is to be reminded: the day is near, the pupil
/// has a seat, the convention is neither validated nor void, and nobody was reminded. A
/// booking made when that day had already come is reminded of after half its grace, so that
/// a reminder always goes before it expires.
pub fn reminders_due(
    db: &Connection,
    platform: &Slug,
    rules: &Rules,
    now: Moment,
) -> rusqlite::Result<Vec<ConventionId>> {
    let half = SignedDuration::from_mins(i64::from(rules.confirm_grace_hours) * 30);
    db.prepare_cached(
        "SELECT c.convention
         FROM slots s JOIN bookings b ON b.slot = s.slot
                      JOIN conventions c ON c.booking = b.booking
         WHERE s.platform = :platform AND s.date <= :horizon
           AND s.date || 'T' || s.begins > :local
           AND b.status = 'Booked' AND b.since <= :since
           AND c.state IN ('Generated', 'Deposited', 'Reopened') AND c.reminded_at IS NULL
         ORDER BY s.date, s.begins, b.rank",
    )?
    .query_map(
        named_params! {
            ":platform": platform.as_str(),
            ":horizon": horizon(now, rules.remind_days),
            ":local": now.local.to_string(),
            ":since": earlier(now.at, half),
        },
        |row| row.parsed("convention"),
    )?
    .collect()
}

/// The unconfirmed bookings of `platform` that expire.
pub fn expiries_due(
    db: &Connection,
    platform: &Slug,
    rules: &Rules,
    now: Moment,
) -> rusqlite::Result<Vec<DueBooking>> {
    let grace = SignedDuration::from_hours(rules.confirm_grace_hours.into());
    db.prepare_cached(
        "SELECT s.slot, b.booking, s.platform
         FROM slots s JOIN bookings b ON b.slot = s.slot
         WHERE s.platform = :platform AND s.date <= :horizon
           AND s.date || 'T' || s.begins > :local
           AND b.status = 'Booked' AND b.since <= :since
         ORDER BY s.date, s.begins, b.rank",
    )?
    .query_map(
        named_params! {
            ":platform": platform.as_str(),
            ":horizon": horizon(now, rules.expire_days),
            ":local": now.local.to_string(),
            ":since": earlier(now.at, grace),
        },
        DueBooking::read,
    )?
    .collect()
}

/// The promotions, on any platform, that nobody answered in time.
pub fn promotions_due(db: &Connection, now: Timestamp) -> rusqlite::Result<Vec<DueBooking>> {
    db.prepare_cached(
        "SELECT b.slot, b.booking, s.platform
         FROM bookings b JOIN slots s USING (slot)
         WHERE b.status = 'Promoted' AND b.deadline <= ?1
         ORDER BY b.deadline, b.rank",
    )?
    .query_map([now.to_value()], DueBooking::read)?
    .collect()
}

/// The last day of a slot that is `days` away; none when they are 0, for that is when the
/// slot begins, and nothing is due from then on.
fn horizon(now: Moment, days: u16) -> Value {
    let last: Option<Date> = match days {
        0 => None,
        days => Some(now.local.date().saturating_add(i64::from(days).days())),
    };
    last.to_value()
}

fn earlier(at: Timestamp, by: SignedDuration) -> Value {
    at.checked_sub(by).unwrap_or(Timestamp::MIN).to_value()
}

#[cfg(test)]
mod tests;
