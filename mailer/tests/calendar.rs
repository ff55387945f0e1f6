//! Calendars, read back by a parser.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use icalendar::{Calendar, CalendarComponent, Component as _, EventLike as _};
use jiff::{civil::datetime, tz::TimeZone};
use mailer::calendar::{Appointment, EndsBeforeItBegins, Method, Status, event, feed, method};

/// A morning in Saint-Nazaire, in winter.
fn appointment() -> Appointment {
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let instant =
        |hour, minute| paris.to_timestamp(datetime(2027, 1, 13, hour, minute, 0, 0)).unwrap();
    Appointment {
        uid: "booking_0198@escale.example".to_owned(),
        sequence: 3,
        stamp: "2026-12-01T08:30:00Z".parse().unwrap(),
        start: instant(9, 15),
        end: instant(12, 0),
        summary: "Mini-stage\u{202f}: CAP Cuisine, pâtisserie; traiteur (MARTIN Léa)".to_owned(),
        location: "Lycée des métiers Démo Paul, 1 rue de l’Océan, Saint-Nazaire, salle B204"
            .to_owned(),
        note: Some("Apporter une blouse\nEND:VEVENT".to_owned()),
        link: Some("https://escale.example/lycee-demo-paul/reservations/42".to_owned()),
        status: Status::Tentative,
    }
}

fn events(ics: &str) -> Vec<icalendar::Event> {
    let calendar: Calendar = ics.parse().unwrap();
    calendar
        .components
        .into_iter()
        .filter_map(|component| match component {
            CalendarComponent::Event(event) => Some(event),
            _ => None,
        })
        .collect()
}

#[test]
fn an_appointment_reads_back_as_it_was_written() {
    let ics = event(&appointment()).unwrap();

    let events = events(&ics);
    assert_eq!(events.len(), 1);
    let read = &events[0];
    assert_eq!(read.get_uid(), Some("booking_0198@escale.example"));
    assert_eq!(read.get_sequence(), Some(3));
    assert_eq!(read.property_value("DTSTART"), Some("20270113T081500Z"));
    assert_eq!(read.property_value("DTEND"), Some("20270113T110000Z"));
    assert_eq!(read.property_value("DTSTAMP"), Some("20261201T083000Z"));
    assert_eq!(read.get_summary(), Some(appointment().summary.as_str()));
    assert_eq!(read.get_location(), Some(appointment().location.as_str()));
    assert_eq!(read.get_description(), Some("Apporter une blouse\nEND:VEVENT"));
    assert_eq!(read.property_value("STATUS"), Some("TENTATIVE"));
    assert!(ics.contains("METHOD:PUBLISH\r\n"));
    assert!(ics.lines().all(|line| line.len() <= 75));
}

#[test]
fn summer_time_is_right_without_a_time_zone() {
    let paris = TimeZone::get("Europe/Paris").unwrap();
    let instant = |hour| paris.to_timestamp(datetime(2027, 6, 2, hour, 0, 0, 0)).unwrap();
    let summer = Appointment { start: instant(9), end: instant(12), ..appointment() };

    let ics = event(&summer).unwrap();

    assert_eq!(events(&ics)[0].property_value("DTSTART"), Some("20270602T070000Z"));
}

#[test]
fn the_same_appointment_is_the_same_calendar() {
    assert_eq!(event(&appointment()), event(&appointment()));
}

#[test]
fn a_cancelled_appointment_takes_itself_back() {
    let cancelled = Appointment { status: Status::Cancelled, ..appointment() };

    let ics = event(&cancelled).unwrap();

    assert_eq!(method(Status::Cancelled), Method::Cancel);
    assert!(ics.contains("METHOD:CANCEL\r\n"));
    assert_eq!(events(&ics)[0].property_value("STATUS"), Some("CANCELLED"));
}

#[test]
fn a_name_begins_no_other_property() {
    let hostile = Appointment {
        summary: "Léa\r\nATTACH:https://x.example\r\nEND:VEVENT".to_owned(),
        location: "B204\nX-EVIL:1".to_owned(),
        ..appointment()
    };

    let ics = event(&hostile).unwrap();

    let events = events(&ics);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0].property_value("ATTACH"), None);
    assert_eq!(events[0].property_value("X-EVIL"), None);
    assert_eq!(events[0].get_summary(), Some("Léa  ATTACH:https://x.example  END:VEVENT"));
}

#[test]
fn a_feed_holds_every_appointment_under_its_name() {
    let second = Appointment {
        uid: "booking_0199@escale.example".to_owned(),
        status: Status::Confirmed,
        ..appointment()
    };

    let ics = feed(&[appointment(), second], "Mini-stages, Collège Jean Moulin").unwrap();

    let calendar: Calendar = ics.parse().unwrap();
    assert_eq!(calendar.property_value("NAME"), Some("Mini-stages, Collège Jean Moulin"));
    assert!(!ics.contains("METHOD"));
    let uids: Vec<String> =
        events(&ics).iter().filter_map(|event| event.get_uid().map(str::to_owned)).collect();
    assert_eq!(uids, ["booking_0198@escale.example", "booking_0199@escale.example"]);
    assert_eq!(events(&feed(&[], "Vide").unwrap()).len(), 0, "an empty feed is a calendar too");
}

#[test]
fn an_appointment_must_end_after_it_begins() {
    let backwards = Appointment { end: appointment().start, ..appointment() };

    assert_eq!(event(&backwards), Err(EndsBeforeItBegins));
    assert_eq!(feed(&[backwards], "x"), Err(EndsBeforeItBegins));
}
