//! A lost link: the page answers the same whatever was typed; the link goes to the address on file.

use axum::{Extension, Form, extract::State, response::Html};
use minijinja::context;
use schema::ports::Caller;
use serde::Deserialize;
use serde_json::json;

use crate::{
    app::App,
    link_pages::{Outcome, ask},
    pages,
};

pub(super) const RECOVER: &str =
    "mutation($input: RecoverSigningLinkInput!) { done: recoverSigningLink(input: $input)
    { __typename ... on Refused { code message } } }";

const TITLE: &str = "Retrouver un lien de signature";
const ON_ITS_WAY: &str = "Si ces renseignements sont ceux d’une convention à signer, un nouveau lien \
    vient de partir à l’adresse que l’établissement connaît. Le précédent ne sert plus.";

/// What the form bears.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answers {
    #[serde(default)]
    reference: String,
    #[serde(default)]
    born: String,
    #[serde(default)]
    role: String,
}

pub(super) async fn show(State(app): State<App>) -> Html<String> {
    draw(&app, &Answers::default(), "")
}

pub(super) async fn send(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Form(answers): Form<Answers>,
) -> Html<String> {
    let role = match answers.role.as_str() {
        it @ ("GUARDIAN" | "PUPIL" | "ORIGIN" | "HOST") => it,
        _none => return draw(&app, &answers, "Choisissez à quel titre vous signez."),
    };
    let input = json!({ "reference": answers.reference, "birthDate": answers.born, "role": role });
    match ask(&app, caller, RECOVER, json!({ "input": input })).await.0 {
        Outcome::Done(_) => pages::message(&app.config.support_email, TITLE, ON_ITS_WAY, "done"),
        Outcome::Refused { message, .. } => draw(&app, &answers, &message),
    }
}

fn draw(app: &App, answers: &Answers, error: &str) -> Html<String> {
    let Answers { reference, born, role } = answers;
    let values = context! { title => TITLE, reference, born, role, error };
    pages::draw("lost_signing_link.html", &app.config.support_email, values)
}
