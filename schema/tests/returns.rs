//! S3: a convention comes back, is found wrong, comes back, is validated, is invalidated; and
//! what an auditor reads of it afterwards.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use jiff::SignedDuration;
use schema::{
    ports::Caller,
    testing::{Persona, TestApi, World},
};
use serde_json::{Value, json};

const MUTATION: &str = "mutation($input: DepositConventionInput!) {
    done: depositConvention(input: $input) {
        __typename
        ... on ConventionDeposited { recognised convention { state } }
        ... on Refused { code field }
    }
}";

async fn deposit(world: &World, caller: &Caller, input: Value, file: &[u8]) -> Value {
    let mut input = input;
    input["file"] = json!("#__graphql_file__:0");
    let answer = world.api.answer_with(caller, MUTATION, json!({ "input": input }), &[file]).await;
    assert_eq!(answer.get("errors"), None);
    answer["data"]["done"].clone()
}

async fn decide(world: &World, caller: &Caller, name: &str, reason: Option<&str>) -> Value {
    let mut input = json!({ "convention": World::convention().to_string() });
    if let Some(reason) = reason {
        input["reason"] = json!(reason);
    }
    world.api.mutate(caller, name, input, "").await
}

async fn tabs(world: &World, caller: &Caller) -> (Value, Vec<String>) {
    let query = "{ conventions(filter: {platform: \"demo\", host: \"0590121L\"}) {
        notReturned awaitingValidation nonConforming validated
        page { items { tab nonConforming } }
    } }";
    let mut data = world.api.data(caller, query, Value::Null).await;
    let mut all = data["conventions"].take();
    let items = all["page"].take();
    let shown = items["items"].as_array().unwrap().iter();
    let shown = shown.map(|it| it["tab"].as_str().unwrap_or("none").to_owned());
    let counts = json!([
        all["notReturned"],
        all["awaitingValidation"],
        all["nonConforming"],
        all["validated"],
    ]);
    (counts, shown.collect())
}

#[tokio::test]
async fn a_convention_goes_through_its_three_tabs_and_back() {
    let world = World::new().await;
    world.placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let host = world.caller(Persona::HostManager).await;
    let named = json!({ "convention": World::convention().to_string() });

    assert_eq!(tabs(&world, &host).await, (json!([1, 0, 0, 0]), vec!["NOT_RETURNED".to_owned()]));
    let done = deposit(&world, &origin, named.clone(), b"%PDF first").await;
    assert_eq!(
        (&done["recognised"], &done["convention"]["state"]),
        (&json!(false), &json!("DEPOSITED"))
    );
    assert_eq!(tabs(&world, &host).await.0, json!([0, 1, 0, 0]));

    decide(&world, &host, "invalidateConvention", Some("Il manque une signature")).await;
    assert_eq!(tabs(&world, &host).await.0, json!([0, 1, 1, 0]));
    let again = decide(&world, &host, "invalidateConvention", Some("Encore")).await;
    assert_eq!(again["code"], "ALREADY_NON_CONFORMING");
    deposit(&world, &origin, named, b"%PDF second").await;
    assert_eq!(tabs(&world, &host).await.0, json!([0, 1, 0, 0]));
    decide(&world, &host, "validateConvention", None).await;
    assert_eq!(tabs(&world, &host).await.0, json!([0, 0, 0, 1]));

    decide(&world, &host, "invalidateConvention", Some("Mauvaise date")).await;
    assert_eq!(tabs(&world, &host).await.0, json!([1, 0, 0, 0]));
    let done = decide(&world, &host, "regenerateConvention", None).await;
    assert_eq!(done["__typename"], "ConventionRegenerated");
    let query = "query($id: String!) { convention(id: $id) {
        state reason deposit { pages } deposits { sequence side } invalidations completed pages
        booking { pupil { displayName } }
    } }";
    let id = json!({ "id": World::convention().to_string() });
    let read = world.api.data(&origin, query, id).await;
    assert_eq!(
        read["convention"],
        json!({
            "state": "GENERATED", "reason": null, "deposit": null, "invalidations": 2,
            "deposits": [{ "sequence": 2, "side": "ORIGIN" }, { "sequence": 4, "side": "ORIGIN" }],
            "completed": false, "pages": 2,
            "booking": { "pupil": { "displayName": "TÉMOIN-UNIQUE Zoé" } },
        })
    );
}

