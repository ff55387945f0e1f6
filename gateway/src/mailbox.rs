//! The demonstration’s mailbox in the browser: every letter, as its recipient sees it.

use axum::{
    Router,
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse as _, Response},
    routing::get,
};
use domain::kernel::ids::LetterId;
use jiff::Timestamp;
use mailer::stored::ReadMessage;
use minijinja::{Value, context};

use crate::{app::App, home, pages, post::MailboxFault};

/// The mailbox’s pages.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/courrier", get(list))
        .route("/courrier/{letter}", get(show))
        .route("/courrier/{letter}/html", get(html))
        .route("/courrier/{letter}/piece/{number}", get(attachment))
}

const ERASED: &str = "effacé";

async fn list(State(app): State<App>) -> Response {
    let Some(mailbox) = &app.post.mailbox else {
        return (StatusCode::NOT_FOUND, home::not_found(&app)).into_response();
    };
    match mailbox.list().await {
        Ok(letters) => {
            let letters: Vec<Value> =
                letters.iter().map(|kept| row(kept.letter, kept.message.as_ref())).collect();
            let values = context! { title => "Boîte aux lettres", letters };
            pages::draw("letters.html", &app.config.support_email, values).into_response()
        }
        Err(fault) => failed(&app, &fault),
    }
}

fn failed(app: &App, fault: &MailboxFault) -> Response {
    tracing::error!(err = fault as &dyn std::error::Error, "the mailbox failed");
    (StatusCode::SERVICE_UNAVAILABLE, home::unavailable(app)).into_response()
}

fn row(letter: LetterId, message: Option<&ReadMessage>) -> Value {
    let erased = || ERASED.to_owned();
    context! {
        id => letter.to_string(),
        from => message.map_or_else(erased, |it| it.from.clone()),
        to => message.map_or_else(erased, |it| it.to.join(", ")),
        subject => message.map_or_else(erased, |it| it.subject.clone()),
        date => message.and_then(|it| it.date.as_deref()).map(at_our_clock),
        text => message.map_or_else(erased, |it| it.text.clone()),
        attachments => message.map(|it| {
            it.attachments.iter().map(|file| file.name.clone()).collect::<Vec<_>>()
        }),
    }
}

/// « 25/11/2026 à 19:14 », in France.
fn at_our_clock(date: &str) -> String {
    let local = date.parse::<Timestamp>().and_then(|at| at.in_tz("Europe/Paris"));
    local.map_or_else(|_| date.to_owned(), |at| at.strftime("%d/%m/%Y à %H:%M").to_string())
}

/// The message of a letter; the response to give when there is none to show.
async fn message_of(app: &App, letter: &str) -> Result<(LetterId, Option<ReadMessage>), Response> {
    let letter: Option<LetterId> = letter.parse().ok();
    let (Some(mailbox), Some(letter)) = (&app.post.mailbox, letter) else {
        return Err(none(app));
    };
    match mailbox.get(letter).await {
        Ok(Some(kept)) => Ok((letter, kept.message)),
        Ok(None) => Err(none(app)),
        Err(fault) => Err(failed(app, &fault)),
    }
}

fn none(app: &App) -> Response {
    (StatusCode::NOT_FOUND, home::not_found(app)).into_response()
}

async fn show(State(app): State<App>, Path(letter): Path<String>) -> Response {
    match message_of(&app, &letter).await {
        Err(response) => response,
        Ok((letter, message)) => {
            let title = message.as_ref().map_or_else(|| ERASED.to_owned(), |it| it.subject.clone());
            let values = context! { title, letter => row(letter, message.as_ref()) };
            pages::draw("letter.html", &app.config.support_email, values).into_response()
        }
    }
}

/// The HTML of a letter, in a frame that may run nothing.
async fn html(State(app): State<App>, Path(letter): Path<String>) -> Response {
    match message_of(&app, &letter).await {
        Err(response) => response,
        Ok((_, message)) => {
            let page = message.map_or_else(|| ERASED.to_owned(), |it| it.html);
            // A link leaves the frame, as it leaves a mail program: in it no form could be sent.
            let page = page.replacen("<head>", "<head><base target=\"_top\">", 1);
            let mut response = Html(page).into_response();
            let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups \
                          allow-top-navigation-by-user-activation";
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
            response
        }
    }
}

async fn attachment(
    State(app): State<App>,
    Path((letter, number)): Path<(String, usize)>,
) -> Response {
    let message = match message_of(&app, &letter).await {
        Err(response) => return response,
        Ok((_, message)) => message,
    };
    let file = message.and_then(|mut it| {
        (number < it.attachments.len()).then(|| it.attachments.swap_remove(number))
    });
    match file {
        None => none(&app),
        Some(file) => crate::files::attachment(&file.name, &file.content_type, file.bytes),
    }
}
