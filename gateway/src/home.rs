//! `/`, and what to say when something is wrong.

use axum::response::Html;
use minijinja::{Value, context};

use crate::{app::App, pages};

/// What this is, and in the demonstration where to go.
pub fn page(app: &App) -> Html<String> {
    let accounts: Vec<Value> = app
        .demo_accounts
        .iter()
        .map(|it| context! { who => it.who, login => it.login, password => it.password })
        .collect();
    let values = context! {
        title => "Mini-stages et conventions",
        demo => app.config.demo,
        accounts,
    };
    pages::draw("home.html", &app.config.support_email, values)
}

/// Nothing at this address.
pub fn not_found(app: &App) -> Html<String> {
    let text = "Il n’y a pas de page à cette adresse. Elle est peut-être incomplète : \
                copiez-la en entier, ou repartez de l’accueil.";
    pages::message(&app.config.support_email, "Page introuvable", text, "")
}

/// The log or its rows do not answer.
pub fn unavailable(app: &App) -> Html<String> {
    let text = "Le service ne répond pas pour le moment. Rien n’est perdu : réessayez dans quelques minutes.";
    pages::message(&app.config.support_email, "Service momentanément indisponible", text, "refused")
}

/// Another site's page sent this.
pub fn foreign(app: &App) -> Html<String> {
    let text =
        "Cette demande vient d’un autre site : par sécurité, elle n’a pas été prise en compte.";
    pages::message(&app.config.support_email, "Demande refusée", text, "refused")
}

/// Whom the file is about was erased.
pub fn erased(app: &App) -> Html<String> {
    let text = "La personne dont parle ce document a été effacée : le document n’existe plus.";
    pages::message(&app.config.support_email, "Document effacé", text, "")
}