#[tokio::test]
async fn a_decision_that_is_not_drawn_is_refused_with_what_stands() {
    let world = World::new().await;
    world.placed().await;
    let host = world.caller(Persona::HostManager).await;

    let refused = decide(&world, &host, "validateConvention", None).await;

    assert_eq!(refused["code"], "NOT_POSSIBLE");
    let message = refused["message"].as_str().unwrap();
    assert!(message.starts_with("Cette convention n’est pas encore revenue"), "{message}");
    let unsaid = decide(&world, &host, "invalidateConvention", Some("  ")).await;
    assert_eq!((&unsaid["code"], &unsaid["field"]), (&json!("EMPTY"), &json!("reason")));
}

#[tokio::test]
async fn a_file_is_recognised_or_the_pupil_must_be_chosen() {
    let world = World::new().await;
    world.placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let school = json!({ "school": "0491234A" });

    let unknown = deposit(&world, &origin, school.clone(), b"%PDF something").await;
    assert_eq!((&unknown["code"], &unknown["field"]), (&json!("NOT_RECOGNISED"), &json!("file")));
    let picture = deposit(&world, &origin, school.clone(), b"PNG").await;
    assert_eq!(picture["code"], "NOT_A_PDF");
    let file = format!("%PDF {}", World::convention());
    let done = deposit(&world, &origin, school, file.as_bytes()).await;
    assert_eq!(done["recognised"], true);
    let nobody = deposit(&world, &origin, json!({}), b"%PDF something").await;
    assert_eq!((&nobody["code"], &nobody["field"]), (&json!("NOT_A_UAI"), &json!("school")));
}

#[tokio::test]
async fn several_files_are_each_recognised_or_refused_by_themselves() {
    let world = World::new().await;
    world.placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let query = "mutation { done: depositConventions(input: {
        school: \"0491234A\", files: [\"#__graphql_file__:0\", \"#__graphql_file__:1\", \"#__graphql_file__:7\"]
    }) { ... on ConventionsDeposited { files {
        filename deposited { recognised } refused { code }
    } } } }";
    let ours = format!("%PDF {}", World::convention());

    let answer =
        world.api.answer_with(&origin, query, Value::Null, &[b"%PDF lost", ours.as_bytes()]).await;

    let files = &answer["data"]["done"]["files"];
    assert_eq!(files[0]["refused"]["code"], "NOT_RECOGNISED", "{answer}");
    assert_eq!(files[1]["deposited"]["recognised"], true);
    assert_eq!(files[2]["refused"]["code"], "FILE_TRUNCATED");
}

#[tokio::test]
async fn photographs_are_deposited_as_one_document() {
    let world = World::new().await;
    world.placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let deposit = async |files: &[&[u8]]| {
        let query = "mutation($input: DepositPhotographsInput!) {
            done: depositPhotographs(input: $input) {
                ... on ConventionDeposited { recognised convention { state deposits { side } } }
                ... on Refused { code field }
            }
        }";
        let places: Vec<String> =
            (0..files.len()).map(|at| format!("#__graphql_file__:{at}")).collect();
        let input = json!({ "convention": World::convention().to_string(), "files": places });
        let mut answer =
            world.api.answer_with(&origin, query, json!({ "input": input }), files).await;
        answer["data"]["done"].take()
    };

    let none = deposit(&[]).await;
    assert_eq!(none, json!({ "code": "EMPTY", "field": "files" }));
    let many = deposit(&[b"JPEG".as_slice(); 21]).await;
    assert_eq!(many, json!({ "code": "TOO_MANY_FILES", "field": "files" }));
    let other = deposit(&[b"JPEG", b"%PDF"]).await;
    assert_eq!(other, json!({ "code": "NOT_A_PHOTOGRAPH", "field": "files.1" }));
    let half = vec![b'J'; 11 * 1024 * 1024];
    let heavy = deposit(&[&half, &half]).await;
    assert_eq!(heavy, json!({ "code": "FILE_TOO_LARGE", "field": "files" }));
    let done = deposit(&[b"JPEG 1", b"JPEG 2"]).await;
    assert_eq!(
        done,
        json!({
            "recognised": false,
            "convention": { "state": "DEPOSITED", "deposits": [{ "side": "ORIGIN" }] },
        })
    );
}

