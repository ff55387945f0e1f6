//! The page of a signatory, who has a link and no account: what there is to sign, the code, the
//! signature, or why not. GET only shows; POST acts, through the API like everybody else.

mod lost;
mod verify;

use std::collections::HashMap;

use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jiff::civil::{Date, Time};
use minijinja::context;
use projections::conventions::register;
use schema::{
    ports::{Caller, LinkPurpose, read_signing_subject},
    words::of_day,
};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::{
    app::App,
    files::attachment,
    home,
    link_pages::{Outcome, ask, ask_with, named},
    pages,
    store::Document,
};

const TITLE: &str = "Signer la convention";
const NO_PICTURE: &str =
    "La signature tracée n’a pas pu être lue\u{202f}: effacez-la, puis tracez-la de nouveau.";

/// The longest strokes that a page bears back, in bytes; longer ones are drawn again by hand.
const MOST_STROKES: usize = 64 * 1024;

const REQUEST: &str = "query($token: String!) { done: signingRequest(token: $token) { __typename
    ... on SigningRequest { role name emailHint reference pupil origin host formation date start end
      room changed }
    ... on Refused { code message } } }";
const CODE: &str =
    "mutation($input: RequestSigningCodeInput!) { done: requestSigningCode(input: $input)
    { __typename ... on Refused { code message field } } }";
const SIGN: &str = "mutation($input: SignConventionInput!) { done: sign(input: $input)
    { __typename ... on ConventionSigned { complete } ... on Refused { code message field } } }";
const DECLINE: &str = "mutation($input: DeclineToSignInput!) { done: declineToSign(input: $input)
    { __typename ... on Refused { code message field } } }";

/// The signatory’s page, the document to sign, and what anyone may ask about signing.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/signer/{token}", get(show).post(act))
        .route("/signer/{token}/convention.pdf", get(document))
        .route("/signer", get(lost::show).post(lost::send))
        .route("/verifier", get(verify::show).post(verify::verify))
}

/// What this page asks of the API; see [`crate::link_pages::documents`].
pub(crate) fn documents() -> HashMap<String, String> {
    let ours = [REQUEST, CODE, SIGN, DECLINE, lost::RECOVER, verify::VERIFY];
    ours.into_iter().map(named).collect()
}

/// What the forms bear.
#[derive(Debug, Default, Deserialize)]
struct Answers {
    choice: Option<String>,
    code: Option<String>,
    name: Option<String>,
    words: Option<String>,
    reason: Option<String>,
    /// The drawn signature, as the page’s script sends it: a PNG in base64; empty without one.
    picture: Option<String>,
    /// The strokes of it, which the script draws again on a page that comes back.
    strokes: Option<String>,
}

