//! S3.12: the options of a platform; and the service itself.

use schema::testing::{Persona, TestApi, World};
use serde_json::{Value, json};

async fn done(world: &World, persona: Persona, name: &str, input: Value, wanted: &str) -> Value {
    let caller = world.caller(persona).await;
    world.api.mutate(&caller, name, input, wanted).await
}

#[tokio::test]
async fn a_platform_changes_its_look_and_keeps_its_logo() {
    let world = World::new().await;
    let admin = world.caller(Persona::PlatformAdmin).await;
    let change = "mutation($colour: String!, $logo: Upload) { done: changeBranding(input:
        {platform: \"demo\", displayName: \"Plateforme Démo\", colour: $colour, logo: $logo}) {
        __typename ... on PlatformChanged { platform { name colour logo } }
        ... on Refused { code field } } }";
    let send = async |variables: Value| {
        let answer = world.api.answer_with(&admin, change, variables, &[b"PNG"]).await;
        answer["data"]["done"].clone()
    };

    let pale = send(json!({ "colour": "#ffffff" })).await;
    assert_eq!((&pale["code"], &pale["field"]), (&json!("COLOUR_UNREADABLE"), &json!("colour")));
    let dark = send(json!({ "colour": "#0F5C66", "logo": "#__graphql_file__:0" })).await;
    let logo = dark["platform"]["logo"].clone();
    assert_eq!(dark["platform"]["colour"], "#0f5c66");
    assert!(logo.is_string());
    let darker = send(json!({ "colour": "#0a3d44" })).await;
    assert_eq!(
        darker["platform"],
        json!({ "name": "Plateforme Démo", "colour": "#0a3d44", "logo": logo })
    );
}

#[tokio::test]
async fn the_options_are_for_those_who_may_read_them() {
    let world = World::new().await;
    let query = "{ done: platform(slug: \"demo\") { name options { rules { remindDays } } } }";
    for (persona, readable) in [
        (Persona::Visitor, false),
        (Persona::OriginManager, false),
        (Persona::HostManager, true),
        (Persona::OtherHostManager, false),
        (Persona::HostTeacher, false),
        (Persona::PlatformAdmin, true),
        (Persona::OtherPlatformAdmin, false),
        (Persona::Auditor, true),
        (Persona::Operator, true),
    ] {
        let caller = world.caller(persona).await;

        let platform = world.api.data(&caller, query, Value::Null).await;

        assert_eq!(platform["done"]["name"], "Lycée des métiers Démo Paul");
        assert_eq!(platform["done"]["options"].is_object(), readable, "{persona}");
    }
}

#[tokio::test]
async fn a_rule_out_of_its_bounds_is_refused_beside_its_field() {
    let world = World::new().await;
    let rules = json!({
        "platform": "demo", "bookingClosesDays": 61, "cancelClosesDays": 0, "remindDays": 7,
        "expireDays": 2, "confirmGraceHours": 48, "promotionHours": 48,
        "depositMostBytes": 20_971_520,
    });

    let refused = done(&world, Persona::PlatformAdmin, "changeRules", rules, "").await;

    assert_eq!(refused["field"], "bookingClosesDays");
    assert_eq!(refused["message"], "Saisissez un nombre de 0 à 60.");
}

#[tokio::test]
async fn a_host_is_reminded_of_its_licence_and_of_its_address() {
    let world = World::new().await;
    let query = "{ me { banners { kind message since host { uai } platform { slug } } } }";
    let licence = json!({ "platform": "demo", "until": "11/01/2027" });
    done(&world, Persona::Operator, "renewLicence", licence, "PlatformChanged { position }").await;
    let host = world.caller(Persona::HostManager).await;

    let before = world.api.data(&host, query, Value::Null).await;
    let banners = &before["me"]["banners"];
    assert_eq!(banners[0]["kind"], "LICENCE_OVER");
    assert_eq!(
        banners[0]["message"],
        "La licence de la plateforme est dépassée depuis le lundi 11 janvier 2027."
    );
    assert_eq!(banners[1]["kind"], "NOTIFICATION_ADDRESS_MISSING");
    let address =
        json!({ "platform": "demo", "host": "0590121L", "email": "stages@escale.example" });
    done(
        &world,
        Persona::HostManager,
        "setNotificationAddress",
        address,
        "PlatformChanged { position }",
    )
    .await;
    let later = json!({ "platform": "demo", "until": "2028-08-31" });
    done(&world, Persona::Operator, "renewLicence", later, "PlatformChanged { position }").await;

    let after = world.api.data(&host, query, Value::Null).await;
    assert_eq!(after["me"]["banners"], json!([]));
}

