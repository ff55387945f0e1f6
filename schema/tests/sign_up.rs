//! S1.2 to S1.5: signing up by UAI, and proving the address.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use domain::kernel::ids::LinkId;
use jiff::SignedDuration;
use schema::{
    ports::LinkPurpose,
    testing::{Persona, TestApi, World, token},
};
use serde_json::{Value, json};

mod said;

const NEW: &str = "0333287U";

fn registration() -> Value {
    json!({
        "rne": " 033 3287u ", "civility": "MADAME", "lastName": "Durand", "firstName": "Zoé",
        "function": "Secrétaire", "phone": "02 40 00 00 00",
        "password": "Abcdef1!", "passwordConfirmation": "Abcdef1!",
    })
}

async fn register(world: &World) -> Value {
    let visitor = world.api.visitor();
    world
        .api
        .mutate(&visitor, "registerAccount", registration(), "AccountRegistered { login }")
        .await
}

/// The last link that verifies an address, as its letter bears it.
async fn last_verification(api: &TestApi) -> (String, LinkId) {
    let (account, link) = said::last(api, |event| match event {
        domain::accounts::account::AccountEvent::VerificationRequested {
            account, link, ..
        } => Some((*account, *link)),
        _ => None,
    })
    .await;
    let token = token(LinkPurpose::VerifyEmail, &account.uuid().to_string(), link.uuid());
    (token, link)
}

async fn verify(world: &World, token: &str) -> Value {
    verify_with(world, token, "Abcdef1!").await
}

async fn verify_with(world: &World, token: &str, password: &str) -> Value {
    used(world, "verifyEmail", json!({ "token": token, "password": password })).await
}

/// What a mutation that a link allows answers.
async fn used(world: &World, mutation: &str, input: Value) -> Value {
    let visitor = world.api.visitor();
    world.api.mutate(&visitor, mutation, input, "LinkUsed { position }").await
}

/// What the page behind the link shows.
async fn shown(world: &World, token: &str) -> Value {
    let visitor = world.api.visitor();
    let query = "query($token: String!) { done: signUp(token: $token) { __typename
        ... on SignUp { civility lastName firstName function school { name } since }
        ... on Refused { code message } } }";
    world.api.data(&visitor, query, json!({ "token": token })).await["done"].clone()
}

async fn sign_in(world: &World, email: &str, password: &str) -> Value {
    let visitor = world.api.visitor();
    let input = json!({ "email": email, "password": password });
    let wanted = "SignedIn { me { account { login lastName } memberships { uai } } }";
    world.api.mutate(&visitor, "signIn", input, wanted).await
}

#[tokio::test]
async fn the_school_is_shown_before_anything_is_asked() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    let query = "query($rne: String!) { done: schoolForSignUp(rne: $rne) {
        __typename
        ... on SignUpSchool { school { name city academie } login hasAccount }
        ... on Refused { code message field }
    } }";
    let found = async |rne: &str| {
        let data = world.api.data(&visitor, query, json!({ "rne": rne })).await;
        data["done"].clone()
    };

    assert_eq!(
        found("0333287u").await,
        json!({
            "__typename": "SignUpSchool", "login": "ce.0333287U@ac-nantes.fr", "hasAccount": false,
            "school": { "name": "Collège Sans Compte", "city": "Nantes", "academie": "Nantes" },
        })
    );
    let known = found("0491234A").await;
    assert_eq!((&known["hasAccount"], &known["login"]), (&json!(true), &Value::Null));
    let wrong = found("1230000R").await;
    assert_eq!(wrong["code"], "WRONG_CHECK_LETTER");
    assert_eq!(wrong["message"], "La lettre de contrôle devrait être G.");
    let unknown = found("0860958Z").await;
    assert_eq!(unknown["code"], "UNKNOWN_SCHOOL");
    assert!(unknown["message"].as_str().unwrap().contains("support@escale.example"));
}

#[tokio::test]
async fn a_school_signs_up_verifies_and_signs_in() {
    let world = World::new().await;

    let registered = register(&world).await;
    assert_eq!(registered["login"], "ce.0333287U@ac-nantes.fr");
    let early = sign_in(&world, "ce.0333287U@ac-nantes.fr", "Abcdef1!").await;
    assert_eq!(early["code"], "NOT_VERIFIED");
    let (token, _) = last_verification(&world.api).await;
    assert_eq!(verify(&world, &token).await["__typename"], "LinkUsed");
    let again = verify(&world, &token).await;
    assert_eq!(again["__typename"], "LinkUsed", "opening it twice does no harm");

    let signed_in = sign_in(&world, "CE.0333287u@ac-nantes.fr", "Abcdef1!").await;
    assert_eq!(signed_in["me"]["account"]["lastName"], "Durand");
    assert_eq!(world.api.service.sessions().len(), 1);
}

