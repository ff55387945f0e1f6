//! Whether the service lives, and whether it may be sent people.

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use serde_json::json;

use crate::app::App;

/// `/healthz`: the process answers.
pub async fn alive() -> impl IntoResponse {
    Json(json!({ "status": "alive" }))
}

/// `/readyz`: the log answers, and the read models have caught up with where it was.
pub async fn ready(State(app): State<App>) -> impl IntoResponse {
    let head = *app.journal.head().borrow();
    let projected = *app.read.projected().borrow();
    let ready = app.is_caught_up() && !app.is_stopping();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ready, "position": head, "projected": projected })))
}
