//! What a mailed link opens. GET only shows a page with a button, so that mail scanners burn
//! nothing; POST does it, through the API like everybody else.

use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use minijinja::{Value, context};
use schema::ports::{Caller, LinkPurpose};
use serde::Deserialize;
use serde_json::json;

use crate::{app::App, link::path_of, pages};

/// One kind of page.
#[derive(Debug, Clone, Copy)]
struct LinkPage {
    purpose: LinkPurpose,
    title: &'static str,
    text: &'static str,
    fields: &'static [Field],
    /// The first is the main one; its value is the form's `choice`.
    buttons: &'static [(&'static str, &'static str)],
    /// The mutation, with `$input`; answers under `done`.
    mutation: &'static str,
    done: &'static str,
    /// Sends a new link when this one is over.
    renewal: Option<&'static str>,
}

#[derive(Debug, Clone, Copy)]
struct Field {
    name: &'static str,
    label: &'static str,
    kind: &'static str,
    autocomplete: &'static str,
    hint: &'static str,
    required: bool,
}

const RULE: &str =
    "Au moins 8 caractères, dont 1 majuscule, 1 minuscule, 1 chiffre et 1 caractère spécial";

const PASSWORD: Field = Field {
    name: "password",
    label: "Mot de passe",
    kind: "password",
    autocomplete: "new-password",
    hint: RULE,
    required: true,
};

const CONFIRMATION: Field = Field {
    name: "passwordConfirmation",
    label: "Confirmation du mot de passe",
    kind: "password",
    autocomplete: "new-password",
    hint: "",
    required: true,
};

const VERIFY: LinkPage = LinkPage {
    purpose: LinkPurpose::VerifyEmail,
    title: "Vérifier votre adresse",
    text: "Pour activer votre compte, confirmez que cette adresse est bien la vôtre.",
    fields: &[],
    buttons: &[("verify", "Vérifier votre Email")],
    mutation: "mutation($input: VerifyEmailInput!) { done: verifyEmail(input: $input) { __typename ... on Refused { code message } } }",
    done: "Votre adresse est vérifiée : vous pouvez vous connecter.",
    renewal: Some(
        "mutation($input: RenewVerificationInput!) { done: renewVerification(input: $input) { __typename ... on Refused { code message } } }",
    ),
};

const RESET: LinkPage = LinkPage {
    purpose: LinkPurpose::ResetPassword,
    title: "Choisir un nouveau mot de passe",
    text: "Le nouveau mot de passe remplace l’ancien, et ferme vos autres sessions.",
    fields: &[PASSWORD, CONFIRMATION],
    buttons: &[("reset", "Enregistrer le mot de passe")],
    mutation: "mutation($input: ResetPasswordInput!) { done: resetPassword(input: $input) { __typename ... on Refused { code message field } } }",
    done: "Votre mot de passe est changé : vous pouvez vous connecter.",
    renewal: None,
};

const CHANGE: LinkPage = LinkPage {
    purpose: LinkPurpose::ChangeEmail,
    title: "Confirmer votre nouvelle adresse",
    text: "Vous vous connecterez désormais avec cette adresse.",
    fields: &[],
    buttons: &[("change", "Confirmer cette adresse")],
    mutation: "mutation($input: ChangeEmailInput!) { done: changeEmail(input: $input) { __typename ... on Refused { code message } } }",
    done: "Votre adresse est changée.",
    renewal: None,
};

const SIGN_IN: LinkPage = LinkPage {
    purpose: LinkPurpose::SignIn,
    title: "Se connecter",
    text: "Ce lien vous connecte une fois, sans mot de passe.",
    fields: &[],
    buttons: &[("sign-in", "Me connecter")],
    mutation: "mutation($input: UseSignInLinkInput!) { done: useSignInLink(input: $input) { __typename ... on Refused { code message } } }",
    done: "Vous êtes connecté.",
    renewal: None,
};

const JOIN: LinkPage = LinkPage {
    purpose: LinkPurpose::JoinSpace,
    title: "Rejoindre l’espace de l’établissement",
    text: "Si vous avez déjà un compte à cette adresse, vos nom et mot de passe ne changent pas : \
           indiquez votre mot de passe actuel.",
    fields: &[
        Field {
            name: "lastName",
            label: "Votre nom",
            kind: "text",
            autocomplete: "family-name",
            hint: "",
            required: true,
        },
        Field {
            name: "firstName",
            label: "Votre prénom",
            kind: "text",
            autocomplete: "given-name",
            hint: "",
            required: true,
        },
        PASSWORD,
        CONFIRMATION,
    ],
    buttons: &[("join", "Rejoindre l’espace")],
    mutation: "mutation($input: JoinSpaceInput!) { done: joinSpace(input: $input) { __typename ... on Refused { code message field } } }",
    done: "Vous avez rejoint l’espace de l’établissement : vous pouvez vous connecter.",
    renewal: None,
};

const ANSWER: LinkPage = LinkPage {
    purpose: LinkPurpose::AnswerAccess,
    title: "Demande d’accès",
    text: "Une personne demande à partager l’espace de votre établissement ; le courriel dit qui.",
    fields: &[],
    buttons: &[("GRANT", "Donner l’accès"), ("DECLINE", "Refuser")],
    mutation: "mutation($input: AnswerAccessInput!) { done: answerAccess(input: $input) { __typename ... on Refused { code message } } }",
    done: "Votre réponse est enregistrée ; la personne est prévenue.",
    renewal: None,
};

