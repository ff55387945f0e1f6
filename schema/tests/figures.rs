//! « Tableau de bord », statistics, agenda and the day.

use schema::testing::{Persona, World};
use serde_json::{Value, json};

#[tokio::test]
async fn a_dashboard_counts_for_the_host_and_for_the_school_of_origin() {
    let world = World::new().await;
    world.placed().await;
    let host = world.caller(Persona::HostManager).await;
    let origin = world.caller(Persona::OriginManager).await;
    let fields = "notReturned awaitingValidation coming waiting slots seats free";

    let query = format!("{{ dashboard(platform: \"demo\", host: \"0590121L\") {{ {fields} }} }}");
    let read = world.api.data(&host, &query, Value::Null).await;
    assert_eq!(
        read["dashboard"],
        json!({
            "notReturned": 1, "awaitingValidation": 0, "coming": 1, "waiting": 1,
            "slots": 1, "seats": 1, "free": 0,
        })
    );
    let read = world
        .api
        .data(&origin, "{ dashboard(origin: \"0491234A\") { coming waiting } }", Value::Null)
        .await;
    assert_eq!(read["dashboard"], json!({ "coming": 1, "waiting": 1 }));
}

#[tokio::test]
async fn statistics_name_what_they_count() {
    let world = World::new().await;
    world.placed().await;
    let auditor = world.caller(Persona::Auditor).await;
    let by = async |by: &str| {
        let query = format!(
            "{{ statistics(platform: \"demo\", from: \"2027-01-01\", to: \"2027-12-31\", by: {by}) {{
                formation {{ label }} school {{ uai }} booked seats waiting fillRate
            }} }}"
        );
        let mut data = world.api.data(&auditor, &query, Value::Null).await;
        data["statistics"].take()
    };

    assert_eq!(
        by("FORMATION").await,
        json!([{
            "formation": { "label": "Composites, plastiques chaudronnés" }, "school": null,
            "booked": 1, "seats": 1, "waiting": 1, "fillRate": 100,
        }])
    );
    assert_eq!(by("ORIGIN").await[0]["school"]["uai"], "0491234A");
    assert_eq!(by("HOST").await[0]["school"]["uai"], "0590121L");
}

#[tokio::test]
async fn the_day_and_the_agenda_say_who_is_expected() {
    let world = World::new().await;
    world.placed().await;
    let teacher = world.caller(Persona::HostTeacher).await;
    let origin = world.caller(Persona::OriginManager).await;

    let query = "{ dayList(platform: \"demo\", host: \"0590121L\", date: \"2027-03-09\") {
        pupil { displayName class } originUai convention { id }
    } }";
    let read = world.api.data(&teacher, query, Value::Null).await;
    assert_eq!(
        read["dayList"],
        json!([{
            "pupil": { "displayName": "TÉMOIN-UNIQUE Zoé", "class": "4e B" },
            "originUai": "0491234A", "convention": null,
        }])
    );
    let query = "{ agenda(uai: \"0491234A\", from: \"2027-03-01\", to: \"2027-03-31\") {
        bookings { slot { date formation { label } host { name } } } slots { id }
    } }";
    let read = world.api.data(&origin, query, Value::Null).await;
    assert_eq!(read["agenda"]["bookings"][0]["slot"]["date"], "2027-03-09");
    assert_eq!(read["agenda"]["slots"], json!([]));
    let read = world.api.data(&origin, "{ calendarUrl(uai: \"0491234A\") }", Value::Null).await;
    assert!(read["calendarUrl"].as_str().unwrap().contains("0491234A"));
}

#[tokio::test]
async fn a_pupil_is_found_by_name_on_a_platform() {
    let world = World::new().await;
    world.placed().await;
    let admin = world.caller(Persona::PlatformAdmin).await;
    let query = "{ searchPupils(platform: \"demo\", text: \"zoe temoin\") {
        pupil { displayName } status
    } }";

    let read = world.api.data(&admin, query, Value::Null).await;

    assert_eq!(
        read["searchPupils"],
        json!([{ "pupil": { "displayName": "TÉMOIN-UNIQUE Zoé" }, "status": "BOOKED" }])
    );
}

#[tokio::test]
async fn everybody_sees_what_is_on_offer_and_nobody_in_it() {
    let world = World::new().await;
    world.placed().await;
    let visitor = world.api.visitor();
    let query = "query($filter: SlotFilter) { slots(platform: \"demo\", filter: $filter) {
        total items { seats held waiting room bookings { id } host { city } formation { level } }
    } }";
    let found = async |filter: Value| {
        let mut data = world.api.data(&visitor, query, json!({ "filter": filter })).await;
        data["slots"].take()
    };

    assert_eq!(
        found(Value::Null).await["items"],
        json!([{
            "seats": 1, "held": 1, "waiting": 1, "room": null, "bookings": [],
            "host": { "city": "Nantes" }, "formation": { "level": "BAC_PRO" },
        }])
    );
    assert_eq!(found(json!({ "onlyFree": true })).await["total"], 0);
    assert_eq!(found(json!({ "level": "BTS" })).await["total"], 0);
    assert_eq!(found(json!({ "formation": "nothing" })).await["total"], 0);
}
