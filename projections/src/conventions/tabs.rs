//! « Gestion du retour des conventions »: the three tabs, their counters, their search and
//! their columns. Joins `conventions`, `bookings`, `slots` and `schools`.

use domain::conventions::convention::ConventionTab;
use rusqlite::Connection;

use super::register::Convention;
use crate::{
    Page, Window,
    clauses::{Clauses, List},
    ministages::dashboard::Scope,
};

/// By which column.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// « Nom », then « Prénom ».
    Name,
    /// « Prénom ».
    FirstName,
    /// « Responsable ».
    Guardian,
    /// « Établissement d'origine ».
    Origin,
    /// « Date du stage ».
    #[default]
    Date,
    /// When it changed last.
    ChangedAt,
}

/// Which conventions, in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Whose.
    pub scope: Scope,
    /// In this tab; without one, all, those that are void too.
    pub tab: Option<ConventionTab>,
    /// Words of the pupil's names, or the reference.
    pub search: String,
    /// The order.
    pub by: Sort,
    /// The last first.
    pub descending: bool,
}

/// The conventions wanted.
pub fn page(
    db: &Connection,
    wanted: &Wanted,
    window: Window,
) -> rusqlite::Result<Page<Convention>> {
    let (joined, first) = match wanted.by {
        Sort::Name => ("", "b.folded_name {}"),
        Sort::FirstName => ("", "b.folded_first {}"),
        Sort::Guardian => ("", "b.folded_guardian {}"),
        Sort::Origin => (" LEFT JOIN schools o ON o.uai = c.origin", "o.sorted {}"),
        Sort::Date => ("", "s.date {}, s.begins {}"),
        Sort::ChangedAt => ("", "c.changed_at {}"),
    };
    let first = first.replace("{}", if wanted.descending { "DESC" } else { "ASC" });
    // Outer joins: the database leaves out of the count those that it does not need.
    let list = List {
        columns: "c.*",
        from: &format!(
            "conventions c LEFT JOIN bookings b ON b.booking = c.booking
                           LEFT JOIN slots s ON s.slot = c.slot{joined}"
        ),
        order: &format!("{first}, s.date, s.begins, b.folded_name, c.convention"),
    };
    let mut all = of_scope(&wanted.scope);
    all.maybe("c.tab = ?", wanted.tab.map(|tab| tab.to_string()).as_ref());
    all.words("(b.folded_name || ' ' || folded(c.reference))", &wanted.search);
    all.page(db, &list, window, Convention::read)
}

/// How many there are in each tab.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TabCounts {
    /// « Conventions non retournées ».
    pub not_returned: u64,
    /// « Conventions en attente de validation ».
    pub awaiting: u64,
    /// Of them, those marked non conforme, which wait for the school of origin.
    pub non_conforming: u64,
    /// « Conventions validées ».
    pub validated: u64,
}

/// The counters of the tabs of `scope`.
pub fn counts(db: &Connection, scope: &Scope) -> rusqlite::Result<TabCounts> {
    let mut all = of_scope(scope);
    all.when("c.tab IS NOT NULL");
    let select = "SELECT
            coalesce(sum(c.tab = 'NotReturned'), 0) AS not_returned,
            coalesce(sum(c.tab = 'AwaitingValidation'), 0) AS awaiting,
            coalesce(sum(c.tab = 'AwaitingValidation' AND c.non_conforming), 0) AS wrong,
            coalesce(sum(c.tab = 'Validated'), 0) AS validated
         FROM conventions c";
    all.sums(db, select, "", |row| {
        Ok(TabCounts {
            not_returned: row.get("not_returned")?,
            awaiting: row.get("awaiting")?,
            non_conforming: row.get("wrong")?,
            validated: row.get("validated")?,
        })
    })
}

fn of_scope(scope: &Scope) -> Clauses {
    let mut all = Clauses::default();
    all.maybe("c.origin = ?", scope.origin.as_ref());
    all.maybe("c.host = ?", scope.host.as_ref());
    all.maybe("c.platform = ?", scope.platform.as_ref());
    all
}

#[cfg(test)]
mod tests;
