//! « Tableau de bord »: the counters of a platform, of a host or of a school of origin.

use domain::kernel::{slug::Slug, uai::Uai};
use jiff::{ToSpan as _, civil::Date};
use rusqlite::Connection;

use crate::{
    ToValue as _,
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
    let (slots, seats, free) = scope.seats(db, today)?;
    let coming = scope.coming(db, today)?;
    let mut unrecorded = scope.bookings(Clauses::default());
    unrecorded.when("b.status IN ('Booked', 'Confirmed')");
    unrecorded.when("b.present IS NULL");
    unrecorded.with("s.date < ?", &today);
    Ok(Counters {
        conventions: tabs::counts(db, scope)?,
        unrecorded: unrecorded.count(db, "bookings b JOIN slots s ON s.slot = b.slot")?,
        slots,
        seats,
        free,
        ..coming
    })
}

impl Scope {
    /// What is to come from today on.
    fn coming(&self, db: &Connection, today: Date) -> rusqlite::Result<Counters> {
        let week = today.saturating_add(6.days());
        let mut all = self.bookings(Clauses::selecting([today.to_value(), week.to_value()]));
        all.with("s.date >= ?", &today);
        let select = "SELECT
                coalesce(sum(held AND date <= ?), 0) AS today,
                coalesce(sum(held AND date <= ?), 0) AS week,
                coalesce(sum(held), 0) AS coming,
                coalesce(sum(status = 'Waiting'), 0) AS waiting,
                coalesce(sum(status = 'Promoted'), 0) AS promoted
            FROM (SELECT s.date, b.status, b.status IN ('Booked', 'Confirmed', 'Promoted') AS held
                FROM bookings b JOIN slots s ON s.slot = b.slot";
        all.sums(db, select, ")", |row| {
            Ok(Counters {
                today: row.get("today")?,
                week: row.get("week")?,
                coming: row.get("coming")?,
                waiting: row.get("waiting")?,
                promoted: row.get("promoted")?,
                ..Counters::default()
            })
        })
    }

    fn bookings(&self, all: Clauses) -> Clauses {
        let mut all = self.narrowed(all);
        all.maybe("b.origin = ?", self.origin.as_ref());
        all
    }

    fn narrowed(&self, mut all: Clauses) -> Clauses {
        all.maybe("s.platform = ?", self.platform.as_ref());
        all.maybe("s.host = ?", self.host.as_ref());
        all
    }

    fn seats(&self, db: &Connection, today: Date) -> rusqlite::Result<(u64, u64, u64)> {
        let mut all = self.narrowed(Clauses::default());
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
