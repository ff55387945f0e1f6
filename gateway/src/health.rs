//! Whether the service lives, and whether it may be sent people.

use std::time::Duration;

use axum::{Json, extract::State, http::StatusCode, response::IntoResponse};
use schema::ports::ServiceHealth;
use serde_json::json;

use crate::{app::App, ports::Service};

/// For how long what is asked may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// `/healthz`: the process answers.
pub async fn alive() -> impl IntoResponse {
    Json(json!({ "status": "alive" }))
}

/// `/readyz`: people may be sent here ([`App::is_ready`]). A log that does not answer is no reason
/// not to: pages are read all the same, and who changes something is told.
pub async fn ready(State(app): State<App>) -> impl IntoResponse {
    let head = *app.journal.head().borrow();
    let projected = *app.read.projected().borrow();
    let ready = app.is_ready();
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(json!({ "ready": ready, "position": head, "projected": projected })))
}

/// What the service is made of, and whether each part answers.
pub(crate) async fn of(service: &Service) -> ServiceHealth {
    let rows = service.journal.rows();
    let log = answers("the log", rows.get::<String>("health", "probe")).await;
    let documents = answers("the documents' store", service.store.probe()).await;
    let mail = &service.config.mail;
    let mail_server = mail.smtp_host.as_ref().map(|host| format!("{host}:{}", mail.smtp_port));
    let is_sqlite = service.config.database_url.starts_with("sqlite:");
    ServiceHealth {
        version: env!("CARGO_PKG_VERSION"),
        since: service.since,
        database: if is_sqlite { "SQLite" } else { "PostgreSQL" },
        log,
        documents,
        mail_server,
    }
}

async fn answers<T, E: std::error::Error>(
    what: &'static str,
    asked: impl Future<Output = Result<T, E>>,
) -> bool {
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(_)) => true,
        Ok(Err(err)) => {
            tracing::warn!(%err, what, "it does not answer");
            false
        }
        Err(_) => {
            tracing::warn!(what, "it does not answer in time");
            false
        }
    }
}
