//! How the service is, for who runs it.

use async_graphql::{Result, SimpleObject};
use projections::{
    Page as Found, SqlResult, Status, Window,
    correspondence::letters::{self, LetterStatus, Wanted},
};

use crate::{
    fault::unavailable,
    guard::{Call, port_fault},
    scalars::Instant,
};

/// État du service.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct Health {
    /// Version du programme.
    version: String,
    /// Démarrage de ce processus.
    since: Instant,
    /// Base du journal : SQLite ou PostgreSQL.
    database: String,
    /// Vrai si le journal répond.
    log: bool,
    /// Vrai si les documents se lisent.
    documents: bool,
    /// Vrai si tous les modèles de lecture suivent le journal.
    read_models: bool,
    /// Événements que le modèle le plus en retard n’a pas encore pris.
    lag: u64,
    /// Par où partent les courriels ; rien si aucun serveur n’est réglé.
    mail_server: Option<String>,
    /// Courriels à envoyer.
    letters_waiting: u64,
    /// Courriels dont un essai a échoué.
    letters_retrying: u64,
    /// Courriels abandonnés.
    letters_abandoned: u64,
}

/// How the service is now; whoever asks may.
pub(crate) async fn of(call: Call<'_>) -> Result<Health> {
    let around = call.service().health().await.map_err(port_fault)?;
    let states = call.read_db().states().await.map_err(|fault| unavailable(&fault))?;
    let head = *call.journal().head().borrow();
    let lag = states.iter().map(|state| head.saturating_sub(state.position)).max();
    let count = move |status| {
        call.read(move |db| -> SqlResult<u64> {
            let wanted = Wanted { status: Some(status), ..Wanted::default() };
            let found: Found<_> = letters::page(db, &wanted, Window { offset: 0, limit: 1 })?;
            Ok(found.total)
        })
    };
    Ok(Health {
        version: around.version.to_owned(),
        since: Instant(around.since),
        database: around.database.to_owned(),
        log: around.log,
        documents: around.documents,
        read_models: states.iter().all(|state| state.status == Status::Live),
        lag: lag.unwrap_or_default(),
        mail_server: around.mail_server,
        letters_waiting: count(LetterStatus::Requested).await?,
        letters_retrying: count(LetterStatus::Retrying).await?,
        letters_abandoned: count(LetterStatus::Abandoned).await?,
    })
}
