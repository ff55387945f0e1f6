//! A pupil whose name was written wrongly, or whose guardian is another.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use domain::platforms::{platform::PlatformCommand, rules::Rules};
use jiff::SignedDuration;
use schema::{
    ports::Caller,
    testing::{Persona, World},
};
use serde_json::{Value, json};

async fn placed() -> World {
    let world = World::new().await;
    world.placed().await;
    world
}

/// What the booking of Zoé Témoin-Unique holds before any correction.
fn as_booked() -> Value {
    json!({ "lastName": "Témoin-Unique", "firstName": "Zoé", "class": "4e B" })
}

fn in_truth() -> Value {
    json!({
        "lastName": " Vrai-Unique ", "firstName": "Zoë", "birthDate": "17/04/2012", "class": "4e C",
        "guardianName": "Anh Vrai", "guardianEmail": "anh@exemple.fr",
    })
}

async fn correct(world: &World, caller: &Caller, pupil: Value) -> Value {
    correct_of(world, caller, &World::booking().to_string().into(), pupil).await
}

async fn correct_of(world: &World, caller: &Caller, booking: &Value, pupil: Value) -> Value {
    let input = json!({ "booking": booking, "pupil": pupil });
    let wanted = "PupilCorrected { position booking { pupil { id displayName } } }";
    world.api.mutate(caller, "correctPupil", input, wanted).await
}

async fn publish(world: &World) -> String {
    let host = world.caller(Persona::HostManager).await;
    let input = json!({
        "platform": "demo", "host": "0590121L",
        "formation": World::formation().to_string(),
        "details": { "date": "09/03/2027", "start": "8h15", "end": "12:00", "seats": 4 },
    });
    let done = world.api.mutate(&host, "publishSlot", input, "SlotPublished { slot { id } }").await;
    done["slot"]["id"].as_str().unwrap().to_owned()
}

async fn book(world: &World, slot: &str, pupil: Value) -> Value {
    let origin = world.caller(Persona::OriginManager).await;
    let input = json!({
        "slot": slot, "origin": "0491234A", "kind": "INTERNAL", "pupil": pupil, "orWait": true,
    });
    let wanted = "SeatBooked { booking { id pupil { id } } }";
    world.api.mutate(&origin, "bookSeat", input, wanted).await
}

/// The booking, as the school of origin reads it.
async fn read(world: &World) -> Value {
    let origin = world.caller(Persona::OriginManager).await;
    let query = "query($id: ID!) { booking(id: $id) {
        pupil { id displayName birthDate class guardian { name email phone } }
        history { event sentence }
    } }";
    let id = json!({ "id": World::booking().to_string() });
    world.api.catch_up().await;
    world.api.data(&origin, query, id).await["booking"].take()
}

/// How many corrections are in the history of the booking.
async fn corrections(world: &World) -> usize {
    let read = read(world).await;
    let history = read["history"].as_array().unwrap();
    history.iter().filter(|entry| entry["event"] == "PupilCorrected").count()
}

#[tokio::test]
async fn the_school_of_origin_corrects_who_its_pupil_is() {
    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;

    let done = correct(&world, &origin, in_truth()).await;

    assert_eq!(done["booking"]["pupil"]["displayName"], "VRAI-UNIQUE Zoë");
    let read = read(&world).await;
    assert_eq!(
        read["pupil"],
        json!({
            "id": World::pupil().to_string(), "displayName": "VRAI-UNIQUE Zoë",
            "birthDate": "2012-04-17", "class": "4e C",
            "guardian": { "name": "Anh Vrai", "email": "anh@exemple.fr", "phone": null },
        })
    );
    let last = read["history"].as_array().unwrap().last().unwrap();
    assert_eq!(last["sentence"], "L’identité de l’élève a été corrigée\u{202f}: VRAI-UNIQUE Zoë.");
}

