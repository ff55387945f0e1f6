//! Which address does what, and what surrounds every answer: who asks, limits, headers that
//! keep browsers safe, one log line.

use std::time::Duration;

use axum::{
    Router,
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::get,
};
use schema::ports::Caller;
use tower_http::{
    catch_panic::CatchPanicLayer, compression::CompressionLayer, limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};
use tracing::Instrument as _;

use crate::{
    address, app::App, feeds, files, graphql, health, home, link_pages, listeners, mailbox, pages,
    papers, portal, proof_files, session::cookies_of, signing_pages, specimen, stacks, theme,
};

/// Answers slower than this are given up.
const MOST_SECONDS: u64 = 60;

/// The whole service.
pub fn router(app: App) -> Router {
    let most_body = usize::try_from(app.most_upload_bytes).unwrap_or(usize::MAX) + 1024 * 1024;
    let mut people = Router::new()
        .route("/", get(portal::page))
        .route("/graphql", get(graphql::answer).post(graphql::answer))
        .route("/graphql/ws", get(listeners::subscribe))
        .merge(link_pages::routes())
        .merge(signing_pages::routes())
        .merge(files::routes())
        .merge(papers::routes())
        .merge(proof_files::routes())
        .merge(stacks::routes())
        .merge(feeds::routes())
        .merge(specimen::routes());
    if app.config.demo {
        people = people.merge(mailbox::routes());
    }
    people
        .route_layer(middleware::from_fn_with_state(app.clone(), recognise))
        .route("/style.css", get(pages::style))
        .route("/drawing.js", get(pages::drawing))
        .route("/verifying.js", get(pages::verifying))
        .route("/theme/{name}", get(theme::file))
        .route("/demo.json", get(portal::demo))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .fallback(portal::any)
        .layer(middleware::from_fn_with_state(app.clone(), guard))
        .layer(RequestBodyLimitLayer::new(most_body))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::GATEWAY_TIMEOUT,
            Duration::from_secs(MOST_SECONDS),
        ))
        .layer(CompressionLayer::new())
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(tell))
        .with_state(app)
}

/// Puts who asks beside the request.
async fn recognise(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let cookies = cookies_of(request.headers());
    let peer = request.extensions().get::<ConnectInfo<std::net::SocketAddr>>();
    let from = address::cut(peer.map(|peer| peer.0.ip()), request.headers(), &app.config);
    match app.caller(&cookies, from).await {
        Ok(caller) => {
            request.extensions_mut().insert::<Caller>(caller);
            next.run(request).await
        }
        Err(err) => {
            tracing::error!(err = &err as &dyn std::error::Error, "who asks could not be found");
            if request.uri().path() == "/graphql" {
                return graphql::unavailable(request.headers());
            }
            (StatusCode::SERVICE_UNAVAILABLE, home::unavailable(&app)).into_response()
        }
    }
}

/// Refuses what another site's page sends in a person's name, and tells browsers what our
/// answers may do.
async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let upgrades = request.headers().contains_key(header::UPGRADE);
    if (changes || upgrades) && !is_ours(&app, &request) {
        return (StatusCode::FORBIDDEN, home::foreign(&app)).into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in SAFE {
        headers.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if app.config.is_https() {
        let day = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, day);
    }
    response
}

const SAFE: [(&str, &str); 6] = [
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "SAMEORIGIN"),
    ("referrer-policy", "no-referrer"),
    ("cache-control", "no-store"),
    ("cross-origin-opener-policy", "same-origin"),
    (
        "content-security-policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; \
         object-src 'none'",
    ),
];

/// Browsers say from which site a request comes; programs say nothing, and bear no cookie of
/// somebody else's.
fn is_ours(app: &App, request: &Request) -> bool {
    let headers = request.headers();
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(HeaderName::from_static("sec-fetch-site")) {
        Some("same-origin" | "none") => return true,
        Some(_) => return false,
        None => {}
    }
    let host = text(header::HOST).unwrap_or_default();
    text(header::ORIGIN).is_none_or(|origin| {
        origin == app.config.public_url
            || origin.split_once("://").is_some_and(|(_, origin)| origin == host)
    })
}

/// One line per request: its route (never its address, which may hold a token), its status and
/// how long it took.
async fn tell(request: Request, next: Next) -> Response {
    let id = crate::ids::draw();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let span = tracing::info_span!("http", request.id = %id);
    let method = request.method().clone();
    let start = std::time::Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    span.in_scope(|| {
        tracing::info!(%method, route = route.as_deref().unwrap_or("-"), status, duration_ms = millis, "answered");
    });
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}
