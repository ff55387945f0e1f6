//! « Visualiser les stages »: the slots on offer, with their seats. Read by everybody, and by
//! the host's own pages. Joins `slots`, `bookings`, `schools` and `formations`.

use domain::{
    kernel::{ids::FormationId, slug::Slug, uai::Uai},
    platforms::platform::FormationLevel,
};
use jiff::civil::{Date, DateTime};
use rusqlite::Connection;

use super::slots::Slot;
use crate::{
    Page, Window,
    clauses::{Clauses, List},
};

/// Which slots. The default is all that were ever published.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// On this platform.
    pub platform: Option<Slug>,
    /// Of this host.
    pub host: Option<Uai>,
    /// To discover this.
    pub formation: Option<FormationId>,
    /// To discover something of this level.
    pub level: Option<FormationLevel>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or earlier.
    pub to: Option<Date>,
    /// That begin after this, on the platform's wall clock.
    pub after: Option<DateTime>,
    /// Where a seat is free, and nobody waits for it.
    pub only_free: bool,
    /// Not withdrawn.
    pub on_offer: bool,
    /// In this town, as it is written or not.
    pub city: Option<String>,
    /// In this département, by its name.
    pub departement: Option<String>,
    /// Words of the formation, the host or its town.
    pub search: String,
}

/// The slots wanted, the first first.
pub fn slots(db: &Connection, wanted: &Wanted, window: Window) -> rusqlite::Result<Page<Slot>> {
    let list = List {
        columns: Slot::COLUMNS,
        from: "slots s
            LEFT JOIN formations f ON f.formation = s.formation
            LEFT JOIN schools h ON h.uai = s.host",
        order: "s.date, s.begins, s.slot",
    };
    clauses(wanted).page(db, &list, window, Slot::read)
}

fn clauses(wanted: &Wanted) -> Clauses {
    let mut all = Clauses::default();
    all.maybe("s.platform = ?", wanted.platform.as_ref());
    all.maybe("s.host = ?", wanted.host.as_ref());
    all.maybe("s.formation = ?", wanted.formation.as_ref());
    all.maybe("f.level = ?", wanted.level.map(|it| it.to_string()).as_ref());
    all.maybe("s.date >= ?", wanted.from.as_ref());
    all.maybe("s.date <= ?", wanted.to.as_ref());
    if let Some(after) = wanted.after {
        all.with("s.date >= ?", &after.date());
        all.with("s.date || 'T' || s.begins > ?", &after.to_string());
    }
    all.maybe("folded(h.city) = folded(?)", wanted.city.as_ref());
    all.maybe("h.departement = ?", wanted.departement.as_ref());
    all.words("f.sorted || ' ' || h.searched", &wanted.search);
    if wanted.on_offer {
        all.when("s.withdrawn_at IS NULL");
    }
    if wanted.only_free {
        all.when(
            "s.seats > (SELECT count(*) FROM bookings b WHERE b.slot = s.slot
                AND b.status IN ('Booked', 'Confirmed', 'Promoted', 'Waiting'))",
        );
    }
    all
}

#[cfg(test)]
mod tests;
