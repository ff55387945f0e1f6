//! « Tableau de bord »: the counters of a platform, of a host or of a school of origin.

use domain::kernel::{slug::Slug, uai::Uai};
use jiff::{ToSpan as _, civil::Date};
use rusqlite::Connection;

use crate::{
    clauses::Clauses,
    conventions::tabs::{self, TabCounts},
};

/// Whose counters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// On this platform.
    pub platform: Option<Slug>,
    /// Of this host.
    pub host: Option<Uai>,
    /// Of this school's pupils.
    pub origin: Option<Uai>,
}

/// How many there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counters {
    /// Conventions, tab by tab.
    pub conventions: TabCounts,
    /// Pupils expected today.
    pub today: u64,
    /// Pupils expected from today on, for seven days.
    pub week: u64,
    /// Pupils expected from today on.
    pub coming: u64,
    /// Pupils on waiting lists from today on.
    pub waiting: u64,
    /// Seats kept that the school of origin has to answer for.
    pub promoted: u64,
    /// Pupils of past slots whose presence was not recorded.
    pub unrecorded: u64,
    /// Slots on offer from today on.
    pub slots: u64,
    /// Seats offered from today on.
    pub seats: u64,
    /// Of them, those that nobody holds.
    pub free: u64,
}

/// The counters of `scope`, when it is `today` there.
pub fn counters(db: &Connection, scope: &Scope, today: Date) -> rusqlite::Result<Counters> {
    let held = "b.status IN ('Booked', 'Confirmed', 'Promoted')";
    let count = |conditions: &[&str], from: Option<Date>, to: Option<Date>| {
        let mut all = scope.bookings();
        for condition in conditions {
            all.when(condition);
        }
        all.maybe("s.date >= ?", from.as_ref());
        all.maybe("s.date <= ?", to.as_ref());
        all.count(db, "bookings b JOIN slots s ON s.slot = b.slot")
    };
    let from = Some(today);
    let yesterday = Some(today.saturating_sub(1.day()));
    let seated = "b.status IN ('Booked', 'Confirmed')";
    let (slots, seats, free) = scope.seats(db, today)?;
    Ok(Counters {
        conventions: tabs::counts(db, scope)?,
        today: count(&[held], from, from)?,
        week: count(&[held], from, Some(today.saturating_add(6.days())))?,
        coming: count(&[held], from, None)?,
        waiting: count(&["b.status = 'Waiting'"], from, None)?,
        promoted: count(&["b.status = 'Promoted'"], from, None)?,
        unrecorded: count(&[seated, "b.present IS NULL"], None, yesterday)?,
        slots,
        seats,
        free,
    })
}

impl Scope {
    fn bookings(&self) -> Clauses {
        let mut all = self.slots();
        all.maybe("b.origin = ?", self.origin.as_ref());
        all
    }

    fn slots(&self) -> Clauses {
        let mut all = Clauses::default();
        all.maybe("s.platform = ?", self.platform.as_ref());
        all.maybe("s.host = ?", self.host.as_ref());
        all
    }

    fn seats(&self, db: &Connection, today: Date) -> rusqlite::Result<(u64, u64, u64)> {
        let mut all = self.slots();
        all.when("s.withdrawn_at IS NULL");
        all.with("s.date >= ?", &today);
        let select = "SELECT count(*), coalesce(sum(seats), 0), coalesce(sum(free), 0) FROM (
            SELECT s.seats, max(0, s.seats - (SELECT count(*) FROM bookings b
                WHERE b.slot = s.slot AND b.status IN ('Booked', 'Confirmed', 'Promoted'))) AS free
            FROM slots s";
        all.sums(db, select, ")", |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
    }
}

#[cfg(test)]
mod tests;