#[tokio::test]
async fn the_history_reads_in_words_and_names_nobody_who_was_erased() {
    let world = World::new().await;
    world.placed().await;
    world.deposited().await;
    let origin = world.caller(Persona::OriginManager).await;
    let history = async || {
        let query = "query($id: ID!) { booking(id: $id) { history { sentence who source way } } }";
        let id = json!({ "id": World::booking().to_string() });
        let read = world.api.data(&origin, query, id).await;
        let entries = read["booking"]["history"].as_array().unwrap().clone();
        assert!(entries.iter().all(|it| it["source"].is_null() && it["way"].is_null()));
        entries.iter().map(|it| it["sentence"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };

    assert_eq!(
        history().await,
        [
            "Une place a été réservée pour TÉMOIN-UNIQUE Zoé (élève de l’établissement).",
            "La convention C-7F3K-92QD a été établie.",
            "Le courriel «\u{a0}Convention à faire signer\u{a0}» est à envoyer à l’établissement \
             d’origine.",
            "La convention a été déposée par l’établissement d’origine (l’élève a été choisi dans \
             la liste).",
        ]
    );
    let operator = world.caller(Persona::Operator).await;
    let input = json!({ "person": World::pupil().to_string(), "ground": "REQUEST" });
    world.api.mutate(&operator, "erasePerson", input, "").await;
    let sentences = history().await;
    assert_eq!(
        sentences[0],
        "Une place a été réservée pour un élève au nom effacé (élève de l’établissement)."
    );
    let query = "query($id: ID!) { booking(id: $id) { pupil { displayName erased lastName } } }";
    let id = json!({ "id": World::booking().to_string() });
    let read = world.api.data(&origin, query, id).await;
    assert_eq!(
        read["booking"]["pupil"],
        json!({ "displayName": "effacé", "erased": true, "lastName": null })
    );
}

#[tokio::test]
async fn a_convention_is_seen_as_it_stood() {
    let world = World::new().await;
    let before = world.api.clock.now() - SignedDuration::from_secs(1);
    world.placed().await;
    let made = world.api.clock.now();
    world.api.wait(SignedDuration::from_hours(1));
    world.deposited().await;
    let auditor = world.caller(Persona::Auditor).await;
    let then = async |at: jiff::Timestamp| {
        let query = "query($id: String!, $at: DateTime!) { conventionAt(id: $id, at: $at) {
            state tab deposits document reminded
        } }";
        let variables = json!({ "id": World::convention().to_string(), "at": at.to_string() });
        let mut data = world.api.data(&auditor, query, variables).await;
        data["conventionAt"].take()
    };

    assert_eq!(then(before).await["state"], Value::Null);
    assert_eq!(
        then(made).await,
        json!({
            "state": "GENERATED", "tab": "NOT_RETURNED", "deposits": 0,
            "document": "original-blob", "reminded": false,
        })
    );
    assert_eq!(then(world.api.clock.now()).await["tab"], "AWAITING_VALIDATION");
}

