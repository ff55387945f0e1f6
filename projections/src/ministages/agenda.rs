//! A school's calendar: its pupils' placements elsewhere, and what it offers itself. Read by
//! « Calendrier » and by the iCal feed.

use domain::kernel::uai::Uai;
use jiff::civil::Date;
use rusqlite::Connection;

use super::{
    bookings::Booking,
    lists::{self, Order, Wanted},
    slots::Slot,
};
use crate::{clauses::Clauses, ministages::bookings::BookingStatus};

/// What a school has to do in a stretch of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agenda {
    /// The seats of its pupils, by day.
    pub bookings: Vec<Booking>,
    /// What it offers, by day; withdrawn ones too, for calendars must hear of it.
    pub slots: Vec<Slot>,
}

/// The agenda of `school` from `from` to `to`, on all platforms.
pub fn agenda(db: &Connection, school: &Uai, from: Date, to: Date) -> rusqlite::Result<Agenda> {
    let wanted = Wanted {
        origin: Some(school.clone()),
        statuses: vec![BookingStatus::Booked, BookingStatus::Confirmed, BookingStatus::Promoted],
        from: Some(from),
        to: Some(to),
        ..Wanted::default()
    };
    let mut offered = Clauses::default();
    offered.with("s.host = ?", school);
    offered.with("s.date >= ?", &from);
    offered.with("s.date <= ?", &to);
    let select = format!("SELECT {} FROM slots s", Slot::COLUMNS);
    Ok(Agenda {
        bookings: lists::all(db, &wanted, Order::default())?,
        slots: offered.all(db, &select, "s.date, s.begins, s.slot", Slot::read)?,
    })
}

#[cfg(test)]
mod tests;