#[tokio::test]
async fn formations_are_offered_until_they_are_retired() {
    let world = World::new().await;
    let add = json!({ "platform": "demo", "host": "0590121L", "level": "CAP", "label": "Cuisine" });
    let position = "PlatformChanged { position }";
    done(&world, Persona::HostManager, "addFormation", add.clone(), position).await;
    let twice = done(&world, Persona::HostManager, "addFormation", add, position).await;
    assert_eq!(twice["code"], "SAME_FORMATION");
    let query =
        "{ formations(platform: \"demo\", host: \"0590121L\") { id label level host { name } } }";
    let visitor = world.api.visitor();
    let offered = world.api.data(&visitor, query, Value::Null).await;
    assert_eq!(offered["formations"][1]["label"], "Cuisine");

    let retire = json!({ "formation": offered["formations"][1]["id"] });
    done(&world, Persona::HostManager, "retireFormation", retire, position).await;

    let offered = world.api.data(&visitor, query, Value::Null).await;
    assert_eq!(offered["formations"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn one_reads_what_one_has_just_written_or_learns_that_it_is_stale() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    let query = "query($p: Position) { platform(slug: \"demo\", minPosition: $p) { stale } }";
    let head = *world.api.journal.head().borrow();

    let level = world.api.data(&visitor, query, json!({ "p": head.to_string() })).await;
    let ahead = world.api.data(&visitor, query, json!({ "p": (head + 1).to_string() })).await;

    assert_eq!(level["platform"]["stale"], false);
    assert_eq!(ahead["platform"]["stale"], true);
}

#[tokio::test]
async fn the_operator_verifies_the_log_and_the_read_models_and_erases_a_person() {
    let world = World::new().await;
    let operator = world.caller(Persona::Operator).await;
    let verify = "mutation { log: verifyLog { ... on LogReport { sound erased } }
        models: verifyProjections { ... on ProjectionsVerified { holds } } }";
    let before = world.api.data(&operator, verify, Value::Null).await;
    assert_eq!(
        before,
        json!({ "log": { "sound": true, "erased": 0 }, "models": { "holds": true } })
    );

    let person = Persona::OriginManager.person().to_string();
    let erase = json!({ "person": person, "ground": "REQUEST" });
    world.api.mutate(&operator, "erasePerson", erase, "PersonErased { position }").await;

    let after = world.api.data(&operator, verify, Value::Null).await;
    assert_eq!(after["log"]["sound"], true);
    assert_eq!(after["models"]["holds"], true);
    let query = "{ done: spaceMembers(uai: \"0491234A\") { login lastName } }";
    let members = world.api.data(&operator, query, Value::Null).await;
    assert_eq!(members["done"], json!([{ "login": null, "lastName": null }]));
}

#[tokio::test]
async fn read_models_are_rebuilt_on_request_and_an_unknown_one_is_refused() {
    let world = World::new().await;
    let wrong = json!({ "names": ["nothing"] });

    let refused = done(&world, Persona::Operator, "rebuildProjections", wrong, "").await;
    assert_eq!(refused["code"], "NO_SUCH_PROJECTION");
    let asked =
        done(&world, Persona::Operator, "rebuildProjections", json!({}), "RebuildAsked { run }")
            .await;
    let run = asked["run"].as_u64().unwrap();
    let rebuilt = world.api.read.rebuilt(run).await.unwrap();
    assert_eq!(rebuilt.stage, projections::Stage::Done);
    let over = json!({ "run": run });
    let refused = done(&world, Persona::Operator, "cancelRebuild", over, "").await;
    assert_eq!(refused["code"], "NOTHING_TO_CANCEL");
    let never = json!({ "run": 99 });
    let refused = done(&world, Persona::Operator, "cancelRebuild", never, "").await;
    assert_eq!(refused["code"], "NOTHING_TO_CANCEL");
}

#[tokio::test]
async fn an_office_is_granted_by_login_and_revoked() {
    let world = World::new().await;
    let grant =
        json!({ "platform": "demo", "login": "hostteacher@escale.example", "role": "AUDITOR" });
    let position = "PlatformChanged { position }";

    done(&world, Persona::PlatformAdmin, "grantRole", grant.clone(), position).await;
    let twice = done(&world, Persona::PlatformAdmin, "grantRole", grant, position).await;
    assert_eq!(twice["code"], "ROLE_HELD");
    let teacher = world.caller(Persona::HostTeacher).await;
    let me = world
        .api
        .data(&teacher, "{ me { offices { role platform { slug } } } }", Value::Null)
        .await;
    assert_eq!(me["me"]["offices"], json!([{ "role": "AUDITOR", "platform": { "slug": "demo" } }]));
    let nobody = json!({ "platform": "demo", "login": "x@escale.example", "role": "ADMIN" });
    let refused = done(&world, Persona::PlatformAdmin, "grantRole", nobody, "").await;
    assert_eq!(refused["code"], "NO_SUCH_ACCOUNT");
}

#[tokio::test]
async fn a_request_too_deep_or_too_wide_is_refused() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    let deep = format!(
        "{{ school(uai: \"0491234A\") {}{{ uai }}{} }}",
        "{ parent ".repeat(20),
        "}".repeat(20)
    );
    let one = "school(uai: \"0491234A\") { uai }";
    let wide: Vec<String> = (0..1100).map(|n| format!("s{n}: {one}")).collect();

    for query in [deep, format!("{{ {} }}", wide.join(" "))] {
        let answer = world.api.answer(&visitor, &query, Value::Null).await;
        assert_eq!(TestApi::error_code(&answer), Some("MALFORMED"));
    }
}
