//! Placements as calendars: an .ics for one, joined to a letter, and a feed of a school's. All
//! instants are written in UTC, so that no calendar has to know France's summer time.

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus};
use jiff::{Timestamp, tz::TimeZone};

/// What the calendar asks of whoever receives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Here is an appointment.
    Publish,
    /// It will not take place.
    Cancel,
}

impl std::fmt::Display for Method {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Publish => "PUBLISH",
            Self::Cancel => "CANCEL",
        })
    }
}

/// One placement in a calendar. Never says when the pupil was born or who the guardian is.
#[derive(Clone)]
pub struct Appointment {
    /// The same for ever for one booking: `booking_0198…@escale.example`.
    pub uid: String,
    /// How many times it changed: a later one replaces an earlier one.
    pub sequence: u32,
    /// When what it says was so (`DTSTAMP`).
    pub stamp: Timestamp,
    /// From.
    pub start: Timestamp,
    /// To.
    pub end: Timestamp,
    /// What it is called: « Mini-stage : CAP Cuisine (MARTIN Léa) ».
    pub summary: String,
    /// Host and room.
    pub location: String,
    /// What one should know or bring.
    pub note: Option<String>,
    /// Where it is seen on the platform.
    pub link: Option<String>,
    /// Whether it is sure, awaited or off.
    pub status: Status,
}

/// How sure an appointment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The convention is awaited.
    Tentative,
    /// The convention is validated.
    Confirmed,
    /// It will not take place.
    Cancelled,
}

/// An appointment that no calendar can hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an appointment must end after it begins")]
pub struct EndsBeforeItBegins;

/// The .ics of one placement, of the method that its status asks for.
pub fn event(appointment: &Appointment) -> Result<String, EndsBeforeItBegins> {
    let mut calendar = bare();
    calendar.append_property(("METHOD", method(appointment.status).to_string().as_str()));
    calendar.push(entry(appointment)?);
    Ok(calendar.to_string())
}

/// A school's feed, called `name`.
pub fn feed(appointments: &[Appointment], name: &str) -> Result<String, EndsBeforeItBegins> {
    let mut calendar = bare();
    calendar
        .name(&printable(name))
        .append_property(("REFRESH-INTERVAL;VALUE=DURATION", "PT1H"))
        .append_property(("X-PUBLISHED-TTL", "PT1H"));
    for appointment in appointments {
        calendar.push(entry(appointment)?);
    }
    Ok(calendar.to_string())
}

/// The method that goes with `status`, for the attachment's content type.
pub fn method(status: Status) -> Method {
    match status {
        Status::Tentative | Status::Confirmed => Method::Publish,
        Status::Cancelled => Method::Cancel,
    }
}

fn bare() -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Escale//Mini-stages//FR"))
        .append_property(("CALSCALE", "GREGORIAN"));
    calendar
}

fn entry(appointment: &Appointment) -> Result<Event, EndsBeforeItBegins> {
    if appointment.end <= appointment.start {
        return Err(EndsBeforeItBegins);
    }
    let mut event = Event::with_uid(&printable(&appointment.uid));
    event
        .add_property("DTSTAMP", utc(appointment.stamp))
        .add_property("DTSTART", utc(appointment.start))
        .add_property("DTEND", utc(appointment.end))
        .sequence(appointment.sequence)
        .status(match appointment.status {
            Status::Tentative => EventStatus::Tentative,
            Status::Confirmed => EventStatus::Confirmed,
            Status::Cancelled => EventStatus::Cancelled,
        })
        .summary(&printable(&appointment.summary))
        .location(&printable(&appointment.location));
    if let Some(note) = &appointment.note {
        event.description(&note.lines().map(printable).collect::<Vec<_>>().join("\n"));
    }
    if let Some(link) = &appointment.link {
        event.url(&printable(link));
    }
    Ok(event.done())
}

/// `20270113T081500Z`.
fn utc(instant: Timestamp) -> String {
    instant.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// One line: a line feed in a name must not begin another property.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
