//! What the letter of a sign-up opens: possession of the mailbox decides, not the press of a
//! button.

use fixtures::schools::COLLEGE_COLLINE;
use jiff::SignedDuration;
use schema::ports::{LinkPurpose, SignedLink};
use serde_json::json;

use crate::support::{
    Backend, Person, TestApp,
    stage::{PASSWORD, register_with, sign_up, verification_link},
};
use fixtures::directory::PREPARED;
use gateway::directory::{LoggedSchools, Options, Reader, Source, import};

const STRANGERS: &str = "Etranger-2027!";

async fn service() -> TestApp {
    let app = TestApp::start(Backend::Sqlite).await;
    list_schools(&app).await;
    app
}

async fn list_schools(app: &TestApp) {
    let reader = Reader::open(&Source::from(PREPARED)).unwrap();
    let schools = LoggedSchools::by_import(&app.app.journal);
    import(reader, &schools, Options::default(), |_| {}).await.unwrap();
    app.drain().await;
}

/// Someone asks for the account of the collège; answers the link in the letter to its mailbox.
async fn asked(app: &TestApp, password: &str) -> String {
    register_with(&app.person(), &COLLEGE_COLLINE, password).await;
    app.drain().await;
    verification_link(app, &COLLEGE_COLLINE)
}

async fn page(person: &Person, link: &str) -> String {
    let (status, page) = person.get(link).await;
    assert_eq!(status, 200);
    String::from_utf8(page).unwrap()
}

async fn may_sign_in(app: &TestApp, password: &str) -> bool {
    let input = json!({ "email": COLLEGE_COLLINE.mail, "password": password });
    let query = "mutation($input: SignInInput!) { done: signIn(input: $input) { __typename } }";
    let data = app.person().ask(query, json!({ "input": input })).await;
    data["done"]["__typename"] == "SignedIn"
}

#[tokio::test]
async fn a_stranger_does_not_get_a_schools_account_by_the_press_of_a_button() {
    let app = service().await;
    let link = asked(&app, STRANGERS).await;
    let secretary = app.person();

    let shown = page(&secretary, &link).await;
    let (_, refused) =
        secretary.press(&link, &[("choice", "verify"), ("password", PASSWORD)]).await;
    let (_, unnamed) = secretary.press(&link, &[]).await;

    let asked = "Madame Sophie Bertin a demandé le lundi 4 janvier 2027 à 9\u{202f}h un compte";
    assert!(shown.contains(asked), "{shown}");
    assert!(refused.contains("Ce n’est pas le mot de passe choisi à l’inscription"), "{refused}");
    assert!(refused.contains(asked), "{refused}");
    assert!(unnamed.contains("Choisissez l’une des réponses"), "{unnamed}");
    assert!(!may_sign_in(&app, STRANGERS).await);

    let (_, declined) = secretary.press(&link, &[("choice", "decline")]).await;
    assert!(declined.contains("L’inscription est annulée"), "{declined}");
    let (_, again) = secretary.press(&link, &[("choice", "decline")]).await;
    assert!(again.contains("L’inscription est annulée"), "{again}");
    assert!(page(&secretary, &link).await.contains("Ce compte est fermé"));
    sign_up(&app, &COLLEGE_COLLINE).await;
    assert!(may_sign_in(&app, PASSWORD).await && !may_sign_in(&app, STRANGERS).await);
}

#[tokio::test]
async fn who_reads_the_mailbox_chooses_another_password_on_the_spot() {
    let app = service().await;
    let link = asked(&app, STRANGERS).await;
    let secretary = app.person();
    let shown = page(&secretary, &link).await;
    let path = link.strip_prefix(&app.url).unwrap().replace('/', "&#x2f;");
    let way = format!("href=\"{path}&#x2f;nouveau-mot-de-passe\"");
    assert!(shown.contains(&way), "{way} in {shown}");
    let other = format!("{link}/nouveau-mot-de-passe");

    assert!(page(&secretary, &other).await.contains("Sophie Bertin"));
    let choose = async |password: &str| {
        let form =
            [("choice", "reset"), ("password", password), ("passwordConfirmation", password)];
        secretary.press(&other, &form).await.1
    };
    let plain = choose("abcdefgh").await;
    let done = choose(PASSWORD).await;

    assert!(plain.contains("majuscule") && plain.contains("role=\"alert\""), "{plain}");
    assert!(done.contains("Votre adresse est vérifiée"), "{done}");
    assert!(done.contains("connexion\">Se connecter</a>"), "it leads on: {done}");
    assert!(may_sign_in(&app, PASSWORD).await && !may_sign_in(&app, STRANGERS).await);
    let late = page(&secretary, &link).await;
    assert!(late.contains("Votre adresse est vérifiée"), "opening it again does no harm: {late}");
}

#[tokio::test]
async fn a_link_that_is_over_is_renewed_on_the_spot() {
    let app = service().await;
    let secretary = app.person();
    let link = asked(&app, PASSWORD).await;
    app.forward(SignedDuration::from_mins(5)).await;

    let over = page(&secretary, &link).await;
    assert!(over.contains("Recevoir un nouveau lien") && over.contains("Ce n’est pas moi"));
    let (_, sent) = secretary.press(&format!("{link}/renouveler"), &[]).await;
    assert!(sent.contains("Un nouveau lien vient d’être envoyé"), "{sent}");
    app.drain().await;

    let new = verification_link(&app, &COLLEGE_COLLINE);
    assert_ne!(new, link);
    let (_, done) = secretary.press(&new, &[("choice", "verify"), ("password", PASSWORD)]).await;
    assert!(done.contains("Votre adresse est vérifiée"), "{done}");
}

#[tokio::test]
async fn the_pages_of_links_work_where_only_listed_documents_are_answered() {
    let app = TestApp::start_closed().await;
    let link = SignedLink { subject: "0333287U".to_owned(), id: gateway::ids::draw() };
    let person = app.person();
    for (purpose, says) in [
        (LinkPurpose::VerifyEmail, "Ce compte n’existe pas"),
        (LinkPurpose::ResetPassword, "Ce compte n’existe pas"),
        (LinkPurpose::ChangeEmail, "Ce compte n’existe pas"),
        (LinkPurpose::SignIn, "Ce compte n’existe pas"),
        (LinkPurpose::JoinSpace, "Cette invitation a déjà servi"),
        (LinkPurpose::AnswerAccess, "n’a pas encore de compte"),
    ] {
        let url = app.app.links.url(purpose, &link);
        let form = [
            ("choice", "GRANT"),
            ("lastName", "Bertin"),
            ("firstName", "Sophie"),
            ("password", PASSWORD),
            ("passwordConfirmation", PASSWORD),
        ];

        let (_, answered) = person.press(&url, &form).await;

        assert!(answered.contains(says), "{purpose}: {answered}");
    }
}
