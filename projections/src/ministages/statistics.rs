//! The figures of a stretch of days, per formation, school of origin or host. They survive
//! erasure: they count rows, not names.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::Connection;

use super::dashboard::Scope;
use crate::clauses::Clauses;

/// What the figures are broken down by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The formation discovered.
    Formation,
    /// The school of origin.
    Origin,
    /// The host.
    Host,
}

/// The figures of one formation or school.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// A formation's bare id, or a school's code.
    pub key: String,
    /// Slots not withdrawn; 0 by school of origin, which has none.
    pub slots: u64,
    /// Their seats; 0 by school of origin.
    pub seats: u64,
    /// Of those seats, how many are held.
    pub filled: u64,
    /// Seats held: booked, confirmed or kept for a promoted pupil.
    pub booked: u64,
    /// Of those, with a validated convention.
    pub confirmed: u64,
    /// Pupils who came.
    pub present: u64,
    /// Pupils who did not.
    pub absent: u64,
    /// Bookings cancelled by a school or by the withdrawal of the slot.
    pub cancelled: u64,
    /// Bookings that expired.
    pub expired: u64,
    /// Pupils who wait.
    pub waiting: u64,
}

impl Figures {
    /// How much of what was offered is held, in per cent, rounded; none when nothing was.
    pub fn fill_rate(&self) -> Option<u64> {
        (self.seats > 0).then(|| (self.filled * 200 + self.seats) / (self.seats * 2))
    }
}

/// The figures of `scope` from `from` to `to`, the key first that has most bookings.
pub fn statistics(
    db: &Connection,
    scope: &Scope,
    (from, to): (Date, Date),
    by: By,
) -> rusqlite::Result<Vec<Figures>> {
    let mut figures: BTreeMap<String, Figures> = BTreeMap::new();
    for (key, slots, seats) in offered(db, scope, (from, to), by)? {
        let one = figures.entry(key).or_default();
        (one.slots, one.seats) = (slots, seats);
    }
    for counted in counted(db, scope, (from, to), by)? {
        let one = figures.entry(counted.key.clone()).or_default();
        *one = Figures {
            slots: one.slots,
            seats: one.seats,
            filled: if one.seats > 0 { counted.booked } else { 0 },
            ..counted
        };
    }
    let mut all: Vec<Figures> =
        figures.into_iter().map(|(key, figures)| Figures { key, ..figures }).collect();
    all.sort_by(|a, b| b.booked.cmp(&a.booked).then_with(|| a.key.cmp(&b.key)));
    Ok(all)
}

fn within(scope: &Scope, (from, to): (Date, Date)) -> Clauses {
    let mut all = Clauses::default();
    all.maybe("s.platform = ?", scope.platform.as_ref());
    all.maybe("s.host = ?", scope.host.as_ref());
    all.with("s.date >= ?", &from);
    all.with("s.date <= ?", &to);
    all
}

/// What was offered, unless the figures are of schools of origin, which offer nothing.
fn offered(
    db: &Connection,
    scope: &Scope,
    days: (Date, Date),
    by: By,
) -> rusqlite::Result<Vec<(String, u64, u64)>> {
    let key = match (by, &scope.origin) {
        (By::Origin, _) | (By::Formation | By::Host, Some(_)) => return Ok(Vec::new()),
        (By::Formation, None) => "s.formation",
        (By::Host, None) => "s.host",
    };
    let mut all = within(scope, days);
    all.when("s.withdrawn_at IS NULL");
    all.grouped(db, &format!("SELECT {key}, count(*), sum(s.seats) FROM slots s"), key, |row| {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?))
    })
}

fn counted(
    db: &Connection,
    scope: &Scope,
    days: (Date, Date),
    by: By,
) -> rusqlite::Result<Vec<Figures>> {
    let key = match by {
        By::Formation => "s.formation",
        By::Origin => "b.origin",
        By::Host => "s.host",
    };
    let mut all = within(scope, days);
    all.maybe("b.origin = ?", scope.origin.as_ref());
    let select = format!(
        "SELECT {key} AS key,
            sum(b.status IN ('Booked', 'Confirmed', 'Promoted')) AS booked,
            sum(b.status = 'Confirmed') AS confirmed,
            coalesce(sum(b.present = 1), 0) AS present,
            coalesce(sum(b.present = 0), 0) AS absent,
            sum(b.status IN ('Cancelled', 'Withdrawn')) AS cancelled,
            sum(b.status = 'Expired') AS expired,
            sum(b.status = 'Waiting') AS waiting
         FROM bookings b JOIN slots s ON s.slot = b.slot"
    );
    all.grouped(db, &select, key, |row| {
        Ok(Figures {
            key: row.get("key")?,
            booked: row.get("booked")?,
            confirmed: row.get("confirmed")?,
            present: row.get("present")?,
            absent: row.get("absent")?,
            cancelled: row.get("cancelled")?,
            expired: row.get("expired")?,
            waiting: row.get("waiting")?,
            ..Figures::default()
        })
    })
}

#[cfg(test)]
mod tests;
