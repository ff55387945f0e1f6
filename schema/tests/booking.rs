//! S2: from a slot on offer to a pupil who came; the waiting list; a list of pupils at once.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use jiff::SignedDuration;
use schema::{
    ports::Caller,
    testing::{Persona, World},
};
use serde_json::{Value, json};

async fn publish(world: &World, seats: u16) -> String {
    let host = world.caller(Persona::HostManager).await;
    let input = json!({
        "platform": "demo", "host": "0590121L",
        "formation": World::formation().to_string(),
        "details": {
            "date": "09/03/2027", "start": "8h15", "end": "12:00", "seats": seats,
            "room": "Atelier 2", "teacher": "Mme Prof",
        },
    });
    let done = world.api.mutate(&host, "publishSlot", input, "SlotPublished { slot { id } }").await;
    done["slot"]["id"].as_str().unwrap().to_owned()
}

fn pupil(last: &str, first: &str) -> Value {
    json!({ "lastName": last, "firstName": first, "birthDate": "17/04/2012", "class": "4e B" })
}

async fn book(world: &World, caller: &Caller, slot: &str, pupil: Value, or_wait: bool) -> Value {
    let input = json!({
        "slot": slot, "origin": "0491234A", "kind": "INTERNAL", "pupil": pupil, "orWait": or_wait,
    });
    let wanted = "SeatBooked { waiting bookingId booking { status placeInLine } }";
    world.api.mutate(caller, "bookSeat", input, wanted).await
}

async fn slot(world: &World, caller: &Caller, id: &str) -> Value {
    let query = "query($id: ID!) { slot(id: $id) {
        seats held free waiting room teacher closesAt status bookings { pupil { displayName } }
    } }";
    let mut data = world.api.data(caller, query, json!({ "id": id })).await;
    data["slot"].take()
}

#[tokio::test]
async fn a_seat_is_booked_and_seen_by_those_it_concerns() {
    let world = World::new().await;
    let origin = world.caller(Persona::OriginManager).await;
    let host = world.caller(Persona::HostManager).await;
    let id = publish(&world, 2).await;

    let booked = book(&world, &origin, &id, pupil("Témoin", "Zoé"), false).await;

    assert_eq!(booked["booking"]["status"], "BOOKED");
    assert_eq!(booked["waiting"], false);
    let seen = slot(&world, &origin, &id).await;
    assert_eq!((&seen["held"], &seen["free"]), (&json!(1), &json!(1)));
    assert_eq!(seen["room"], "Atelier 2");
    assert_eq!(seen["closesAt"], "2027-03-08T00:00:00");
    assert_eq!(seen["bookings"], json!([]), "a school sees its own bookings by its list");
    let seen = slot(&world, &host, &id).await;
    assert_eq!(seen["teacher"], "Mme Prof");
    assert_eq!(seen["bookings"][0]["pupil"]["displayName"], "TÉMOIN Zoé");
    let stranger = slot(&world, &world.caller(Persona::OtherOriginManager).await, &id).await;
    assert_eq!((&stranger["room"], &stranger["held"]), (&Value::Null, &json!(1)));
}

#[tokio::test]
async fn my_bookings_are_searched_sorted_and_cut_into_pages() {
    let world = World::new().await;
    let origin = world.caller(Persona::OriginManager).await;
    let id = publish(&world, 4).await;
    for (last, first) in [("Témoin", "Zoé"), ("Abadie", "Léa"), ("Été", "Tom")] {
        book(&world, &origin, &id, pupil(last, first), false).await;
    }
    let list = async |filter: Value, page: Value| {
        let query = "query($filter: BookingFilter!, $page: PageInput) {
            bookings(filter: $filter, sort: NAME, page: $page) {
                total offset limit stale items { pupil { displayName } slot { date start } }
            }
        }";
        let variables = json!({ "filter": filter, "page": page });
        let mut data = world.api.data(&origin, query, variables).await;
        data["bookings"].take()
    };

    let page = list(json!({ "origin": "0491234A" }), json!({ "offset": 1, "limit": 1 })).await;
    assert_eq!(
        page,
        json!({
            "total": 3, "offset": 1, "limit": 1, "stale": false,
            "items": [{
                "pupil": { "displayName": "ÉTÉ Tom" },
                "slot": { "date": "2027-03-09", "start": "08:15:00" },
            }],
        })
    );
    let found = list(json!({ "origin": "0491234A", "search": "ZOE temoin" }), Value::Null).await;
    assert_eq!(found["total"], 1);
    let past = list(json!({ "origin": "0491234A", "past": true }), Value::Null).await;
    assert_eq!(past["total"], 0);
    let coming = list(json!({ "origin": "0491234A", "past": false }), Value::Null).await;
    assert_eq!(coming["total"], 3);
}