#[tokio::test]
async fn a_strangers_sign_up_is_not_verified_by_who_reads_the_mail() {
    let world = World::new().await;
    register(&world).await;
    let (token, _) = last_verification(&world.api).await;

    let who = shown(&world, &token).await;
    let refused = verify_with(&world, &token, "Secretariat-1!").await;
    let stranger = sign_in(&world, "ce.0333287U@ac-nantes.fr", "Abcdef1!").await;

    assert_eq!(
        who,
        json!({
            "__typename": "SignUp", "civility": "MADAME", "lastName": "Durand",
            "firstName": "Zoé", "function": "Secrétaire",
            "school": { "name": "Collège Sans Compte" }, "since": "mercredi 13 janvier 2027 à 9\u{202f}h",
        })
    );
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("WRONG_PASSWORD"), &json!("password"))
    );
    assert_eq!(stranger["code"], "NOT_VERIFIED");
    assert_eq!(shown(&world, &token).await, who, "the link is not consumed");
    assert_eq!(verify(&world, &token).await["__typename"], "LinkUsed");
    assert_eq!(shown(&world, &token).await["code"], "ALREADY_REGISTERED");
}

#[tokio::test]
async fn who_reads_the_mail_may_choose_another_password_there() {
    let world = World::new().await;
    register(&world).await;
    let (token, _) = last_verification(&world.api).await;
    let choose = async |password: &str| {
        let input = json!({
            "token": token, "password": password, "passwordConfirmation": password,
        });
        used(&world, "resetPassword", input).await
    };

    assert_eq!(choose("abcdefgh").await["code"], "PASSWORD_TOO_PLAIN");
    assert_eq!(choose("Secretariat-1!").await["__typename"], "LinkUsed");

    let stranger = sign_in(&world, "ce.0333287U@ac-nantes.fr", "Abcdef1!").await;
    assert_eq!(stranger["code"], "INVALID_CREDENTIALS");
    assert_eq!(choose("Ghijkl2?").await["code"], "LINK_UNKNOWN", "once");
    let holder = sign_in(&world, "ce.0333287U@ac-nantes.fr", "Secretariat-1!").await;
    assert_eq!(holder["__typename"], "SignedIn");
}

#[tokio::test]
async fn a_sign_up_that_was_not_asked_for_is_declined_and_the_school_is_free_at_once() {
    let world = World::new().await;
    register(&world).await;
    let (account, _) = said::last(&world.api, |event| match event {
        domain::accounts::account::AccountEvent::VerificationRequested {
            account, link, ..
        } => Some((*account, *link)),
        _ => None,
    })
    .await;
    let (token, _) = last_verification(&world.api).await;
    world.api.wait(SignedDuration::from_mins(60));
    let decline = async || used(&world, "declineSignUp", json!({ "token": token })).await;

    assert_eq!(decline().await["__typename"], "LinkUsed", "late too");
    assert_eq!(decline().await["__typename"], "LinkUsed", "twice does no harm");

    let rows = world.api.journal.rows();
    let kept = rows.get::<String>("credential", &account.uuid().to_string()).await.unwrap();
    assert_eq!(kept, None);
    assert_eq!(verify(&world, &token).await["code"], "ACCOUNT_IS_CLOSED");
    let stranger = sign_in(&world, "ce.0333287U@ac-nantes.fr", "Abcdef1!").await;
    assert_eq!(stranger["code"], "INVALID_CREDENTIALS");
    assert_eq!(register(&world).await["__typename"], "AccountRegistered");
    let (new, _) = last_verification(&world.api).await;
    assert_eq!(verify(&world, &new).await["__typename"], "LinkUsed");
    assert_eq!(
        used(&world, "declineSignUp", json!({ "token": new })).await["code"],
        "ALREADY_REGISTERED"
    );
}

#[tokio::test]
async fn passwords_are_not_tried_one_after_the_other_behind_a_link() {
    let world = World::new().await;
    register(&world).await;
    let (token, _) = last_verification(&world.api).await;
    world.api.service.allow_at_most(1);

    let first = verify_with(&world, &token, "Aaaaaa1!").await;
    let second = verify_with(&world, &token, "Abcdef1!").await;

    assert_eq!(
        (&first["code"], &second["code"]),
        (&json!("WRONG_PASSWORD"), &json!("TOO_MANY_TRIES"))
    );
}

