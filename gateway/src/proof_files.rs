//! Proofs to download: that of a convention, for those who audit its platform; the last signed note
//! and the key that checks it, which say nothing of anybody, for everybody.

use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use domain::{
    access::{Action, may},
    kernel::ids::ConventionId,
};
use journal::ProofFault;
use projections::{conventions::register, platforms::platform_hosts};
use schema::ports::Caller;
use serde::Deserialize;

use crate::{
    app::App,
    checkpoints::{file_name, prove_convention},
    files::{NoFile, attachment, facts, failed, none},
};

/// The proofs’ addresses.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/convention/{convention}/preuve.json", get(convention))
        .route("/journal/derniere.note", get(note))
        .route("/journal/cle.txt", get(key))
}

/// `?recit=1`: with what each event says, in clear.
#[derive(Debug, Deserialize)]
struct Asked {
    recit: Option<String>,
}

async fn convention(
    State(app): State<App>,
    Extension(caller): Extension<Caller>,
    Path(convention): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    match prove(&app, &caller, &convention, asked.recit.is_some()).await {
        Ok((name, bytes)) => attachment(&name, "application/json", bytes),
        Err(why) => none(&app, why),
    }
}

/// Whom one may not audit does not exist.
async fn prove(
    app: &App,
    caller: &Caller,
    convention: &str,
    in_words: bool,
) -> Result<(String, Vec<u8>), NoFile> {
    let convention: ConventionId = convention.parse().map_err(|_| NoFile::NotFound)?;
    let found = app.read.query(move |db| {
        let Some(row) = register::by_id(db, convention)? else {
            return Ok(None);
        };
        let parties = &row.parties;
        let attached = platform_hosts::is_attached(db, &parties.platform, &parties.host)?;
        Ok(Some((row, attached)))
    });
    let (row, attached) = found.await.map_err(|err| failed(&err))?.ok_or(NoFile::NotFound)?;
    if !may(&caller.viewer, Action::ReadAuditTrail, &facts(&row.parties, attached)) {
        return Err(NoFile::NotFound);
    }
    let bundle = prove_convention(&app.journal, &app.config, convention, None, in_words).await;
    let bundle = bundle.map_err(|fault| match fault {
        ProofFault::Nothing => NoFile::NotFound,
        fault => failed(&fault),
    })?;
    let bytes = serde_json::to_vec_pretty(&bundle).map_err(|err| failed(&err))?;
    Ok((format!("Preuve {}.json", row.reference), bytes))
}

async fn note(State(app): State<App>) -> Response {
    match app.journal.last_checkpoint().await {
        Ok(Some(last)) => {
            let text = last.note.text().to_owned();
            attachment(&file_name(&last.note), "text/plain; charset=utf-8", text.into())
        }
        Ok(None) => none(&app, NoFile::NotFound),
        Err(fault) => none(&app, failed(&fault)),
    }
}

async fn key(State(app): State<App>) -> Response {
    match app.journal.verifier_key(&app.config.log_origin()).await {
        Ok(key) => attachment("cle.txt", "text/plain; charset=utf-8", format!("{key}\n").into()),
        Err(fault) => none(&app, failed(&fault)),
    }
}
