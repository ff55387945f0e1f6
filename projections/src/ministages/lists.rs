//! « Mes réservations », « Réservations passées », « Liste des stages », the list of the day
//! and the search « NOM Prénom ». Joins `bookings`, `slots`, `schools` and `formations`.

use domain::kernel::{
    ids::{FormationId, PersonId, SlotId},
    slug::Slug,
    uai::Uai,
};
use jiff::civil::Date;
use rusqlite::Connection;

use super::bookings::{Booking, BookingStatus};
use crate::{
    Columns as _, Page, Window,
    clauses::{Clauses, List},
};

/// Which bookings. The default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// On this platform.
    pub platform: Option<Slug>,
    /// At this host.
    pub host: Option<Uai>,
    /// Of this school's pupils.
    pub origin: Option<Uai>,
    /// In this slot.
    pub slot: Option<SlotId>,
    /// To discover this.
    pub formation: Option<FormationId>,
    /// Of this pupil.
    pub pupil: Option<PersonId>,
    /// That stand so; empty is all.
    pub statuses: Vec<BookingStatus>,
    /// On this day or later.
    pub from: Option<Date>,
    /// On this day or earlier.
    pub to: Option<Date>,
    /// Words of the pupil's names.
    pub search: String,
    /// Whether it was recorded that the pupil came.
    pub attended: Option<bool>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// By the day and the hour.
    #[default]
    Date,
    /// By « Nom », then « Prénom ».
    Name,
    /// By « Prénom ».
    FirstName,
    /// By the school of origin.
    Origin,
    /// By the host.
    Host,
    /// By the formation.
    Formation,
    /// By what was booked when.
    BookedAt,
}

/// The order of a list, and whether from its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Order {
    /// By what.
    pub by: Sort,
    /// The last first.
    pub descending: bool,
}

const FROM: &str = "bookings b JOIN slots s ON s.slot = b.slot";

impl Order {
    /// The tables that the order needs, and the order.
    fn sql(self) -> (&'static str, String) {
        let (joined, first) = match self.by {
            Sort::Date => ("", "s.date {}, s.begins {}"),
            Sort::Name => ("", "b.folded_name {}"),
            Sort::FirstName => ("", "b.folded_first {}"),
            Sort::Origin => (" LEFT JOIN schools o ON o.uai = b.origin", "o.sorted {}"),
            Sort::Host => (" LEFT JOIN schools h ON h.uai = s.host", "h.sorted {}"),
            Sort::Formation => {
                (" LEFT JOIN formations f ON f.formation = s.formation", "f.sorted {}")
            }
            Sort::BookedAt => ("", "b.rank {}"),
        };
        let first = first.replace("{}", if self.descending { "DESC" } else { "ASC" });
        (joined, format!("{first}, s.date, s.begins, b.folded_name, b.rank, b.booking"))
    }
}

/// The bookings wanted.
pub fn bookings(
    db: &Connection,
    wanted: &Wanted,
    order: Order,
    window: Window,
) -> rusqlite::Result<Page<Booking>> {
    let (joined, order) = order.sql();
    let list = List { columns: "b.*", from: &format!("{FROM}{joined}"), order: &order };
    clauses(wanted).page(db, &list, window, Booking::read)
}

/// All of them: for a file.
pub fn all(db: &Connection, wanted: &Wanted, order: Order) -> rusqlite::Result<Vec<Booking>> {
    let (joined, order) = order.sql();
    let select = format!("SELECT b.* FROM {FROM}{joined}");
    clauses(wanted).all(db, &select, &order, Booking::read)
}

/// Who is expected at `host` on `date`, slot by slot, by name; on one platform or on all.
pub fn of_the_day(
    db: &Connection,
    platform: Option<&Slug>,
    host: &Uai,
    date: Date,
) -> rusqlite::Result<Vec<Booking>> {
    let mut all = Clauses::default();
    all.with("s.host = ?", host);
    all.with("s.date = ?", &date);
    all.maybe("s.platform = ?", platform);
    all.when("b.status IN ('Booked', 'Confirmed', 'Promoted')");
    let order = "s.begins, s.formation, s.slot, b.folded_name, b.rank, b.booking";
    all.all(db, &format!("SELECT b.* FROM {FROM}"), order, Booking::read)
}

/// The platforms on which `pupil` was ever booked.
pub fn platforms_of_pupil(db: &Connection, pupil: PersonId) -> rusqlite::Result<Vec<Slug>> {
    db.prepare_cached(
        "SELECT DISTINCT s.platform FROM bookings b JOIN slots s ON s.slot = b.slot
         WHERE b.person = ?1 ORDER BY s.platform",
    )?
    .query_map([pupil.uuid().to_string()], |row| row.parsed("platform"))?
    .collect()
}

fn clauses(wanted: &Wanted) -> Clauses {
    let mut all = Clauses::default();
    let narrow = wanted.slot.is_some()
        || wanted.pupil.is_some()
        || wanted.origin.is_some()
        || wanted.host.is_some();
    let searched = !domain::kernel::text::folded(&wanted.search).is_empty();
    if narrow || !searched {
        all.words("b.folded_name", &wanted.search);
        all.maybe("s.platform = ?", wanted.platform.as_ref());
    } else {
        // A name among all there are: read off the index of names, which is much smaller than
        // the rows, rather than off each row of the platform.
        let mut named = Clauses::default();
        named.words("n.folded_name", &wanted.search);
        all.within("b.rowid IN (SELECT n.rowid FROM bookings n", named);
        all.maybe("+s.platform = ?", wanted.platform.as_ref());
    }
    all.maybe("b.slot = ?", wanted.slot.as_ref());
    all.maybe("b.person = ?", wanted.pupil.as_ref());
    all.maybe("b.origin = ?", wanted.origin.as_ref());
    all.maybe("s.host = ?", wanted.host.as_ref());
    all.maybe("s.formation = ?", wanted.formation.as_ref());
    all.maybe("s.date >= ?", wanted.from.as_ref());
    all.maybe("s.date <= ?", wanted.to.as_ref());
    all.maybe("b.present = ?", wanted.attended.as_ref());
    if !wanted.statuses.is_empty() {
        let names: Vec<String> = wanted.statuses.iter().map(ToString::to_string).collect();
        let names = serde_json::json!(names).to_string();
        all.with("b.status IN (SELECT value FROM json_each(?))", &names);
    }
    all
}

#[cfg(test)]
mod tests;
