//! A full slot, its waiting list, and what the calendar does, on a clock that the test holds.

use crate::support::{
    Backend,
    stage::{Stage, convention_of},
};
use jiff::SignedDuration;
use serde_json::json;

const COLLEGE: &str = "ce.9990011H@ac-exemple.fr";
const LYCEE: &str = "ce.9990001X@ac-exemple.fr";

/// The subjects of the letters to `address` that name `pupil`.
fn about(stage: &Stage, address: &str, pupil: &str) -> Vec<String> {
    let letters = stage.app.letters_to(address).into_iter();
    letters.filter(|it| it.text.contains(pupil)).map(|it| it.subject).collect()
}

async fn status(stage: &Stage, booking: &str) -> String {
    let id = booking.parse().unwrap();
    let read = stage.app.app.read.query(move |db| projections::ministages::bookings::by_id(db, id));
    read.await.unwrap().unwrap().status.to_string()
}

async fn the_fifth_pupil_waits_and_promotions_pass_on(backend: Backend) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(4).await;
    let mut seated = Vec::new();
    for name in ["Alpha", "Bravo", "Charlie", "Delta"] {
        let (booking, waits) = stage.book(slot, name, "Ana").await;
        assert!(!waits, "{name}");
        seated.push(booking);
    }
    let (fifth, fifth_waits) = stage.book(slot, "Echo", "Eva").await;
    let (sixth, sixth_waits) = stage.book(slot, "Foxtrot", "Fia").await;
    assert!(fifth_waits && sixth_waits);
    assert_eq!(about(&stage, COLLEGE, "ECHO").len(), 1, "told that she waits");

    // A cancellation promotes exactly the first.
    let cancel = json!({ "booking": seated[0], "reason": "Malade" });
    stage.college.give("cancelBooking", "", cancel).await;
    stage.app.drain().await;

    assert_eq!(status(&stage, &seated[0]).await, "Cancelled");
    assert_eq!(status(&stage, &fifth).await, "Promoted");
    assert_eq!(status(&stage, &sixth).await, "Waiting");
    assert_eq!(about(&stage, COLLEGE, "ECHO").len(), 2, "told that a seat is kept");
    assert_eq!(about(&stage, LYCEE, "ALPHA").len(), 2, "the booking, then its end");

    // Nobody answers: the seat passes on.
    stage.app.forward(SignedDuration::from_hours(49)).await;

    assert_eq!(status(&stage, &fifth).await, "Lapsed");
    assert_eq!(status(&stage, &sixth).await, "Promoted");
    assert_eq!(about(&stage, COLLEGE, "ECHO").len(), 3, "told that it is kept no longer");

    // The next one answers: a booking like any other, with its convention.
    let accept = json!({ "booking": sixth });
    stage.college.give("acceptPromotion", "", accept).await;
    stage.app.drain().await;

    assert_eq!(status(&stage, &sixth).await, "Booked");
    let address = format!("/convention/{}/conv.pdf", convention_of(&sixth));
    let (found, pdf) = stage.college.get(&address).await;
    assert_eq!(found, 200);
    assert!(pdf.starts_with(b"%PDF-"));
    stage.verify().await;
}

async fn an_unconfirmed_booking_is_reminded_then_expires(backend: Backend) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Golf", "Gil").await;
    let before = about(&stage, COLLEGE, "GOLF").len();

    // The slot is on the 27th: the reminder goes seven days before.
    stage.app.forward(SignedDuration::from_hours(24 * 15)).await;
    assert_eq!(about(&stage, COLLEGE, "GOLF").len(), before, "not yet");
    stage.app.forward(SignedDuration::from_hours(24)).await;

    assert_eq!(about(&stage, COLLEGE, "GOLF").len(), before + 1, "reminded");
    assert_eq!(status(&stage, &booking).await, "Booked");

    // It expires two days before, once.
    stage.app.forward(SignedDuration::from_hours(24 * 5)).await;
    stage.app.forward(SignedDuration::from_hours(1)).await;

    assert_eq!(status(&stage, &booking).await, "Expired");
    assert_eq!(about(&stage, COLLEGE, "GOLF").len(), before + 2, "told that it expired");
    let id: domain::kernel::ids::ConventionId = convention_of(&booking).parse().unwrap();
    let read =
        stage.app.app.read.query(move |db| projections::conventions::register::by_id(db, id));
    assert_eq!(read.await.unwrap().unwrap().state.to_string(), "Lapsed");
    let again = stage.college.refused("cancelBooking", json!({ "booking": booking })).await;
    assert_eq!(again, "BOOKING_IS_OVER");
    stage.verify().await;
}

#[tokio::test]
async fn the_fifth_pupil_waits_and_promotions_pass_on_in_sqlite() {
    the_fifth_pupil_waits_and_promotions_pass_on(Backend::Sqlite).await;
}

#[tokio::test]
async fn the_fifth_pupil_waits_and_promotions_pass_on_in_postgresql() {
    the_fifth_pupil_waits_and_promotions_pass_on(Backend::Postgres).await;
}

#[tokio::test]
async fn an_unconfirmed_booking_is_reminded_then_expires_in_sqlite() {
    an_unconfirmed_booking_is_reminded_then_expires(Backend::Sqlite).await;
}

#[tokio::test]
async fn an_unconfirmed_booking_is_reminded_then_expires_in_postgresql() {
    an_unconfirmed_booking_is_reminded_then_expires(Backend::Postgres).await;
}
