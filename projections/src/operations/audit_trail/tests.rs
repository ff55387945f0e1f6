//! Who did what, found by what it touched, without a word about people.

use domain::{
    kernel::{
        ids::{BookingId, ConventionId, PersonId, SlotId},
        personal::Personal,
    },
    ministages::slot::{PupilIdentity, PupilKind, Side, SlotEvent},
};

use super::*;
use crate::spec::{Facts, START, given, unchanged_by_a_rebuild};

const SLOT: SlotId = SlotId::from_u128(1);
const BOOKING: BookingId = BookingId::from_u128(2);
const ZOE: PersonId = PersonId::from_u128(3);
const MANAGER: AccountId = AccountId::from_u128(4);

fn zoe(last: &str) -> Personal<PupilIdentity> {
    Personal::new(
        ZOE,
        PupilIdentity {
            last_name: last.to_owned(),
            first_name: "Zoé".to_owned(),
            birth_date: None,
            class: None,
            guardian: None,
        },
    )
}

fn history() -> Facts {
    let booked = SlotEvent::SeatBooked {
        slot: SLOT,
        booking: BOOKING,
        pupil: zoe("Témoin-Unique"),
        origin: "0750655E".parse().unwrap(),
        kind: PupilKind::External,
        at: START,
    };
    let cancelled = SlotEvent::BookingCancelled {
        slot: SLOT,
        booking: BOOKING,
        reason: Some(Personal::new(ZOE, "Zoé est malade".to_owned())),
        by: Side::Origin,
    };
    Facts::new()
        .on("lycee-demo")
        .by(Actor::Account { account: MANAGER, role: "school_manager".to_owned() })
        .then(SLOT.uuid(), booked)
        .by(Actor::Policy { name: "clock".to_owned() })
        .then(SLOT.uuid(), cancelled)
        .then_erased(ZOE)
}

fn events(page: Page<AuditRow>) -> Vec<String> {
    page.items.into_iter().map(|row| row.sentence).collect()
}

#[test]
fn an_event_is_kept_with_who_caused_it_and_what_it_touched() {
    let trail = given::<AuditTrail>(&history());

    let page = trail.query(|db| latest(db, Window { offset: 2, limit: 5 }));

    assert_eq!(page.total, 3);
    let row = &page.items[0];
    assert_eq!((row.position, row.at), (1, START));
    assert_eq!((row.actor.as_str(), row.account), ("account", Some(MANAGER)));
    assert_eq!(row.detail.as_deref(), Some("school_manager"));
    assert_eq!(row.event, "SeatBooked");
    assert_eq!(row.platform.as_deref(), Some("lycee-demo"));
    assert_eq!(
        row.touched,
        [
            (Kind::Account, MANAGER.uuid().to_string()),
            (Kind::Booking, BOOKING.uuid().to_string()),
            (Kind::Convention, ConventionId::of(BOOKING).uuid().to_string()),
            (Kind::Person, ZOE.uuid().to_string()),
            (Kind::Platform, "lycee-demo".to_owned()),
            (Kind::School, "0750655E".to_owned()),
            (Kind::Slot, SLOT.uuid().to_string()),
        ]
    );
}

#[test]
fn the_history_of_a_convention_has_what_happened_to_its_booking() {
    let trail = given::<AuditTrail>(&history());
    let of = |kind, id: String| {
        let window = Window::first(10);
        events(trail.query(|db| touching(db, kind, id, window)))
    };
    let both = ["SeatBooked", "BookingCancelled.Origin"];

    assert_eq!(of(Kind::Convention, ConventionId::of(BOOKING).uuid().to_string()), both);
    assert_eq!(of(Kind::Booking, BOOKING.uuid().to_string()), both);
    assert_eq!(of(Kind::Platform, "lycee-demo".to_owned()).len(), 3);
    assert_eq!(of(Kind::Person, ZOE.uuid().to_string()), ["SeatBooked", "SubjectErased"]);
    assert_eq!(of(Kind::School, "0440001M".to_owned()), [""; 0]);
}

#[test]
fn a_corrected_pupil_is_in_the_history_of_the_person_and_of_the_convention() {
    let corrected =
        SlotEvent::PupilCorrected { slot: SLOT, booking: BOOKING, pupil: zoe("Vrai-Unique") };
    let trail = given::<AuditTrail>(&Facts::new().then(SLOT.uuid(), corrected));
    let of = |kind, id: String| {
        let window = Window::first(10);
        events(trail.query(|db| touching(db, kind, id, window)))
    };

    let convention = ConventionId::of(BOOKING).uuid().to_string();
    assert_eq!(of(Kind::Convention, convention), ["PupilCorrected"]);
    assert_eq!(of(Kind::Person, ZOE.uuid().to_string()), ["PupilCorrected"]);
    assert_eq!(of(Kind::Slot, SLOT.uuid().to_string()), ["PupilCorrected"]);
    assert!(!trail.mentions("Vrai"));
}

#[test]
fn an_auditor_of_one_platform_sees_nothing_of_another() {
    let trail = given::<AuditTrail>(&history());
    let seen_on = |platform: &str| {
        let platforms = [platform.parse().unwrap()];
        let window = Window::first(10);
        let seen = |db: &Connection| touching_on(db, Kind::Slot, SLOT.uuid(), &platforms, window);
        trail.query(seen).total
    };

    assert_eq!(seen_on("lycee-demo"), 2);
    assert_eq!(seen_on("lycee-autre"), 0);
}

#[test]
fn it_never_holds_a_personal_value() {
    let trail = given::<AuditTrail>(&history());

    assert!(trail.mentions("SeatBooked"));
    for personal in ["Témoin", "Zoé", "malade"] {
        assert!(!trail.mentions(personal), "{personal}");
    }
}

#[test]
fn a_rebuild_gives_the_same_trail() {
    unchanged_by_a_rebuild::<AuditTrail>(&history());
}