/// What is said above the forms.
#[derive(Default)]
struct Said<'a> {
    done: &'a str,
    error: &'a str,
    name: Option<String>,
    words: String,
    strokes: String,
    sent: bool,
    declining: bool,
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
            Outcome::Refused { message, code } => self.refuse(&message, &code),
        }
    }

    /// Why there is nothing to sign; a link that is over leads to another.
    fn refuse(&self, message: &str, code: &str) -> Html<String> {
        let kind = if code == "ALREADY_SIGNED" { "done" } else { "refused" };
        let next = (code == "LINK_EXPIRED")
            .then(|| context! { address => "/signer", label => "Recevoir un nouveau lien" });
        let values = context! { title => TITLE, text => message, kind, next };
        pages::draw("message.html", &self.app.config.support_email, values)
    }

    fn draw(&self, asked: &Value, said: Said<'_>) -> Html<String> {
        let text = |name: &str| asked[name].as_str().unwrap_or_default().to_owned();
        let given = asked["name"].as_str().map(str::to_owned);
        let asked = context! {
            pupil => asked["pupil"].as_str(), formation => text("formation"),
            day => day(&text("date")), from => hour(&text("start")), to => hour(&text("end")),
            host => text("host"), origin => text("origin"), room => asked["room"].as_str(),
            reference => text("reference"), emailHint => text("emailHint"),
            as => capacity(&text("role")), changed => asked["changed"].as_str(),
        };
        let Said { done, error, name, words, strokes, sent, declining } = said;
        let name = name.or(given).unwrap_or_default();
        let here = format!("/signer/{}", self.token);
        let values = context! { title => TITLE, asked, here, done, error, name, words, strokes, sent,
        declining };
        pages::draw("signing.html", &self.app.config.support_email, values)
    }

    fn say(&self, text: &str, kind: &str) -> Html<String> {
        pages::message(&self.app.config.support_email, TITLE, text, kind)
    }

    async fn send_code(&self) -> Html<String> {
        let said = self.ask(CODE, json!({ "input": { "token": self.token } })).await;
        match said {
            Outcome::Done(_) => {
                let done =
                    "Le code vient de partir\u{202f}: ouvrez votre courrier, puis revenez ici.";
                self.show(Said { done, sent: true, ..Said::default() }).await
            }
            Outcome::Refused { message, .. } => {
                self.show(Said { error: &message, ..Said::default() }).await
            }
        }
    }

    async fn sign(&self, answers: Answers) -> Html<String> {
        let Answers { code, name, words, picture, strokes, .. } = answers;
        let words = words.unwrap_or_default();
        let mut input = json!({ "token": self.token, "code": code.unwrap_or_default(),
            "name": name.clone().unwrap_or_default(), "words": words, "method": "TYPED" });
        let drawn = picture.filter(|text| !text.is_empty());
        let outcome = match drawn.map(|text| STANDARD.decode(text)) {
            None => self.ask(SIGN, json!({ "input": input })).await,
            Some(Ok(picture)) => {
                input["method"] = "DRAWN".into();
                input["picture"] = Value::Null;
                let asked = (SIGN, json!({ "input": input }));
                let file = ("variables.input.picture", picture);
                ask_with(self.app, self.caller.clone(), asked, file).await
            }
            Some(Err(_)) => {
                Outcome::Refused { code: String::new(), message: NO_PICTURE.to_owned() }
            }
        };
        match outcome {
            Outcome::Done(done) if done["complete"] == true => self.say(
                "Votre signature est enregistrée. Tous ont signé\u{202f}: la convention vous est envoyée \
                 par courriel.",
                "done",
            ),
            Outcome::Done(_) => self.say(
                "Votre signature est enregistrée. La convention vous sera envoyée par courriel \
                 quand tous auront signé.",
                "done",
            ),
            Outcome::Refused { message, .. } => {
                let strokes = strokes.filter(|it| it.len() <= MOST_STROKES).unwrap_or_default();
                let error = &message;
                let said = Said { error, name, words, strokes, sent: true, ..Said::default() };
                self.show(said).await
            }
        }
    }

    async fn decline(&self, answers: Answers) -> Html<String> {
        let reason = answers.reason.unwrap_or_default();
        let input = json!({ "token": self.token, "reason": reason });
        match self.ask(DECLINE, json!({ "input": input })).await {
            Outcome::Done(_) => self.say(
                "Votre refus est enregistré\u{202f}: l’établissement de l’élève en est prévenu, avec votre \
                 motif.",
                "done",
            ),
            Outcome::Refused { message, .. } => {
                self.show(Said { error: &message, declining: true, ..Said::default() }).await
            }
        }
    }

    /// The original, for whoever has a link that counts.
    async fn open(&self) -> Result<(String, Vec<u8>), Html<String>> {
        let asked = self.ask(REQUEST, json!({ "token": self.token })).await;
        if let Outcome::Refused { message, code } = asked {
            return Err(self.refuse(&message, &code));
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

/// As on the convention: « mercredi 13 janvier 2027 ».
fn day(text: &str) -> String {
    let day: Option<Date> = text.parse().ok();
    day.map_or_else(|| text.to_owned(), of_day)
}

/// As on the convention: « 09:15 ».
fn hour(text: &str) -> String {
    let hour: Option<Time> = text.parse().ok();
    hour.map_or_else(|| text.to_owned(), |it| it.strftime("%H:%M").to_string())
}

fn capacity(role: &str) -> &'static str {
    match role {
        "ORIGIN" => "chef de l’établissement d’origine",
        "GUARDIAN" => "responsable légal",
        "PUPIL" => "élève",
        _ => "chef de l’établissement d’accueil",
    }
}