#[tokio::test]
async fn what_is_not_another_is_not_written() {
    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;

    let same = correct(&world, &origin, as_booked()).await;
    assert_eq!(same["booking"]["pupil"]["displayName"], "TÉMOIN-UNIQUE Zoé");
    assert_eq!(corrections(&world).await, 0);

    // There and back in one request, which waits for no read model in between.
    let both = "mutation($there: CorrectPupilInput!, $back: CorrectPupilInput!) {
        there: correctPupil(input: $there) { __typename }
        back: correctPupil(input: $back) { __typename }
    }";
    let booking = World::booking().to_string();
    let variables = json!({
        "there": { "booking": booking, "pupil": in_truth() },
        "back": { "booking": booking, "pupil": as_booked() },
    });
    world.api.data(&origin, both, variables).await;
    assert_eq!(corrections(&world).await, 2);
}

#[tokio::test]
async fn the_same_demand_sent_twice_corrects_once() {
    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let input = json!({
        "booking": World::booking().to_string(), "pupil": in_truth(),
        "commandId": "0198c0de-0000-7000-8000-000000000001",
    });

    for _ in 0..2 {
        let done = world.api.mutate(&origin, "correctPupil", input.clone(), "").await;
        assert_eq!(done["__typename"], "PupilCorrected");
    }

    assert_eq!(corrections(&world).await, 1);
}

#[tokio::test]
async fn what_is_wrong_is_refused_beside_its_field_as_at_the_booking() {
    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let refused = async |field: &str, typed: &str| {
        let mut pupil = as_booked();
        pupil[field] = typed.into();
        let done = correct(&world, &origin, pupil).await;
        format!("{} {}", done["code"], done["field"]).replace('"', "")
    };

    assert_eq!(refused("lastName", " ").await, "EMPTY pupil.lastName");
    assert_eq!(refused("birthDate", "31/02/2012").await, "NOT_A_DATE pupil.birthDate");
    assert_eq!(refused("guardianPhone", "06").await, "EMPTY pupil.guardianName");
    assert_eq!(refused("guardianEmail", "personne").await, "NOT_AN_EMAIL pupil.guardianEmail");
    assert_eq!(corrections(&world).await, 0);
}

#[tokio::test]
async fn nobody_is_corrected_once_the_slot_has_begun_or_the_booking_is_over() {
    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;

    world.promoted().await;
    let over = correct(&world, &origin, in_truth()).await;
    assert_eq!(over["code"], "BOOKING_IS_OVER");

    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    world.api.wait(SignedDuration::from_hours(24 * 60));
    let begun = correct(&world, &origin, in_truth()).await;
    assert_eq!(begun["code"], "HAS_BEGUN");
    assert_eq!(corrections(&world).await, 0);
}

#[tokio::test]
async fn whoever_is_corrected_is_the_same_pupil_at_the_next_booking() {
    let world = World::new().await;
    let origin = world.caller(Persona::OriginManager).await;
    let rules = Rules { bookings_per_pupil: Some(2), ..Rules::default() };
    world.on(&World::platform(), PlatformCommand::ChangeRules { rules }).await;
    let (one, two, three) = (publish(&world).await, publish(&world).await, publish(&world).await);
    let booked = book(&world, &one, as_booked()).await;

    correct_of(&world, &origin, &booked["booking"]["id"], in_truth()).await;

    for pupil in [in_truth(), as_booked()] {
        assert_eq!(book(&world, &one, pupil).await["code"], "ALREADY_BOOKED");
    }
    let again = book(&world, &two, in_truth()).await;
    assert_eq!(again["booking"]["pupil"]["id"], booked["booking"]["pupil"]["id"]);
    assert_eq!(book(&world, &three, in_truth()).await["code"], "PUPIL_QUOTA_REACHED");
}

#[tokio::test]
async fn asking_again_for_what_is_on_record_has_the_pupil_recognised_by_it() {
    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;

    correct(&world, &origin, as_booked()).await;

    assert_eq!(corrections(&world).await, 0);
    let slot = World::slot().to_string();
    assert_eq!(book(&world, &slot, as_booked()).await["code"], "ALREADY_BOOKED");
}

#[tokio::test]
async fn a_refused_correction_has_nobody_recognised_by_it() {
    let world = placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    world.promoted().await;

    let refused = correct(&world, &origin, in_truth()).await;

    assert_eq!(refused["code"], "BOOKING_IS_OVER");
    let booked = book(&world, &publish(&world).await, in_truth()).await;
    let id = booked["booking"]["pupil"]["id"].as_str().unwrap();
    assert_ne!(id, World::pupil().to_string());
}