#[tokio::test]
async fn an_auditor_reads_from_where_and_only_of_their_platform() {
    let world = World::new().await;
    world.placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let input = json!({ "booking": World::booking().to_string() });
    world.api.mutate(&origin, "cancelBooking", input, "").await;
    let trail = async |persona: Persona, kind: &str, id: &str| {
        let query = "query($s: AuditSubject!) { auditTrail(subject: $s, page: {limit: 200}) {
            total items { event source who way account { login } platform }
        } }";
        let variables = json!({ "s": { "kind": kind, "id": id } });
        world.api.answer(&world.caller(persona).await, query, variables).await
    };

    let booking = World::booking().to_string();
    let read = trail(Persona::Auditor, "BOOKING", &booking).await;
    let items = read["data"]["auditTrail"]["items"].as_array().unwrap().clone();
    let cancelled = items.iter().find(|it| it["event"] == "BookingCancelled").unwrap();
    assert_eq!(cancelled["source"], "192.0.2.0/24");
    assert_eq!(cancelled["who"], "L’établissement d’origine");
    assert_eq!(cancelled["way"], "Compte, gestionnaire de l’établissement d’origine");
    let elsewhere = trail(Persona::OtherPlatformAdmin, "BOOKING", &booking).await;
    assert_eq!(TestApi::error_code(&elsewhere), Some("NOT_FOUND"));
    let platform = trail(Persona::Auditor, "PLATFORM", "demo").await;
    assert!(platform["data"]["auditTrail"]["total"].as_u64().unwrap() > 5);
    for (kind, id) in [
        ("SLOT", World::slot().to_string()),
        ("FORMATION", World::formation().to_string()),
        ("LETTER", World::letter().to_string()),
        ("PERSON", World::pupil().to_string()),
        ("SCHOOL", "0590121L".to_owned()),
    ] {
        let read = trail(Persona::Auditor, kind, &id).await;
        assert_eq!(read.get("errors"), None, "{kind}");
        assert!(read["data"]["auditTrail"]["total"].as_u64().unwrap() > 0, "{kind}");
    }
}

#[tokio::test]
async fn a_letter_is_seen_without_address_and_sent_again() {
    let world = World::new().await;
    world.placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let query = "{ letters(filter: {school: \"0491234A\"}) { total items {
        title recipient status attempts fault
    } } }";

    let read = world.api.data(&origin, query, Value::Null).await;
    assert_eq!(
        read["letters"]["items"][0],
        json!({
            "title": "Convention à faire signer", "recipient": "à l’établissement d’origine",
            "status": "SENT", "attempts": 1, "fault": null,
        })
    );
    let input = json!({ "letter": World::letter().to_string() });
    let wanted = "LetterResent { letter { status } }";
    let again = world.api.mutate(&origin, "resendLetter", input.clone(), wanted).await;
    assert_eq!(again["letter"]["status"], "REQUESTED");
    let twice = world.api.mutate(&origin, "resendLetter", input, wanted).await;
    assert_eq!(twice["code"], "ON_ITS_WAY");
}

#[tokio::test]
async fn a_decision_is_heard_by_who_listens() {
    use futures::StreamExt as _;

    let world = World::new().await;
    world.placed().await;
    let origin = world.caller(Persona::OriginManager).await;
    let request = async_graphql::Request::new(
        "subscription { changes(origin: \"0491234A\") { kind id position } }",
    );
    let mut heard = world.api.api.execute_stream(request.data(origin.clone()));
    let first = tokio::spawn(async move { heard.next().await });
    tokio::task::yield_now().await;

    world.deposited().await;
    world.api.catch_up().await;

    let first = tokio::time::timeout(std::time::Duration::from_secs(5), first).await;
    let answer = serde_json::to_value(first.unwrap().unwrap().unwrap()).unwrap();
    assert_eq!(answer["data"]["changes"]["kind"], "CONVENTION");
    assert_eq!(answer["data"]["changes"]["id"], json!(World::convention().to_string()));
}