const PAGES: [LinkPage; 6] = [VERIFY, RESET, CHANGE, SIGN_IN, JOIN, ANSWER];

/// A page per purpose, and the renewal of an expired verification.
pub fn routes() -> Router<App> {
    PAGES.into_iter().fold(Router::new(), |router, page| {
        let path = format!("/{}/{{token}}", path_of(page.purpose));
        let router = router.route(
            &path,
            get(async move |State(app): State<App>, Path(token): Path<String>| {
                show(page, &app, &token)
            })
            .post(move |state, caller, token, form| act(page, state, caller, token, form)),
        );
        let Some(renewal) = page.renewal else {
            return router;
        };
        let renew =
            axum::routing::post(move |state, caller, token| renew(renewal, state, caller, token));
        router.route(&format!("{path}/renouveler"), renew)
    })
}

/// What a form of these pages may bear.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answers {
    choice: Option<String>,
    last_name: Option<String>,
    first_name: Option<String>,
    password: Option<String>,
    password_confirmation: Option<String>,
}

fn show(page: LinkPage, app: &App, token: &str) -> Html<String> {
    let support = &app.config.support_email;
    if app.links.read(page.purpose, token).is_none() {
        return pages::message(support, page.title, NOT_OURS, "refused");
    }
    pages::draw("confirm.html", support, form_of(page, ""))
}

const NOT_OURS: &str =
    "Cette adresse n’est pas complète. Ouvrez le lien depuis le courriel, ou copiez-le en entier.";

fn form_of(page: LinkPage, error: &str) -> Value {
    let fields: Vec<Value> = page
        .fields
        .iter()
        .map(|field| {
            context! { name => field.name, label => field.label, kind => field.kind,
            autocomplete => field.autocomplete, hint => field.hint, required => field.required }
        })
        .collect();
    let buttons: Vec<Value> =
        page.buttons.iter().map(|(value, label)| context! { value, label }).collect();
    context! { title => page.title, text => page.text, fields, buttons, error }
}

async fn act(
    page: LinkPage,
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
    Form(answers): Form<Answers>,
) -> Response {
    let input = input_of(page, &token, answers);
    let (outcome, headers) = perform(&app, caller, page.mutation, input).await;
    let support = &app.config.support_email;
    let body = match outcome {
        Outcome::Done => pages::message(support, page.title, page.done, "done"),
        Outcome::Refused { code, message } if code == "LINK_EXPIRED" && page.renewal.is_some() => {
            let renew = format!("/{}/{token}/renouveler", path_of(page.purpose));
            let renew_label = "Recevoir un nouveau lien";
            let values = context! { title => page.title, text => message, kind => "refused", renew, renew_label };
            pages::draw("message.html", support, values)
        }
        Outcome::Refused { message, .. } if page.fields.is_empty() => {
            pages::message(support, page.title, &message, "refused")
        }
        Outcome::Refused { message, .. } => {
            pages::draw("confirm.html", support, form_of(page, &message))
        }
    };
    let mut response = body.into_response();
    response.headers_mut().extend(headers);
    response
}

fn input_of(page: LinkPage, token: &str, answers: Answers) -> serde_json::Value {
    let mut input = json!({ "token": token });
    let mut put = |name: &str, value: Option<String>| {
        if page.fields.iter().any(|field| field.name == name) {
            input[name] = json!(value.unwrap_or_default());
        }
    };
    put("lastName", answers.last_name);
    put("firstName", answers.first_name);
    put("password", answers.password);
    put("passwordConfirmation", answers.password_confirmation);
    if page.purpose == LinkPurpose::AnswerAccess {
        input["answer"] = json!(answers.choice.unwrap_or_default());
    }
    input
}

async fn renew(
    mutation: &'static str,
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(token): Path<String>,
) -> Html<String> {
    let (outcome, _) = perform(&app, caller, mutation, json!({ "token": token })).await;
    let support = &app.config.support_email;
    match outcome {
        Outcome::Done => {
            let text = "Un nouveau lien vient d’être envoyé à la même adresse.";
            pages::message(support, "Un nouveau lien", text, "done")
        }
        Outcome::Refused { message, .. } => {
            pages::message(support, "Un nouveau lien", &message, "refused")
        }
    }
}

enum Outcome {
    Done,
    Refused { code: String, message: String },
}

/// Runs a mutation in the caller's name; also answers the headers it sets (a session's cookie).
async fn perform(
    app: &App,
    caller: Caller,
    mutation: &str,
    input: serde_json::Value,
) -> (Outcome, HeaderMap) {
    let variables = async_graphql::Variables::from_json(json!({ "input": input }));
    let request = async_graphql::Request::new(mutation).variables(variables).data(caller);
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
    let data = answer.data.into_json().unwrap_or_default();
    let done = &data["done"];
    let text = |name: &str| done[name].as_str().unwrap_or_default().to_owned();
    let outcome = if text("__typename") == "Refused" {
        Outcome::Refused { code: text("code"), message: text("message") }
    } else {
        Outcome::Done
    };
    (outcome, headers)
}
