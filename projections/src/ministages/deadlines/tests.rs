//! What is due when, on the platform's own clock.

use domain::kernel::personal::Personal;

use super::*;
use crate::{
    Definition,
    conventions::register::Conventions,
    ministages::{
        bookings::Bookings,
        sample::{
            AT, ORIGIN, booked, booking, convention, deposited, generated, joined, person,
            platform, published, pupil, slot, world,
        },
        slots::Slots,
    },
    spec::{Facts, Given, given_all},
};
use domain::{conventions::convention::ConventionEvent, ministages::slot::SlotEvent};

const ALL: [Definition; 3] =
    [Definition::of::<Slots>(), Definition::of::<Bookings>(), Definition::of::<Conventions>()];

/// Booked on 5 January for the morning of 10 March.
fn begun() -> Facts {
    let id = slot(1).uuid();
    world()
        .then(id, published(1, 1, "2026-03-10", 2))
        .then(id, booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN))
        .then(id, joined(1, 12, pupil(2, "Durand", "Léa"), ORIGIN))
}

fn given(facts: &Facts) -> Given {
    given_all(&ALL, facts)
}

/// The clock on the wall of the platform shows `local`; in winter Paris is one hour ahead.
fn moment(local: &str) -> Moment {
    let local: jiff::civil::DateTime = local.parse().unwrap();
    let at = local.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(1))).unwrap();
    Moment { at: at.timestamp(), local }
}

fn reminders(facts: &Facts, rules: &Rules, local: &str) -> Vec<ConventionId> {
    given(facts).query(|db| reminders_due(db, &platform(), rules, moment(local)))
}

fn expiries(facts: &Facts, rules: &Rules, local: &str) -> Vec<DueBooking> {
    given(facts).query(|db| expiries_due(db, &platform(), rules, moment(local)))
}

#[test]
fn a_reminder_is_due_from_midnight_seven_days_before() {
    let rules = Rules::default();

    assert_eq!(reminders(&begun(), &rules, "2026-03-02T23:59:59"), []);
    assert_eq!(reminders(&begun(), &rules, "2026-03-03T00:00:00"), [convention(11)]);
    assert_eq!(reminders(&begun(), &rules, "2026-03-10T08:29:59"), [convention(11)]);
    assert_eq!(reminders(&begun(), &rules, "2026-03-10T08:30:00"), []);
}

#[test]
fn nobody_is_reminded_twice_nor_of_what_is_validated_void_or_confirmed() {
    let (id, rules) = (convention(11).uuid(), Rules::default());
    let convention = convention(11);
    let due = |facts: Facts| reminders(&facts, &rules, "2026-03-05T09:00:00").len();

    assert_eq!(due(begun().then(id, deposited(11, person(1), "d"))), 1);
    assert_eq!(due(begun().then(id, ConventionEvent::ReminderSent { convention })), 0);
    let validated = begun()
        .then(id, deposited(11, person(1), "d"))
        .then(id, ConventionEvent::ConventionValidated { convention });
    assert_eq!(due(validated.clone()), 0);
    let confirmed = SlotEvent::BookingConfirmed { slot: slot(1), booking: booking(11) };
    let reopened = validated.then(
        id,
        ConventionEvent::ConventionInvalidated {
            convention,
            reason: Personal::new(person(1), "Signature".to_owned()),
            was_validated: true,
        },
    );
    assert_eq!(due(reopened.clone()), 1);
    assert_eq!(due(reopened.then(slot(1).uuid(), confirmed)), 0);
}

#[test]
fn a_late_booking_is_reminded_of_after_half_its_grace() {
    let rules = Rules::default();
    let id = slot(1).uuid();
    let facts = world()
        .then(id, published(1, 1, "2026-01-08", 2))
        .then(id, booked(1, 11, pupil(1, "Martin", "Zoé"), ORIGIN))
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN));
    assert_eq!(AT.to_string(), "2026-01-05T08:00:00Z");

    assert_eq!(reminders(&facts, &rules, "2026-01-06T08:59:59"), []);
    assert_eq!(reminders(&facts, &rules, "2026-01-06T09:00:00"), [convention(11)]);
    assert_eq!(expiries(&facts, &rules, "2026-01-07T08:59:59"), []);
    assert_eq!(expiries(&facts, &rules, "2026-01-07T09:00:00").len(), 1);
}

#[test]
fn an_unconfirmed_booking_expires_from_midnight_two_days_before() {
    let rules = Rules::default();
    let due = DueBooking { slot: slot(1), booking: booking(11), platform: platform() };

    assert_eq!(expiries(&begun(), &rules, "2026-03-07T23:59:59"), []);
    assert_eq!(expiries(&begun(), &rules, "2026-03-08T00:00:00"), [due]);
    assert_eq!(expiries(&begun(), &rules, "2026-03-10T08:30:00"), []);
    let confirmed = SlotEvent::BookingConfirmed { slot: slot(1), booking: booking(11) };
    let confirmed = begun().then(slot(1).uuid(), confirmed);
    assert_eq!(expiries(&confirmed, &rules, "2026-03-08T00:00:00"), []);
}

#[test]
fn no_days_before_means_never() {
    let rules = Rules { remind_days: 0, expire_days: 0, ..Rules::default() };

    assert_eq!(reminders(&begun(), &rules, "2026-03-10T08:29:59"), []);
    assert_eq!(expiries(&begun(), &rules, "2026-03-10T08:29:59"), []);
}

#[test]
fn an_unanswered_promotion_is_due_at_its_deadline() {
    let deadline: Timestamp = "2026-02-01T12:00:00Z".parse().unwrap();
    let promoted = SlotEvent::WaitlistPromoted { slot: slot(1), booking: booking(12), deadline };
    let facts = begun().then(slot(1).uuid(), promoted);
    let second = SignedDuration::from_secs(1);
    let due = DueBooking { slot: slot(1), booking: booking(12), platform: platform() };

    let rows = given(&facts);

    assert_eq!(rows.query(|db| promotions_due(db, deadline - second)), []);
    assert_eq!(rows.query(|db| promotions_due(db, deadline)), [due]);
}
