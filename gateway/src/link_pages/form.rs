//! What the pages of links show, and what comes back from them.

use minijinja::{Value, context};
use schema::ports::LinkPurpose;
use serde::Deserialize;
use serde_json::json;

use super::table::{Button, LinkPage};
use crate::link::path_of;

/// What a form of these pages may bear.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answers {
    pub(super) choice: Option<String>,
    last_name: Option<String>,
    first_name: Option<String>,
    password: Option<String>,
    password_confirmation: Option<String>,
}

/// The input of the mutation that `button` stands for.
pub(super) fn input_of(
    page: LinkPage,
    button: &Button,
    token: &str,
    answers: Answers,
) -> serde_json::Value {
    let mut input = json!({ "token": token });
    let mut put = |name: &str, value: Option<String>| {
        if button.needs_fields && page.fields.iter().any(|field| field.name == name) {
            input[name] = json!(value.unwrap_or_default());
        }
    };
    put("lastName", answers.last_name);
    put("firstName", answers.first_name);
    put("password", answers.password);
    put("passwordConfirmation", answers.password_confirmation);
    if page.purpose == LinkPurpose::AnswerAccess {
        input["answer"] = json!(button.choice);
    }
    input
}

/// The values of `confirm.html`: `who` asks, and what was wrong with what was typed before.
pub(super) fn of(page: LinkPage, token: &str, who: &str, error: &str) -> Value {
    let fields: Vec<Value> = page
        .fields
        .iter()
        .map(|field| {
            context! { name => field.name, label => field.label, kind => field.kind,
            autocomplete => field.autocomplete, hint => field.hint }
        })
        .collect();
    let buttons: Vec<Value> = page.buttons.iter().map(button).collect();
    let other = page.other_way.map(|(below, label)| {
        let address = format!("{}{below}", address(page, token));
        context! { address, label }
    });
    context! { title => page.title, text => page.text, who, fields, buttons, other, error }
}

fn button(button: &Button) -> Value {
    context! { value => button.choice, label => button.label, text => button.text,
    as_is => !button.needs_fields }
}

fn address(page: LinkPage, token: &str) -> String {
    format!("/{}/{token}", path_of(page.purpose))
}

/// The values of `message.html` when the link is over: a new one, or what needs none.
pub(super) fn renewal(page: LinkPage, token: &str, message: &str) -> Value {
    let here = address(page, token);
    let renew = context! { action => format!("{here}/renouveler"),
    label => "Recevoir un nouveau lien" };
    let late = page.buttons.iter().filter(|button| !button.needs_fields);
    let late = late.map(|late| {
        context! { action => here.clone(), value => late.choice, label => late.label,
        text => late.text }
    });
    let forms: Vec<Value> = std::iter::once(renew).chain(late).collect();
    context! { title => page.title, text => message, kind => "refused", forms }
}

/// « Madame Zoé Durand (Secrétaire) a demandé le … un compte pour l’établissement « … ». »: as
/// typed by whoever asked.
pub(super) fn who_asks(sign_up: &serde_json::Value) -> String {
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let civility = match sign_up["civility"].as_str() {
        Some("MADAME") => "Madame ",
        Some("MONSIEUR") => "Monsieur ",
        Some(_) | None => "",
    };
    let (first, last) = (text(&sign_up["firstName"]), text(&sign_up["lastName"]));
    let function = match sign_up["function"].as_str() {
        Some(function) => format!(" ({function})"),
        None => String::new(),
    };
    let school = match sign_up["school"]["name"].as_str() {
        Some(name) => {
            let city = text(&sign_up["school"]["city"]);
            format!("un compte pour l’établissement «\u{a0}{name}, {city}\u{a0}»")
        }
        None => "un compte à cette adresse".to_owned(),
    };
    let since = text(&sign_up["since"]);
    format!("{civility}{first} {last}{function} a demandé le {since} {school}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_says_who_asks_for_which_school_and_since_when() {
        let sign_up = json!({
            "civility": "MADAME", "lastName": "Durand", "firstName": "Zoé",
            "function": "Secrétaire", "school": { "name": "Collège Témoin", "city": "Nantes" },
            "since": "mercredi 13 janvier 2027 à 9\u{202f}h",
        });
        let invited = json!({ "lastName": "Petit", "firstName": "Luc", "since": "lundi" });

        assert_eq!(
            who_asks(&sign_up),
            "Madame Zoé Durand (Secrétaire) a demandé le mercredi 13 janvier 2027 à 9\u{202f}h un \
             compte pour l’établissement «\u{a0}Collège Témoin, Nantes\u{a0}»."
        );
        assert_eq!(who_asks(&invited), "Luc Petit a demandé le lundi un compte à cette adresse.");
    }
}
