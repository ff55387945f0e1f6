//! The page of a signatory, who has a link and no account: what there is to sign, the code, the
//! signature, or why not. GET only shows; POST acts, through the API like everybody else.

use std::collections::HashMap;

use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use jiff::civil::{Date, Time};
use minijinja::context;
use projections::conventions::register;
use schema::ports::{Caller, LinkPurpose, read_signing_subject};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::App,
    files::attachment,
    home,
    link_pages::{Outcome, ask, named},
    pages,
    store::Document,
};

const TITLE: &str = "Signer la convention";

const REQUEST: &str = "query($token: String!) { done: signingRequest(token: $token) { __typename
    ... on SigningRequest { role name emailHint reference pupil origin host formation date start end
      room }
    ... on Refused { code message } } }";
const CODE: &str =
    "mutation($input: RequestSigningCodeInput!) { done: requestSigningCode(input: $input)
    { __typename ... on Refused { code message field } } }";
const SIGN: &str = "mutation($input: SignConventionInput!) { done: sign(input: $input)
    { __typename ... on ConventionSigned { complete } ... on Refused { code message field } } }";
const DECLINE: &str = "mutation($input: DeclineToSignInput!) { done: declineToSign(input: $input)
    { __typename ... on Refused { code message field } } }";

/// The signatory’s page and the document to sign.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/signer/{token}", get(show).post(act))
        .route("/signer/{token}/convention.pdf", get(document))
}

/// What this page asks of the API; see [`crate::link_pages::documents`].
pub(crate) fn documents() -> HashMap<String, String> {
    [REQUEST, CODE, SIGN, DECLINE].into_iter().map(named).collect()
}

/// What the forms bear.
#[derive(Debug, Default, Deserialize)]
struct Answers {
    choice: Option<String>,
    code: Option<String>,
    name: Option<String>,
    words: Option<String>,
    reason: Option<String>,
}

/// What is said above the forms.
#[derive(Default)]
struct Said<'a> {
    done: &'a str,
    error: &'a str,
    name: Option<String>,
    sent: bool,
}

/// Someone who has a link.
struct Visit<'a> {
    app: &'a App,
    caller: Caller,
    token: &'a str,
}

async fn show(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
) -> Html<String> {
    Visit { app: &app, caller, token: &token }.show(Said::default()).await
}

async fn act(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
    Form(answers): Form<Answers>,
) -> Html<String> {
    let visit = Visit { app: &app, caller, token: &token };
    match answers.choice.as_deref() {
        Some("code") => visit.send_code().await,
        Some("sign") => visit.sign(answers).await,
        Some("decline") => visit.decline(answers).await,
        Some(_) | None => {
            let error = "Choisissez l’une des réponses.";
            visit.show(Said { error, ..Said::default() }).await
        }
    }
}

async fn document(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
) -> Response {
    let visit = Visit { app: &app, caller, token: &token };
    match visit.open().await {
        Ok((name, bytes)) => attachment(&name, "application/pdf", bytes),
        Err(page) => (StatusCode::NOT_FOUND, page).into_response(),
    }
}

