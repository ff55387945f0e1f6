//! What goes wrong below the read models. None of it quotes a value of a row or an event.

use std::{error::Error, path::PathBuf, sync::Arc};

/// The infrastructure failed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// SQLite refused or failed.
    #[error("the read models' database failed while it {doing}")]
    Database {
        /// What it was doing (`ran a query`).
        doing: &'static str,
        /// Why not.
        #[source]
        source: Arc<rusqlite::Error>,
    },
    /// A file could not be opened, made or removed.
    #[error("{path} cannot be used")]
    File {
        /// Which.
        path: PathBuf,
        /// Why not.
        #[source]
        source: Arc<std::io::Error>,
    },
    /// Another process fills these read models.
    #[error("another process fills the read models in {0}")]
    Locked(PathBuf),
    /// The log could not be read.
    #[error("the log cannot be read")]
    Log(#[source] Arc<dyn Error + Send + Sync>),
    /// The task that ran it panicked or was stopped.
    #[error("a task of the read models was stopped")]
    Task(#[source] Arc<tokio::task::JoinError>),
    /// No read model has this name.
    #[error("no read model is called {0}")]
    NoSuchProjection(String),
    /// No rebuild has this number.
    #[error("there was no rebuild {0}")]
    NoSuchRebuild(u64),
}

impl Fault {
    pub(crate) fn database(doing: &'static str) -> impl FnOnce(rusqlite::Error) -> Self {
        move |source| Self::Database { doing, source: Arc::new(source) }
    }

    /// Writes the fault and all its causes to the program's log, once, where it is handled.
    pub(crate) fn report(&self, consequence: &str) {
        let mut cause: Option<&dyn Error> = Some(self);
        let causes = std::iter::from_fn(|| {
            let this = cause?;
            cause = this.source();
            Some(this.to_string())
        });
        let causes: Vec<String> = causes.collect();
        tracing::error!(error = causes.join(": "), "{consequence}");
    }

    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::File { path: path.into(), source: Arc::new(source) }
    }
}

impl From<tokio::task::JoinError> for Fault {
    fn from(source: tokio::task::JoinError) -> Self {
        Self::Task(Arc::new(source))
    }
}
