//! S1.1 and S1.6: signing in and out, the lock, the links that open or mend a session.
#![expect(clippy::unwrap_used, reason = "what the tests share may fail as loudly as they do")]

use domain::accounts::account::AccountEvent;
use jiff::SignedDuration;
use schema::{
    ports::{Caller, LinkPurpose},
    testing::{PASSWORD, Persona, World, token},
};
use serde_json::{Value, json};

mod said;

const WRONG: &str = "Wrong-password-1";

async fn sign_in(world: &World, email: &str, password: &str) -> Value {
    let visitor = world.api.visitor();
    let input = json!({ "email": email, "password": password });
    let wanted = "SignedIn { me { operator } }";
    world.api.mutate(&visitor, "signIn", input, wanted).await
}

async fn asked(world: &World, caller: &Caller, name: &str, input: Value) -> Value {
    world.api.mutate(caller, name, input, "LetterOnItsWay { minutes }").await
}

async fn used(world: &World, name: &str, input: Value) -> Value {
    let visitor = world.api.visitor();
    world.api.mutate(&visitor, name, input, "LinkUsed { position }").await
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_answered_alike_until_both_are_locked() {
    let world = World::new().await;
    let known = Persona::Auditor.login();

    for _ in 0..3 {
        let wrong = sign_in(&world, &known, WRONG).await;
        let unknown = sign_in(&world, "nobody@escale.example", WRONG).await;
        assert_eq!(wrong["code"], "INVALID_CREDENTIALS");
        assert_eq!(wrong, unknown);
    }
    let wrong = sign_in(&world, &known, WRONG).await;
    let unknown = sign_in(&world, "nobody@escale.example", WRONG).await;
    assert_eq!(wrong["code"], "LOCKED");
    assert_eq!(wrong, unknown);
    assert_eq!(sign_in(&world, &known, PASSWORD).await["code"], "LOCKED");

    world.api.wait(SignedDuration::from_mins(15));
    let wrong = sign_in(&world, "nobody@escale.example", WRONG).await;
    assert_eq!(wrong["code"], "INVALID_CREDENTIALS");
    assert_eq!(sign_in(&world, &known, PASSWORD).await["__typename"], "SignedIn");
}

#[tokio::test]
async fn a_password_is_checked_for_an_unknown_address_too() {
    let world = World::new().await;

    sign_in(&world, "nobody@escale.example", WRONG).await;
    sign_in(&world, &Persona::Auditor.login(), WRONG).await;

    let checked = [None, Some(Persona::Auditor.account())];
    assert_eq!(world.api.service.passwords_checked(), checked);
}

#[tokio::test]
async fn signing_in_sets_a_cookie_and_signing_out_clears_it() {
    let world = World::new().await;
    let query = "mutation { done: signIn(input: {email: \"auditor@escale.example\",
        password: \"Abcdef1!\", keep: true}) { __typename } }";
    let request = async_graphql::Request::new(query).data(world.api.visitor());

    let answer = world.api.execute(request).await;

    let cookie = answer.http_headers.get("set-cookie").unwrap().to_str().unwrap();
    assert!(cookie.starts_with("escale_session=") && cookie.contains("Max-Age"), "{cookie}");
    let auditor = world.caller(Persona::Auditor).await;
    let request = async_graphql::Request::new("mutation { signOut { __typename } }").data(auditor);
    let answer = world.api.execute(request).await;
    let cookie = answer.http_headers.get("set-cookie").unwrap();
    assert_eq!(cookie, "escale_session=; Max-Age=0");
}

#[tokio::test]
async fn a_forgotten_password_is_chosen_anew_by_a_link_that_works_once() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    let login = Persona::Auditor.login();
    world.api.service.opened(Persona::Auditor.account(), "elsewhere");

    let known = asked(&world, &visitor, "requestPasswordReset", json!({ "email": login })).await;
    let unknown = json!({ "email": "nobody@escale.example" });
    let unknown = asked(&world, &visitor, "requestPasswordReset", unknown).await;
    assert_eq!(known, unknown);

    let (account, link) = said::last(&world.api, |event| match event {
        AccountEvent::PasswordResetRequested { account, link, .. } => Some((*account, *link)),
        _ => None,
    })
    .await;
    let token = token(LinkPurpose::ResetPassword, &account.uuid().to_string(), link.uuid());
    let choice =
        json!({ "token": token, "password": "Ghijkl2?", "passwordConfirmation": "Ghijkl2?" });
    let done = used(&world, "resetPassword", choice.clone()).await;
    assert_eq!(done["__typename"], "LinkUsed");
    assert_eq!(world.api.service.sessions(), []);
    assert_eq!(used(&world, "resetPassword", choice).await["code"], "LINK_UNKNOWN");
    assert_eq!(sign_in(&world, &login, PASSWORD).await["code"], "INVALID_CREDENTIALS");
    assert_eq!(sign_in(&world, &login, "Ghijkl2?").await["__typename"], "SignedIn");
}

