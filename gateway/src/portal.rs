//! The portal: the pages of `gateway/portal`, embedded as its build wrote them. Every address that
//! is nobody else's and that a browser opens answers the one page, which finds its own way.

use std::{collections::HashMap, path::Path};

use axum::{
    Json,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{Html, IntoResponse as _, Response},
};
use rust_embed::{EmbeddedFile, RustEmbed};
use serde_json::json;

use crate::{app::App, home};

/// What the build of the portal left; nothing when it was not built.
#[derive(RustEmbed)]
#[folder = "portal/dist"]
#[allow_missing = true]
struct Built;

const PAGE: &str = "index.html";

/// `GraphiQL`'s page and what it loads: for the demonstration only.
const GRAPHIQL: &str = "graphiql/index.html";
const GRAPHIQL_FILES: &str = "graphiql/";

/// `GraphiQL` writes style sheets as it draws (its dialogs and its drag handles), and its fonts and
/// icons are in its own style sheet; its scripts come as files of ours, like everything else.
const GRAPHIQL_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' \
    'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri \
    'none'; form-action 'none'; frame-ancestors 'none'";

/// The documents that the portal asks for, by the names under which it does.
pub fn operations() -> HashMap<String, String> {
    let listed = Built::get(".operations.json");
    listed.and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

/// The portal's page, or until it is built the plain one.
pub async fn page(State(app): State<App>, headers: HeaderMap) -> Response {
    let dressed = Built::get(PAGE).map(|built| app.theme.dress(&built.data));
    match dressed {
        Some(Some(dressed)) => Html(dressed).into_response(),
        Some(None) => file(PAGE, &headers).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response()),
        None => home::page(&app).into_response(),
    }
}

/// What the first page of a demonstration tells: who may sign in, and where the mail is read. Elsewhere, nobody and nothing.
pub async fn demo(State(app): State<App>) -> Response {
    let accounts: Vec<_> = app
        .demo_accounts
        .iter()
        .map(|it| json!({ "who": it.who, "login": it.login, "password": it.password }))
        .collect();
    Json(json!({ "demo": app.config.demo, "accounts": accounts })).into_response()
}

/// `GraphiQL`, when it was built.
pub fn graphiql(headers: &HeaderMap) -> Option<Response> {
    let mut page = file(GRAPHIQL, headers)?;
    let policy = HeaderValue::from_static(GRAPHIQL_POLICY);
    page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Some(page)
}

/// A file of the build, a page of the portal, or nothing.
pub async fn any(State(app): State<App>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let path = uri.path().trim_start_matches('/');
    let is_read = matches!(method, Method::GET | Method::HEAD);
    let is_served =
        is_read && path != GRAPHIQL && (app.config.demo || !path.starts_with(GRAPHIQL_FILES));
    let found = if is_served { file(path, &headers) } else { None };
    if let Some(found) = found {
        return found;
    }
    let is_page = is_read && Path::new(path).extension().is_none() && wants_page(&headers);
    match Built::get(PAGE) {
        Some(_) if is_page => page(State(app), headers).await,
        _ => (StatusCode::NOT_FOUND, home::not_found(&app)).into_response(),
    }
}

fn wants_page(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// The file at `path` as the browser takes it best.
fn file(path: &str, headers: &HeaderMap) -> Option<Response> {
    let kind = kind_of(path)?;
    let (coding, file) = best(path, headers)?;
    let tag = format!("\"{}{}\"", coding.unwrap_or("id"), hex::encode(file.metadata.sha256_hash()));
    let known = headers.get(header::IF_NONE_MATCH).is_some_and(|tags| tags == tag.as_str());
    let mut response = if known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.data.into_owned().into_response()
    };
    let said = response.headers_mut();
    said.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    said.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Some(coding) = coding {
        said.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        said.insert(header::ETAG, tag);
    }
    // The names of these files change with their bytes.
    let kept = if path.starts_with("assets/") || path.starts_with("graphiql/assets/") {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    said.insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    Some(response)
}

/// The smallest of the forms of a file that the browser accepts.
fn best(path: &str, headers: &HeaderMap) -> Option<(Option<&'static str>, EmbeddedFile)> {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok());
    let accepts = |coding: &str| {
        accepted.is_some_and(|list| {
            list.split(',').any(|one| one.trim().split(';').next() == Some(coding))
        })
    };
    let packed =
        [("br", "br"), ("gzip", "gz")].into_iter().filter(|(coding, _)| accepts(coding)).find_map(
            |(coding, ending)| Some((Some(coding), Built::get(&format!("{path}.{ending}"))?)),
        );
    packed.or_else(|| Some((None, Built::get(path)?)))
}

/// What a file is, by its name; nothing for what the build leaves for the server only.
fn kind_of(path: &str) -> Option<&'static str> {
    Some(match Path::new(path).extension()?.to_str()? {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "png" => "image/png",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        _ => return None,
    })
}