impl Visit<'_> {
    async fn ask(&self, document: &str, variables: Value) -> Outcome {
        ask(self.app, self.caller.clone(), document, variables).await.0
    }

    /// The page, as long as the link counts.
    async fn show(&self, said: Said<'_>) -> Html<String> {
        match self.ask(REQUEST, json!({ "token": self.token })).await {
            Outcome::Done(asked) => self.draw(&asked, said),
            Outcome::Refused { message, code } => {
                self.say(&message, if code == "ALREADY_SIGNED" { "done" } else { "refused" })
            }
        }
    }

    fn draw(&self, asked: &Value, said: Said<'_>) -> Html<String> {
        let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
        let given = asked["name"].as_str().map(str::to_owned);
        let asked = context! {
            pupil => asked["pupil"].as_str(), formation => text("formation"),
            day => day(&text("date")), from => hour(&text("start")), to => hour(&text("end")),
            host => text("host"), origin => text("origin"), room => asked["room"].as_str(),
            reference => text("reference"), emailHint => text("emailHint"),
            as => capacity(&text("role")),
        };
        let Said { done, error, name, sent } = said;
        let name = name.or(given).unwrap_or_default();
        let here = format!("/signer/{}", self.token);
        let values = context! { title => TITLE, asked, here, done, error, name, sent };
        pages::draw("signing.html", &self.app.config.support_email, values)
    }

    fn say(&self, text: &str, kind: &str) -> Html<String> {
        pages::message(&self.app.config.support_email, TITLE, text, kind)
    }

    async fn send_code(&self) -> Html<String> {
        let said = self.ask(CODE, json!({ "input": { "token": self.token } })).await;
        match said {
            Outcome::Done(_) => {
                let done = "Le code vient de partir : ouvrez votre courrier, puis revenez ici.";
                self.show(Said { done, sent: true, ..Said::default() }).await
            }
            Outcome::Refused { message, .. } => {
                self.show(Said { error: &message, ..Said::default() }).await
            }
        }
    }

    async fn sign(&self, answers: Answers) -> Html<String> {
        let Answers { code, name, words, .. } = answers;
        let input = json!({ "token": self.token, "code": code.unwrap_or_default(),
            "name": name.clone().unwrap_or_default(), "words": words.unwrap_or_default(),
            "method": "TYPED" });
        match self.ask(SIGN, json!({ "input": input })).await {
            Outcome::Done(done) if done["complete"] == true => self.say(
                "Votre signature est enregistrée. Tous ont signé : la convention vous est envoyée \
                 par courriel.",
                "done",
            ),
            Outcome::Done(_) => self.say(
                "Votre signature est enregistrée. La convention vous sera envoyée par courriel \
                 quand tous auront signé.",
                "done",
            ),
            Outcome::Refused { message, .. } => {
                self.show(Said { error: &message, name, sent: true, ..Said::default() }).await
            }
        }
    }

    async fn decline(&self, answers: Answers) -> Html<String> {
        let reason = answers.reason.unwrap_or_default();
        let input = json!({ "token": self.token, "reason": reason });
        match self.ask(DECLINE, json!({ "input": input })).await {
            Outcome::Done(_) => self.say(
                "Votre refus est enregistré : l’établissement de l’élève en est prévenu, avec votre \
                 motif.",
                "done",
            ),
            Outcome::Refused { message, .. } => {
                self.show(Said { error: &message, ..Said::default() }).await
            }
        }
    }

    /// The original, for whoever has a link that counts.
    async fn open(&self) -> Result<(String, Vec<u8>), Html<String>> {
        let asked = self.ask(REQUEST, json!({ "token": self.token })).await;
        if let Outcome::Refused { message, .. } = asked {
            return Err(self.say(&message, "refused"));
        }
        let link = self.app.links.read(LinkPurpose::Sign, self.token);
        let named = link.and_then(|link| read_signing_subject(&link.subject));
        let Some((convention, _)) = named else { return Err(home::not_found(self.app)) };
        let row = self.app.read.query(move |db| register::by_id(db, convention)).await;
        let Ok(Some(row)) = row else { return Err(home::not_found(self.app)) };
        match self.app.store.get(&row.original).await {
            Ok(Document::Clear(bytes)) => Ok((format!("Convention {}.pdf", row.reference), bytes)),
            Ok(Document::Erased) => Err(home::erased(self.app)),
            Err(_) => Err(home::unavailable(self.app)),
        }
    }
}

/// « mercredi 13 janvier 2027 » is the schema’s; here the short form does.
fn day(text: &str) -> String {
    let day: Option<Date> = text.parse().ok();
    day.map_or_else(|| text.to_owned(), |it| it.strftime("%d/%m/%Y").to_string())
}

fn hour(text: &str) -> String {
    let hour: Option<Time> = text.parse().ok();
    hour.map_or_else(
        || text.to_owned(),
        |it| format!("{}\u{202f}h\u{202f}{:02}", it.hour(), it.minute()),
    )
}

fn capacity(role: &str) -> &'static str {
    match role {
        "ORIGIN" => "chef de l’établissement d’origine",
        "GUARDIAN" => "responsable légal",
        "PUPIL" => "élève",
        _ => "chef de l’établissement d’accueil",
    }
}
