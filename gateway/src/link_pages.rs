//! What a mailed link opens. GET only shows a page with a button, so that mail scanners burn
//! nothing; POST does it, through the API like everybody else.

mod form;
mod table;

use std::collections::HashMap;

use async_graphql::{Request, UploadValue, Variables};
use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse as _, Response},
    routing::{get, post},
};
use minijinja::context;
use schema::ports::Caller;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use self::{
    form::{Answers, input_of},
    table::{Button, LinkPage, Next, PAGES, TO_HOME, TO_SIGN_IN, VERIFIED},
};
use crate::{app::App, link::path_of, pages};

const NOT_OURS: &str =
    "Cette adresse n’est pas complète. Ouvrez le lien depuis le courriel, ou copiez-le en entier.";

/// A page per purpose, and the renewal of an expired verification.
pub fn routes() -> Router<App> {
    PAGES.into_iter().fold(Router::new(), |router, page| {
        let path = format!("/{}/{{token}}", path_of(page.purpose));
        let router = router.route(
            &format!("{path}{}", page.below),
            get(move |state, caller, token| show(page, state, caller, token))
                .post(move |state, caller, token, form| act(page, state, caller, token, form)),
        );
        match page.renewal.filter(|_| page.below.is_empty()) {
            None => router,
            Some(renewal) => {
                let renew = move |state, caller, token| renew(renewal, state, caller, token);
                router.route(&format!("{path}/renouveler"), post(renew))
            }
        }
    })
}

/// What these pages ask of the API, by the names under which it is listed: the pages are
/// answered where only listed documents are.
pub fn documents() -> HashMap<String, String> {
    let of_page = |page: LinkPage| {
        let mutations = page.buttons.iter().map(|button| button.mutation);
        mutations.chain(page.asks).chain(page.renewal).collect::<Vec<_>>()
    };
    PAGES.into_iter().flat_map(of_page).map(named).collect()
}

/// A document by the name under which it is listed.
pub(crate) fn named(text: &str) -> (String, String) {
    (hex::encode(Sha256::digest(text)), text.to_owned())
}

/// Someone who has a link.
struct Visit<'a> {
    app: &'a App,
    caller: Caller,
    page: LinkPage,
    token: &'a str,
}

async fn show(
    page: LinkPage,
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
) -> Html<String> {
    Visit { app: &app, caller, page, token: &token }.show("").await
}

async fn act(
    page: LinkPage,
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
    Form(answers): Form<Answers>,
) -> Response {
    let visit = Visit { app: &app, caller, page, token: &token };
    let Some(button) = pressed(page, &answers) else {
        return visit.show("Choisissez l’une des réponses.").await.into_response();
    };
    let input = json!({ "input": input_of(page, button, &token, answers) });
    let (outcome, headers) = visit.ask(button.mutation, input).await;
    let mut response = visit.after(button, outcome).await.into_response();
    response.headers_mut().extend(headers);
    response
}

/// The button whose value the form bears; the only one there is, otherwise.
fn pressed(page: LinkPage, answers: &Answers) -> Option<&'static Button> {
    let named = |button: &&Button| Some(button.choice) == answers.choice.as_deref();
    match page.buttons {
        [only] => Some(only),
        buttons => buttons.iter().find(named),
    }
}

async fn renew(
    mutation: &'static str,
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
) -> Html<String> {
    let input = json!({ "input": { "token": token } });
    let (outcome, _) = ask(&app, caller, mutation, input).await;
    let (text, kind) = match outcome {
        Outcome::Done(_) => {
            ("Un nouveau lien vient d’être envoyé à la même adresse.".to_owned(), "done")
        }
        Outcome::Refused { message, .. } => (message, "refused"),
    };
    pages::message(&app.config.support_email, "Un nouveau lien", &text, kind)
}

