//! What the service leans on fails: what was acknowledged stays, what cannot be done is refused in
//! plain words and can be asked again, and nothing is done twice.

mod database;
mod disk;
mod mail;
mod read_models;
mod small_disk;

use std::time::Duration;

use fixtures::schools::COLLEGE_COLLINE;
use serde_json::{Value, json};

use crate::support::{
    Person,
    binary::{Installation, wish},
    mutation,
};

/// What one who asks meanwhile is told.
const PLAIN: &str =
    "Le service ne peut pas répondre pour le moment. Réessayez dans quelques minutes.";
/// How long one asks again.
const PATIENCE: Duration = Duration::from_mins(2);

/// A pupil to book for: the name, and the id of the request, which is the same when it is repeated.
fn request(slot: &str, name: &str) -> Value {
    let mut input = wish(slot, name, "Ana");
    let command = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, name.as_bytes());
    input["commandId"] = json!(command.to_string());
    input
}

/// Books once; the booking, or the error that is answered.
async fn book(college: &Person, slot: &str, name: &str) -> Result<String, Value> {
    let document = mutation("bookSeat", "... on SeatBooked { bookingId position }");
    let answer = college.tried(&document, json!({ "input": request(slot, name) })).await;
    let answer = answer.map_err(|fault| json!({ "message": fault.to_string() }))?;
    match answer["data"]["done"]["bookingId"].as_str() {
        Some(booking) => Ok(booking.to_owned()),
        None if answer["errors"].is_array() => Err(answer["errors"][0].clone()),
        None => panic!("{name}: {answer:#}"),
    }
}

/// Asks until it is booked.
async fn book_in_the_end(college: &Person, slot: &str, name: &str) -> String {
    let asking = async {
        loop {
            match book(college, slot, name).await {
                Ok(booking) => return booking,
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    };
    tokio::time::timeout(PATIENCE, asking).await.expect(name)
}

fn is_plain(error: &Value) {
    assert_eq!(error["message"], PLAIN, "{error:#}");
    assert_eq!(error["extensions"]["code"], "UNAVAILABLE", "{error:#}");
}

/// Each of `names` has one booking and one convention, which has left; the log and the read models
/// are sound. The service is stopped.
async fn all_is_well(
    installation: &Installation,
    service: crate::support::binary::Service,
    college: &Person,
    names: &[&str],
) {
    let asks = "query($filter: BookingFilter!) { bookings(filter: $filter) \
                { items { pupil { lastName } } } }";
    let filter = json!({ "filter": { "origin": COLLEGE_COLLINE.code } });
    for name in names {
        let upper = format!("{} Ana", name.to_uppercase());
        installation.letter(COLLEGE_COLLINE.mail, &upper).await;
    }
    let data = college.ask(asks, filter).await;
    let items = data["bookings"]["items"].as_array().unwrap();
    let mut booked: Vec<_> =
        items.iter().map(|item| item["pupil"]["lastName"].as_str().unwrap()).collect();
    let mut expected = names.to_vec();
    booked.sort_unstable();
    expected.sort_unstable();
    assert_eq!(booked, expected, "each once");
    service.stop().await;
    installation.done(&["log", "verify"]);
    installation.done(&["projections", "verify"]);
}