#[tokio::test]
async fn an_expired_link_is_renewed_on_the_spot() {
    let world = World::new().await;
    register(&world).await;
    let (old, _) = last_verification(&world.api).await;

    world.api.wait(SignedDuration::from_mins(5));

    assert_eq!(verify(&world, &old).await["code"], "LINK_EXPIRED");
    let visitor = world.api.visitor();
    let input = json!({ "token": old });
    let renewed =
        world.api.mutate(&visitor, "renewVerification", input, "LetterOnItsWay { minutes }");
    assert_eq!(renewed.await, json!({ "__typename": "LetterOnItsWay", "minutes": 5 }));
    let (new, _) = last_verification(&world.api).await;
    assert_ne!(new, old);
    assert_eq!(verify(&world, &old).await["code"], "LINK_UNKNOWN");
    assert_eq!(verify(&world, &new).await["__typename"], "LinkUsed");
}

#[tokio::test]
async fn the_last_sign_up_before_the_proof_counts() {
    let world = World::new().await;
    register(&world).await;
    let mut other = registration();
    other["lastName"] = json!("Martin");
    other["password"] = json!("Ghijkl2?");
    other["passwordConfirmation"] = json!("Ghijkl2?");
    let visitor = world.api.visitor();

    let again =
        world.api.mutate(&visitor, "registerAccount", other, "AccountRegistered { login }").await;
    assert_eq!(again["__typename"], "AccountRegistered");
    let (token, _) = last_verification(&world.api).await;
    let first = verify_with(&world, &token, "Abcdef1!").await;
    assert_eq!(first["code"], "WRONG_PASSWORD");
    verify_with(&world, &token, "Ghijkl2?").await;

    let old = sign_in(&world, "ce.0333287U@ac-nantes.fr", "Abcdef1!").await;
    assert_eq!(old["code"], "INVALID_CREDENTIALS");
    let new = sign_in(&world, "ce.0333287U@ac-nantes.fr", "Ghijkl2?").await;
    assert_eq!(new["me"]["account"]["lastName"], "Martin");
    assert_eq!(register(&world).await["code"], "ALREADY_REGISTERED");
}

#[tokio::test]
async fn the_same_sign_up_sent_twice_happens_once() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    let mut input = registration();
    input["commandId"] = json!("00000000-0000-0000-0000-00000000c0de");
    let wanted = "AccountRegistered { position login }";

    let first = world.api.mutate(&visitor, "registerAccount", input.clone(), wanted).await;
    let head = *world.api.journal.head().borrow();
    let second = world.api.mutate(&visitor, "registerAccount", input, wanted).await;

    assert_eq!(first, second);
    assert_eq!(*world.api.journal.head().borrow(), head);
}

#[tokio::test]
async fn what_is_typed_wrong_is_refused_beside_its_field() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    for (field, value, code) in [
        ("rne", "12", "NOT_A_UAI"),
        ("lastName", " ", "EMPTY"),
        ("firstName", &"é".repeat(81), "TOO_LONG"),
        ("passwordConfirmation", "Abcdef2!", "PASSWORDS_DIFFER"),
    ] {
        let mut input = registration();
        input[field] = json!(value);

        let refused = world.api.mutate(&visitor, "registerAccount", input, "").await;

        assert_eq!((&refused["code"], &refused["field"]), (&json!(code), &json!(field)));
    }
    let mut plain = registration();
    plain["password"] = json!("abcdefgh");
    plain["passwordConfirmation"] = json!("abcdefgh");
    let refused = world.api.mutate(&visitor, "registerAccount", plain, "").await;
    assert_eq!(refused["code"], "PASSWORD_TOO_PLAIN");
}

#[tokio::test]
async fn asking_for_the_letter_again_answers_the_same_to_everyone() {
    let world = World::new().await;
    register(&world).await;
    let visitor = world.api.visitor();
    let ask = async |input: Value| {
        world.api.mutate(&visitor, "requestVerification", input, "LetterOnItsWay { minutes }").await
    };
    let verified = Persona::Auditor.login();

    let answers = [
        ask(json!({ "rne": NEW })).await,
        ask(json!({ "email": "ce.0333287U@ac-nantes.fr" })).await,
        ask(json!({ "email": verified })).await,
        ask(json!({ "email": "nobody@escale.example" })).await,
    ];

    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn too_many_tries_from_one_place_wait() {
    let world = World::new().await;
    world.api.service.allow_at_most(1);

    register(&world).await;
    let refused = register(&world).await;

    assert_eq!(refused["code"], "TOO_MANY_TRIES");
}
