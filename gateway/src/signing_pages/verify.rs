//! « Vérifier une convention »: whether a document was signed here, by what is printed on it or by
//! the file itself, which is hashed where it is and not sent. Never a name.

use axum::{Extension, Form, extract::State, response::Html};
use jiff::{Timestamp, tz::TimeZone};
use minijinja::context;
use schema::ports::Caller;
use serde::Deserialize;
use serde_json::{Value, json};

use super::capacity;
use crate::{
    app::App,
    link_pages::{Outcome, ask},
    pages,
};

pub(super) const VERIFY: &str = "query($input: VerifySignedConventionInput!) {
    done: verifySignedConvention(input: $input) { __typename
    ... on ConventionVerified { authentic replaced reference signatures { role at method } }
    ... on Refused { code message } } }";

const TITLE: &str = "Vérifier une convention";

/// What the form bears.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answers {
    #[serde(default)]
    reference: String,
    #[serde(default)]
    code: String,
    /// Of the file, by the page’s script.
    #[serde(default)]
    sha256: String,
}

pub(super) async fn show(State(app): State<App>) -> Html<String> {
    draw(&app, &Answers::default(), "", None)
}

pub(super) async fn verify(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Form(answers): Form<Answers>,
) -> Html<String> {
    let input = if answers.sha256.is_empty() {
        json!({ "reference": answers.reference, "code": answers.code })
    } else {
        json!({ "sha256": answers.sha256 })
    };
    match ask(&app, caller, VERIFY, json!({ "input": input })).await.0 {
        Outcome::Done(found) => draw(&app, &answers, "", Some(&found)),
        Outcome::Refused { message, .. } => draw(&app, &answers, &message, None),
    }
}

fn draw(app: &App, answers: &Answers, error: &str, found: Option<&Value>) -> Html<String> {
    let Answers { reference, code, sha256 } = answers;
    let by_file = !sha256.is_empty();
    let found = found.map(|found| {
        let signatures = found["signatures"].as_array().cloned().unwrap_or_default();
        let signatures: Vec<String> = signatures.iter().map(signature).collect();
        let reference = found["reference"].as_str();
        context! { authentic => found["authentic"] == true, replaced => found["replaced"] == true, reference, signatures, by_file }
    });
    let values = context! { title => TITLE, reference, code, error, found };
    pages::draw("verify.html", &app.config.support_email, values)
}

/// « responsable légal, le 12/01/2027 à 18 h 04, signature tracée ».
fn signature(it: &Value) -> String {
    let text = |name: &str| it[name].as_str().unwrap_or_default();
    let at: Option<Timestamp> = text("at").parse().ok();
    let zone = TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC);
    let at = at.map_or_else(String::new, |at| {
        at.to_zoned(zone).strftime("%d/%m/%Y à %H\u{202f}h\u{202f}%M").to_string()
    });
    let how = if text("method") == "DRAWN" { "signature tracée" } else { "nom saisi" };
    format!("{}, le {at}, {how}", capacity(text("role")))
}
