//! S1.7 and S1.8: the identifier’s beginning, requests for access, members; and what a school
//! keeps for its conventions.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use domain::{accounts::school_space::SchoolSpaceEvent, facts::Fact};
use jiff::SignedDuration;
use schema::{
    ports::LinkPurpose,
    testing::{PASSWORD, Persona, World, token},
};
use serde_json::{Value, json};
use uuid::Uuid;

async fn space_events(world: &World) -> Vec<SchoolSpaceEvent> {
    let facts = world.api.journal.read(0, 10_000).await.unwrap();
    let spaces = facts.into_iter().filter_map(|recorded| match recorded.event {
        Fact::SchoolSpace(event) => Some(event),
        _ => None,
    });
    spaces.collect()
}

async fn last_invitation(world: &World) -> String {
    let events = space_events(world).await;
    let invited = events.iter().rev().find_map(|event| match event {
        SchoolSpaceEvent::MemberInvited { uai, invitation, .. } => Some((uai.clone(), *invitation)),
        _ => None,
    });
    let (uai, invitation) = invited.unwrap();
    token(LinkPurpose::JoinSpace, uai.as_str(), invitation.uuid())
}

async fn ask_access(world: &World, email: &str) -> Value {
    let visitor = world.api.visitor();
    let input = json!({
        "rne": "0491234A", "lastName": "Durand", "firstName": "Zoé", "function": "CPE",
        "email": email,
    });
    world.api.mutate(&visitor, "requestAccess", input, "AccessAsked { position }").await
}

fn requests(events: &[SchoolSpaceEvent]) -> Vec<Uuid> {
    let asked = events.iter().filter_map(|event| match event {
        SchoolSpaceEvent::AccessRequested { request, .. } => Some(request.uuid()),
        _ => None,
    });
    asked.collect()
}

async fn join(world: &World, token: &str, password: &str) -> Value {
    let visitor = world.api.visitor();
    let input = json!({
        "token": token, "lastName": "Durand", "firstName": "Zoé",
        "password": password, "passwordConfirmation": password,
    });
    world.api.mutate(&visitor, "joinSpace", input, "SpaceChanged { uai }").await
}

async fn members(world: &World, persona: Persona, uai: &str) -> Value {
    let caller = world.caller(persona).await;
    let query = "query($uai: String!) { done: spaceMembers(uai: $uai) { login role lastName } }";
    world.api.data(&caller, query, json!({ "uai": uai })).await["done"].take()
}

#[tokio::test]
async fn the_first_two_letters_of_the_identifier_are_shown_so_many_times_an_hour() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    let show = async || {
        let input = json!({ "rne": "0491234A" });
        world.api.mutate(&visitor, "showLoginHint", input, "LoginHint { hint }").await
    };

    assert_eq!(show().await["hint"], "or.....");
    assert_eq!(show().await["hint"], "or.....");
    assert_eq!(show().await["code"], "TOO_MANY_HINTS");
    world.api.wait(SignedDuration::from_hours(1));
    assert_eq!(show().await["hint"], "or.....");
    let input = json!({ "rne": "0333287U" });
    let unfounded = world.api.mutate(&visitor, "showLoginHint", input, "").await;
    assert_eq!(unfounded["code"], "NOT_FOUNDED");
}

#[tokio::test]
async fn a_request_for_access_is_heard_once_a_day_and_only_from_an_academic_address() {
    let world = World::new().await;

    let refused = ask_access(&world, "zoe@gmail.example").await;
    assert_eq!(refused["code"], "NOT_ACADEMIC");
    assert_eq!(refused["field"], "email");
    ask_access(&world, "zoe.durand@ac-nantes.fr").await;
    ask_access(&world, "Zoe.Durand@ac-nantes.fr").await;
    assert_eq!(requests(&space_events(&world).await).len(), 1);
    world.api.wait(SignedDuration::from_hours(24));
    ask_access(&world, "zoe.durand@ac-nantes.fr").await;
    assert_eq!(requests(&space_events(&world).await).len(), 2);
}

#[tokio::test]
async fn one_click_grants_access_and_the_invitation_makes_an_account() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    ask_access(&world, "zoe.durand@ac-nantes.fr").await;
    let request = requests(&space_events(&world).await)[0];

    let click = token(LinkPurpose::AnswerAccess, "0491234A", request);
    let input = json!({ "token": click, "answer": "GRANT" });
    let granted =
        world.api.mutate(&visitor, "answerAccess", input.clone(), "LinkUsed { position }").await;
    assert_eq!(granted["__typename"], "LinkUsed");
    let twice = world.api.mutate(&visitor, "answerAccess", input, "").await;
    assert_eq!(twice["code"], "REQUEST_UNKNOWN");
    let invitation = last_invitation(&world).await;
    let joined = join(&world, &invitation, "Ghijkl2?").await;
    assert_eq!(joined["uai"], "0491234A");

    let zoe =
        json!({ "login": "zoe.durand@ac-nantes.fr", "role": "MANAGER", "lastName": "Durand" });
    let members = members(&world, Persona::OriginManager, "0491234A").await;
    assert!(members.as_array().unwrap().contains(&zoe), "{members}");
    let input = json!({ "email": "zoe.durand@ac-nantes.fr", "password": "Ghijkl2?" });
    let signed_in = world.api.mutate(&visitor, "signIn", input, "SignedIn { position }").await;
    assert_eq!(signed_in["__typename"], "SignedIn", "the invitation proved the address");
    assert_eq!(join(&world, &invitation, "Ghijkl2?").await["code"], "ALREADY_MEMBER");
}

