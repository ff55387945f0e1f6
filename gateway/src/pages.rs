//! The few plain pages that the service draws itself: what this is, what a mailed link opens,
//! the demonstration's mailbox, and what to say when something is wrong.

use std::sync::LazyLock;

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse as _, Response},
};
use minijinja::{Environment, UndefinedBehavior, Value, context};

use crate::app::App;

const TEMPLATES: [(&str, &str); 9] = [
    ("layout.html", include_str!("../pages/layout.html")),
    ("home.html", include_str!("../pages/home.html")),
    ("message.html", include_str!("../pages/message.html")),
    ("confirm.html", include_str!("../pages/confirm.html")),
    ("signing.html", include_str!("../pages/signing.html")),
    ("lost_signing_link.html", include_str!("../pages/lost_signing_link.html")),
    ("verify.html", include_str!("../pages/verify.html")),
    ("letters.html", include_str!("../pages/letters.html")),
    ("letter.html", include_str!("../pages/letter.html")),
];

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Chainable);
    for (name, source) in TEMPLATES {
        if let Err(err) = environment.add_template(name, source) {
            tracing::error!(%err, name, "a page cannot be read");
        }
    }
    environment
});

/// The page `name` drawn with `values`, of which `title` is one; everything is escaped.
pub fn draw(name: &str, support: &str, values: Value) -> Html<String> {
    let values = context! { support, ..values };
    let page = ENVIRONMENT.get_template(name).and_then(|template| template.render(values));
    Html(page.unwrap_or_else(|err| {
        tracing::error!(%err, name, "a page cannot be drawn");
        "Cette page ne peut pas être affichée pour le moment.".to_owned()
    }))
}

/// A page that says one thing; `kind` is `done`, `refused` or nothing.
pub fn message(support: &str, title: &str, text: &str, kind: &str) -> Html<String> {
    draw("message.html", support, context! { title, text, kind })
}

/// The one style sheet, and the theme's after it.
pub async fn style(State(app): State<App>) -> Response {
    let sheet = format!("{}{}", include_str!("../pages/style.css"), app.theme.sheet());
    let mut response = sheet.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/css; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=300"));
    response
}

/// Lets a signatory draw; the page works without it.
pub async fn drawing() -> Response {
    script(include_str!("../pages/drawing.js"))
}

/// Hashes a file where it is, to verify it without sending it; fills in what a printed code says.
pub async fn verifying() -> Response {
    script(include_str!("../pages/verifying.js"))
}

fn script(text: &'static str) -> Response {
    let kind = HeaderValue::from_static("text/javascript; charset=utf-8");
    let kept = HeaderValue::from_static("max-age=300");
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_can_be_drawn_and_escapes_what_it_shows() {
        for (name, _) in TEMPLATES {
            let Html(page) = draw(name, "aide@exemple.fr", context! { title => "<b>&" });

            assert!(page.contains("&lt;b&gt;&amp;"), "{name}: {page}");
            assert!(page.contains("aide@exemple.fr"), "{name}");
        }
    }
}
