//! What a platform’s conventions would look like with texts that are being typed: a specimen,
//! of nobody, whose codes are not ours.

use axum::{
    Extension, Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};
use documents::{
    RenderFault,
    convention::{
        ConventionContent, Guardian, Marks, Note, Placement, Pupil, School as Party, render,
    },
};
use domain::{
    access::{Action, Facts, may},
    kernel::slug::Slug,
};
use jiff::civil::time;
use projections::platforms::platform_list::{self, Platform};
use schema::ports::Caller;
use serde::Deserialize;

use crate::{app::App, clock, files::shown, home, pages, reactions::letterhead};

/// With this, codes authenticate nothing.
const NO_KEY: &[u8] = b"specimen";
const TITLE: &str = "Aperçu de la convention";

/// The specimen’s address.
pub fn routes() -> Router<App> {
    Router::new().route("/plateforme/{platform}/specimen", post(specimen))
}

/// What the form bears.
#[derive(Debug, Deserialize)]
struct Typed {
    /// [`Texts`] as JSON.
    texts: String,
}

#[derive(Debug, Deserialize)]
struct Texts {
    first: String,
    second: String,
    articles: Vec<Text>,
}

#[derive(Debug, Deserialize)]
struct Text {
    title: String,
    text: String,
}

async fn specimen(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(platform): Path<String>,
    Form(typed): Form<Typed>,
) -> Response {
    let Some(platform) = settable(&app, &caller, &platform).await else {
        return (StatusCode::NOT_FOUND, home::not_found(&app)).into_response();
    };
    let Ok(texts) = serde_json::from_str::<Texts>(&typed.texts) else {
        let text = "Ces textes n’ont pas pu être lus : rechargez la page, puis recommencez.";
        return refused(&app, StatusCode::BAD_REQUEST, text);
    };
    let Ok(content) = content(&app, &platform, texts).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, home::unavailable(&app)).into_response();
    };
    match tokio::task::spawn_blocking(move || render(&content, NO_KEY)).await {
        Ok(Ok(pdf)) => shown(pdf),
        Ok(Err(RenderFault::TooLong { .. })) => {
            let text = "Ces textes sont trop longs pour une convention : raccourcissez-les.";
            refused(&app, StatusCode::UNPROCESSABLE_ENTITY, text)
        }
        Ok(Err(_)) | Err(_) => {
            (StatusCode::SERVICE_UNAVAILABLE, home::unavailable(&app)).into_response()
        }
    }
}

fn refused(app: &App, status: StatusCode, text: &str) -> Response {
    (status, pages::message(&app.config.support_email, TITLE, text, "refused")).into_response()
}

/// The platform, for whoever may change its texts; for others there is none.
async fn settable(app: &App, caller: &Caller, name: &str) -> Option<Platform> {
    let slug: Slug = name.parse().ok()?;
    let facts = Facts::platform(slug.clone());
    may(&caller.viewer, Action::ChangeConventionArticles, &facts).then_some(())?;
    app.read.query(move |db| platform_list::by_slug(db, &slug)).await.ok().flatten()
}

async fn content(app: &App, platform: &Platform, texts: Texts) -> Result<ConventionContent, ()> {
    let today = clock::moment(app.journal.clock().now(), &platform.time_zone).local.date();
    let note = |text: String| Note { title: String::new(), text };
    let article = |it: Text| Note { title: it.title, text: it.text };
    let letterhead = letterhead(app, Some(platform)).await.map_err(drop)?;
    Ok(ConventionContent {
        reference: "SPECIMEN".to_owned(),
        issued: today,
        print: 1,
        host: party(&letterhead.name),
        letterhead,
        origin: party("Collège d’origine"),
        pupil: Pupil { name: "NOM Prénom".to_owned(), ..Pupil::default() },
        guardian: Guardian::default(),
        placement: Placement {
            formation: "Formation découverte".to_owned(),
            date: today,
            starts: time(8, 0, 0, 0),
            ends: time(12, 0, 0, 0),
            place: None,
            room: None,
            teacher: None,
        },
        articles: texts.articles.into_iter().map(article).collect(),
        notes: [texts.first, texts.second].into_iter().map(note).collect(),
        marks: Marks::default(),
    })
}

fn party(name: &str) -> Party {
    Party { name: name.to_owned(), ..Party::default() }
}