#[tokio::test]
async fn joining_twice_with_one_id_happens_once() {
    let world = World::new().await;
    let manager = world.caller(Persona::OriginManager).await;
    let input = json!({ "uai": "0491234A", "email": "zoe@ac-nantes.fr", "role": "MANAGER" });
    world.api.mutate(&manager, "inviteMember", input, "SpaceChanged { uai }").await;
    let input = json!({
        "token": last_invitation(&world).await, "lastName": "Durand", "firstName": "Zoé",
        "password": "Ghijkl2?", "passwordConfirmation": "Ghijkl2?",
        "commandId": "00000000-0000-0000-0000-00000000c0de",
    });
    let visitor = world.api.visitor();
    let wanted = "SpaceChanged { position uai }";

    let first = world.api.mutate(&visitor, "joinSpace", input.clone(), wanted).await;
    let second = world.api.mutate(&visitor, "joinSpace", input, wanted).await;

    assert_eq!(first["__typename"], "SpaceChanged");
    assert_eq!(first, second);
}

#[tokio::test]
async fn a_manager_signed_in_answers_too_and_a_stranger_learns_nothing() {
    let world = World::new().await;
    ask_access(&world, "zoe.durand@ac-nantes.fr").await;
    let manager = world.caller(Persona::OriginManager).await;
    let query = "{ done: accessRequests(uai: \"0491234A\") { id email answer } }";
    let open = world.api.data(&manager, query, Value::Null).await;
    assert_eq!(open["done"][0]["email"], "zoe.durand@ac-nantes.fr");

    let input = json!({ "request": open["done"][0]["id"] });
    let declined = world.api.mutate(&manager, "declineAccess", input, "SpaceChanged { uai }").await;

    assert_eq!(declined["__typename"], "SpaceChanged");
    let open = world.api.data(&manager, query, Value::Null).await;
    assert_eq!(open["done"][0]["answer"], "DECLINED");
}

#[tokio::test]
async fn whoever_has_an_account_joins_with_its_password() {
    let world = World::new().await;
    let manager = world.caller(Persona::OriginManager).await;
    let input = json!({ "uai": "0491234A", "email": Persona::Auditor.login(), "role": "TEACHER" });
    world.api.mutate(&manager, "inviteMember", input, "SpaceChanged { uai }").await;
    let invitation = last_invitation(&world).await;

    let wrong = join(&world, &invitation, "Ghijkl2?").await;
    assert_eq!((&wrong["code"], &wrong["field"]), (&json!("WRONG_PASSWORD"), &json!("password")));
    assert_eq!(join(&world, &invitation, PASSWORD).await["uai"], "0491234A");
    world.api.wait(SignedDuration::from_hours(168));
    let input = json!({ "uai": "0491234A", "email": "x@ac-nantes.fr", "role": "TEACHER" });
    world.api.mutate(&manager, "inviteMember", input, "SpaceChanged { uai }").await;
    let late = last_invitation(&world).await;
    world.api.wait(SignedDuration::from_hours(168));
    assert_eq!(join(&world, &late, "Ghijkl2?").await["code"], "INVITATION_EXPIRED");
}

#[tokio::test]
async fn the_last_manager_stays_and_a_second_school_of_one_mailbox_is_founded() {
    let world = World::new().await;
    let manager = world.caller(Persona::OriginManager).await;
    let account = Persona::OriginManager.account().to_string();
    let input = json!({ "uai": "0491234A", "account": account });

    let refused = world.api.mutate(&manager, "removeMember", input, "").await;
    assert_eq!(refused["code"], "LAST_MANAGER");
    let input = json!({ "uai": "0333287U" });
    let refused = world.api.mutate(&manager, "foundSpace", input, "").await;
    assert_eq!(refused["code"], "NOT_THE_INSTITUTIONAL_ADDRESS");
}

#[tokio::test]
async fn a_signature_is_stored_shown_as_stored_and_removed() {
    let world = World::new().await;
    let manager = world.caller(Persona::HostManager).await;
    let store = "mutation { done: storeSignature(input:
        {uai: \"0590121L\", file: \"#__graphql_file__:0\"}) { __typename
        ... on SpaceChanged { uai } ... on Refused { code field } } }";
    let send = async |files: &[&[u8]]| {
        world.api.answer_with(&manager, store, Value::Null, files).await["data"]["done"].take()
    };

    assert_eq!(send(&[b"GIF"]).await["code"], "NOT_A_PICTURE");
    assert_eq!(send(&[]).await["code"], "FILE_TRUNCATED", "a file that was not sent");
    assert_eq!(send(&[b"PNG"]).await["__typename"], "SpaceChanged");
    let query = "{ done: schoolSpace(uai: \"0590121L\") { signatureStored stampStored managers } }";
    let space = world.api.data(&manager, query, Value::Null).await;
    let expected = json!({ "signatureStored": true, "stampStored": false, "managers": 1 });
    assert_eq!(space["done"], expected);
    let input = json!({ "uai": "0590121L" });
    let wanted = "SpaceChanged { space { signatureStored } }";
    let removed = world.api.mutate(&manager, "removeSignature", input.clone(), wanted).await;
    assert_eq!(removed["space"]["signatureStored"], false);
    let nothing = world.api.mutate(&manager, "removeSignature", input, wanted).await;
    assert_eq!(nothing["code"], "NOTHING_STORED");
}