#[tokio::test]
async fn a_link_signs_in_once() {
    let world = World::new().await;
    let visitor = world.api.visitor();
    let email = json!({ "email": Persona::Auditor.login() });
    asked(&world, &visitor, "requestSignInLink", email).await;
    let (account, link) = said::last(&world.api, |event| match event {
        AccountEvent::SignInLinkRequested { account, link, .. } => Some((*account, *link)),
        _ => None,
    })
    .await;
    let token = token(LinkPurpose::SignIn, &account.uuid().to_string(), link.uuid());
    let input = json!({ "token": token });
    let wanted = "SignedIn { me { account { login } } }";

    let first = world.api.mutate(&visitor, "useSignInLink", input.clone(), wanted).await;
    let second = world.api.mutate(&visitor, "useSignInLink", input, wanted).await;

    assert_eq!(first["__typename"], "SignedIn");
    assert_eq!(second["code"], "LINK_UNKNOWN");
    assert_eq!(world.api.service.sessions(), [Persona::Auditor.account()]);
}

#[tokio::test]
async fn a_link_made_for_one_purpose_is_refused_for_another() {
    let world = World::new().await;
    let account = Persona::Auditor.account().uuid();
    let token = token(LinkPurpose::SignIn, &account.to_string(), account);

    let refused =
        used(&world, "verifyEmail", json!({ "token": token, "password": PASSWORD })).await;

    assert_eq!(refused["code"], "LINK_UNKNOWN");
}

#[tokio::test]
async fn the_login_changes_once_the_new_address_is_proved_and_a_taken_one_never() {
    let world = World::new().await;
    let auditor = world.caller(Persona::Auditor).await;
    let change = async |email: &str| {
        let input = json!({ "email": email, "password": PASSWORD });
        let on_its_way = asked(&world, &auditor, "requestEmailChange", input).await;
        assert_eq!(on_its_way["__typename"], "LetterOnItsWay", "nothing says that it is taken");
        let (account, link) = said::last(&world.api, |event| match event {
            AccountEvent::EmailChangeRequested { account, link, .. } => Some((*account, *link)),
            _ => None,
        })
        .await;
        let token = token(LinkPurpose::ChangeEmail, &account.uuid().to_string(), link.uuid());
        let stranger = json!({ "token": token, "password": WRONG });
        let refused = used(&world, "changeEmail", stranger).await;
        assert_eq!(refused["code"], "WRONG_PASSWORD", "the new mailbox alone does not do it");
        used(&world, "changeEmail", json!({ "token": token, "password": PASSWORD })).await
    };

    let taken = change(&Persona::Operator.login()).await;
    assert_eq!(taken["code"], "LOGIN_TAKEN");
    assert_eq!(change("neuve@escale.example").await["__typename"], "LinkUsed");
    let old = sign_in(&world, &Persona::Auditor.login(), PASSWORD).await;
    assert_eq!(old["code"], "INVALID_CREDENTIALS");
    let new = sign_in(&world, "neuve@escale.example", PASSWORD).await;
    assert_eq!(new["__typename"], "SignedIn");
}

#[tokio::test]
async fn changing_the_password_needs_the_current_one_and_ends_the_other_sessions() {
    let world = World::new().await;
    let auditor = world.caller(Persona::Auditor).await;
    let account = Persona::Auditor.account();
    world.api.service.opened(account, &account.to_string());
    world.api.service.opened(account, "elsewhere");
    let change = async |current: &str| {
        let input = json!({
            "current": current, "password": "Ghijkl2?", "passwordConfirmation": "Ghijkl2?",
        });
        world.api.mutate(&auditor, "changePassword", input, "AccountChanged { position }").await
    };

    let refused = change(WRONG).await;
    assert_eq!(
        (&refused["code"], &refused["field"]),
        (&json!("WRONG_PASSWORD"), &json!("current"))
    );
    assert_eq!(change(PASSWORD).await["__typename"], "AccountChanged");
    assert_eq!(world.api.service.sessions(), [account], "its own stays");
}

#[tokio::test]
async fn an_administrator_unlocks_an_account_and_never_sees_a_password() {
    let world = World::new().await;
    let login = Persona::HostManager.login();
    for _ in 0..3 {
        sign_in(&world, &login, WRONG).await;
    }
    let admin = world.caller(Persona::PlatformAdmin).await;
    let query = "{ done: accountsAdmin(platform: \"demo\", filter: {locked: true}) {
        items { id login } total } }";
    let locked = world.api.data(&admin, query, Value::Null).await;
    assert_eq!(locked["done"]["items"][0]["login"], login);

    let input = json!({ "account": locked["done"]["items"][0]["id"] });
    let unlocked = world.api.mutate(
        &admin,
        "unlockAccount",
        input,
        "AccountChanged { account { lockedUntil } }",
    );

    assert_eq!(unlocked.await["account"]["lockedUntil"], Value::Null);
    assert_eq!(sign_in(&world, &login, PASSWORD).await["__typename"], "SignedIn");
    assert!(!schema::sdl().to_lowercase().contains("passwordhash"));
}