#[tokio::test]
async fn a_full_slot_puts_the_next_pupil_on_the_waiting_list_and_a_cancellation_promotes_them() {
    let world = World::new().await;
    let origin = world.caller(Persona::OriginManager).await;
    let id = publish(&world, 1).await;
    let first = book(&world, &origin, &id, pupil("Témoin", "Zoé"), false).await;

    let full = book(&world, &origin, &id, pupil("Attend", "Tom"), false).await;
    assert_eq!(full["code"], "SLOT_FULL");
    let waits = book(&world, &origin, &id, pupil("Attend", "Tom"), true).await;
    assert_eq!((&waits["waiting"], &waits["booking"]["placeInLine"]), (&json!(true), &json!(1)));
    let input = json!({ "booking": first["bookingId"], "reason": "Malade" });
    let wanted = "BookingCancelled { booking { status reason cancelledBy } }";
    let cancelled = world.api.mutate(&origin, "cancelBooking", input, wanted).await;
    assert_eq!(
        cancelled["booking"],
        json!({ "status": "CANCELLED", "reason": "Malade", "cancelledBy": "ORIGIN" })
    );

    let input = json!({ "booking": waits["bookingId"] });
    let wanted = "PromotionAccepted { booking { status deadline } }";
    let accepted = world.api.mutate(&origin, "acceptPromotion", input, wanted).await;
    assert_eq!(accepted["booking"]["status"], "BOOKED");
}

async fn book_list(world: &World, slot: &str, mode: &str, pupils: Value) -> Value {
    let origin = world.caller(Persona::OriginManager).await;
    let input = json!({
        "slot": slot, "origin": "0491234A", "kind": "EXTERNAL", "mode": mode, "pupils": pupils,
    });
    let wanted = "SeatsBooked { lines { index booked { waiting } refused { code field } } }";
    world.api.mutate(&origin, "bookSeats", input, wanted).await
}

#[tokio::test]
async fn a_list_is_booked_whole_or_not_at_all() {
    let world = World::new().await;
    let host = world.caller(Persona::HostManager).await;
    let id = publish(&world, 2).await;
    let (zoe, tom) = (pupil("Témoin", "Zoé"), pupil("Attend", "Tom"));

    let three = json!([zoe, tom, pupil("Abadie", "Léa")]);
    let refused = book_list(&world, &id, "ALL", three).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("SLOT_FULL"), &Value::Null));
    let twice = book_list(&world, &id, "ALL", json!([zoe, zoe])).await;
    assert_eq!((&twice["code"], &twice["field"]), (&json!("ALREADY_BOOKED"), &json!("pupils.1")));
    let unnamed = book_list(&world, &id, "ALL", json!([zoe, pupil("", "Tom")])).await;
    assert_eq!(unnamed["field"], "pupils.1.lastName");
    assert_eq!(slot(&world, &host, &id).await["held"], 0);

    let booked = book_list(&world, &id, "ALL", json!([zoe, tom])).await;
    assert_eq!(booked["lines"][1]["booked"]["waiting"], false);
    assert_eq!(slot(&world, &host, &id).await["held"], 2);
}

#[tokio::test]
async fn a_list_is_booked_pupil_by_pupil_with_a_report() {
    let world = World::new().await;
    let id = publish(&world, 1).await;
    let (zoe, tom) = (pupil("Témoin", "Zoé"), pupil("Attend", "Tom"));

    let report = book_list(&world, &id, "REPORT", json!([zoe, zoe, tom, pupil("", "Eva")])).await;

    let codes: Vec<&Value> = (0..4).map(|at| &report["lines"][at]["refused"]["code"]).collect();
    assert_eq!(
        codes,
        [&Value::Null, &json!("ALREADY_BOOKED"), &json!("SLOT_FULL"), &json!("EMPTY")]
    );
    assert_eq!(report["lines"][3]["refused"]["field"], "pupils.3.lastName");
}