impl Visit<'_> {
    /// The page itself, when there is something to do on it.
    async fn show(&self, error: &str) -> Html<String> {
        if self.app.links.read(self.page.purpose, self.token).is_none() {
            return self.say(NOT_OURS, "refused", TO_HOME);
        }
        let Some(question) = self.page.asks else {
            return self.draw("confirm.html", form::of(self.page, self.token, "", error));
        };
        match self.ask(question, json!({ "token": self.token })).await.0 {
            Outcome::Done(found) => {
                let who = form::who_asks(&found);
                self.draw("confirm.html", form::of(self.page, self.token, &who, error))
            }
            Outcome::Refused { code, .. } if code == "ALREADY_REGISTERED" => {
                self.say(VERIFIED, "done", TO_SIGN_IN)
            }
            Outcome::Refused { code, message } => self.refuse(&code, &message),
        }
    }

    /// What is shown once a button was pressed.
    async fn after(&self, button: &Button, outcome: Outcome) -> Html<String> {
        match outcome {
            Outcome::Done(_) => self.say(button.done, "done", button.next),
            Outcome::Refused { code, message } => {
                let is_over = code == "LINK_EXPIRED" && self.page.renewal.is_some();
                if is_over || !button.needs_fields || self.page.fields.is_empty() {
                    self.refuse(&code, &message)
                } else {
                    self.show(&message).await
                }
            }
        }
    }

    /// Says why not, and offers a new link when this one is over.
    fn refuse(&self, code: &str, message: &str) -> Html<String> {
        if code == "LINK_EXPIRED" && self.page.renewal.is_some() {
            return self.draw("message.html", form::renewal(self.page, self.token, message));
        }
        self.say(message, "refused", TO_HOME)
    }

    fn say(&self, text: &str, kind: &str, next: Next) -> Html<String> {
        let Next { address, label } = next;
        let next = context! { address, label };
        self.draw("message.html", context! { title => self.page.title, text, kind, next })
    }

    fn draw(&self, name: &str, values: minijinja::Value) -> Html<String> {
        pages::draw(name, &self.app.config.support_email, values)
    }

    async fn ask(&self, document: &str, variables: Value) -> (Outcome, HeaderMap) {
        ask(self.app, self.caller.clone(), document, variables).await
    }
}

/// What a mutation or a question came to.
pub(crate) enum Outcome {
    /// What stands under `done`.
    Done(Value),
    /// A rule said no.
    Refused {
        /// Which.
        code: String,
        /// What to say.
        message: String,
    },
}

/// Runs a document in the caller's name; also answers the headers it sets (a session's cookie).
pub(crate) async fn ask(
    app: &App,
    caller: Caller,
    document: &str,
    variables: Value,
) -> (Outcome, HeaderMap) {
    send(app, request(caller, document, variables)).await
}

/// The same, with a file where `path` says (`variables.input.picture`), which is null until then.
pub(crate) async fn ask_with(
    app: &App,
    caller: Caller,
    (document, variables): (&str, Value),
    (path, bytes): (&str, Vec<u8>),
) -> Outcome {
    let file =
        UploadValue { filename: "file".to_owned(), content_type: None, content: bytes.into() };
    let mut request = request(caller, document, variables);
    request.set_upload(path, file);
    send(app, request).await.0
}

fn request(caller: Caller, document: &str, variables: Value) -> Request {
    Request::new(document).variables(Variables::from_json(variables)).data(caller)
}

async fn send(app: &App, request: Request) -> (Outcome, HeaderMap) {
    let answer = app.api.execute(request).await;
    let mut headers = HeaderMap::new();
    for cookie in answer.http_headers.get_all(header::SET_COOKIE) {
        if let Ok(cookie) = HeaderValue::from_bytes(cookie.as_bytes()) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    if !answer.errors.is_empty() {
        tracing::warn!(errors = answer.errors.len(), "a link's page met an error");
        let message =
            "Le service ne peut pas répondre pour le moment. Réessayez dans quelques minutes.";
        return (Outcome::Refused { code: String::new(), message: message.to_owned() }, headers);
    }
    let mut data = answer.data.into_json().unwrap_or_default();
    let done = data["done"].take();
    let text = |name: &str| done[name].as_str().unwrap_or_default().to_owned();
    let outcome = if text("__typename") == "Refused" {
        Outcome::Refused { code: text("code"), message: text("message") }
    } else {
        Outcome::Done(done)
    };
    (outcome, headers)
}