#[tokio::test]
async fn the_same_demand_sent_twice_books_once() {
    let world = World::new().await;
    let origin = world.caller(Persona::OriginManager).await;
    let host = world.caller(Persona::HostManager).await;
    let id = publish(&world, 3).await;
    let input = json!({
        "slot": id, "origin": "0491234A", "kind": "INTERNAL", "pupil": pupil("Témoin", "Zoé"),
        "commandId": "0198c0de-0000-7000-8000-000000000001",
    });

    let wanted = "SeatBooked { position bookingId }";
    let first = world.api.mutate(&origin, "bookSeat", input.clone(), wanted).await;
    let again = world.api.mutate(&origin, "bookSeat", input, wanted).await;

    assert_eq!(first, again);
    assert_eq!(slot(&world, &host, &id).await["held"], 1);
}

#[tokio::test]
async fn presence_and_appreciation_follow_the_day_and_are_read_by_the_school_of_origin() {
    let world = World::new().await;
    world.placed().await;
    let teacher = world.caller(Persona::HostTeacher).await;
    let origin = world.caller(Persona::OriginManager).await;
    let booking = World::booking().to_string();
    let note = json!({ "booking": booking, "present": true });
    let early = world.api.mutate(&teacher, "recordAttendance", note.clone(), "").await;
    assert_eq!(early["code"], "NOT_BEGUN");
    assert!(early["message"].as_str().unwrap().contains("mardi 9 mars 2027"));

    world.api.wait(SignedDuration::from_hours(24 * 60));
    let done = world.api.mutate(&teacher, "recordAttendance", note, "").await;
    assert_eq!(done["__typename"], "AttendanceRecorded");
    let input = json!({ "booking": booking, "text": "Très curieuse." });
    world.api.mutate(&teacher, "giveAppreciation", input, "").await;

    let query =
        "query($id: ID!) { booking(id: $id) { present appreciation hostContact { name } } }";
    let read = world.api.data(&origin, query, json!({ "id": booking })).await;
    assert_eq!(
        read["booking"],
        json!({
            "present": true, "appreciation": "Très curieuse.",
            "hostContact": { "name": "Lycée des métiers Démo Paul" },
        })
    );
}

#[tokio::test]
async fn copies_of_a_slot_are_all_published_or_none() {
    let world = World::new().await;
    let host = world.caller(Persona::HostManager).await;
    let id = publish(&world, 2).await;
    let copy = async |dates: Value| {
        let input = json!({ "slot": id, "dates": dates });
        let wanted = "SlotDuplicated { slots { date seats copiedFrom } }";
        world.api.mutate(&host, "duplicateSlot", input, wanted).await
    };

    let refused = copy(json!(["2027-03-16", "2026-03-16"])).await;
    assert_eq!((&refused["code"], &refused["field"]), (&json!("IN_THE_PAST"), &json!("dates.1")));
    let done = copy(json!(["2027-03-16", "23/03/2027"])).await;
    assert_eq!(done["slots"][1]["date"], "2027-03-23");
    assert_eq!(done["slots"][0]["copiedFrom"], json!(id));
    let query = "{ slots(platform: \"demo\") { total } }";
    let all = world.api.data(&host, query, Value::Null).await;
    assert_eq!(all["slots"]["total"], 3);
}

#[tokio::test]
async fn bad_details_are_refused_beside_their_field() {
    let world = World::new().await;
    let host = world.caller(Persona::HostManager).await;
    let refused = async |change: (&str, Value)| {
        let mut details =
            json!({ "date": "2027-03-09", "start": "8:15", "end": "12:00", "seats": 4 });
        details[change.0] = change.1;
        let input = json!({
            "platform": "demo", "host": "0590121L",
            "formation": World::formation().to_string(), "details": details,
        });
        let done = world.api.mutate(&host, "publishSlot", input, "").await;
        format!("{} {}", done["code"], done["field"]).replace('"', "")
    };

    assert_eq!(refused(("date", json!("31/02/2027"))).await, "NOT_A_DATE date");
    assert_eq!(refused(("date", json!("2026-03-09"))).await, "IN_THE_PAST date");
    assert_eq!(refused(("start", json!("midi"))).await, "NOT_AN_HOUR start");
    assert_eq!(refused(("end", json!("8:00"))).await, "ENDS_BEFORE_IT_BEGINS end");
    assert_eq!(refused(("seats", json!(-1))).await, "SEATS_OUT_OF_BOUNDS seats");
    assert_eq!(refused(("room", json!("x".repeat(81)))).await, "TOO_LONG room");
}
