//! The way to whoever keeps the keys: a thread with a SQLite file, or a task with a PostgreSQL
//! database. Either does all that waits in one transaction, and fills and empties the cache
//! itself, so that no key outlives its destruction there.

use std::sync::Arc;

use domain::kernel::ids::PersonId;
use tokio::sync::{mpsc, oneshot};

use super::{
    Keys,
    ask::{Answer, Ask, BATCH},
    cache::Cache,
    crypt::Secrets,
    postgres, sqlite,
};
use crate::Fault;

/// Clones share the way; who keeps the keys ends with the last.
#[derive(Debug, Clone)]
pub(super) struct Store {
    sender: mpsc::Sender<Ask>,
    cache: Cache,
}

impl Store {
    /// Opens the keys at `place`, made if need be.
    pub(super) async fn open(place: &str, secrets: Arc<Secrets>) -> Result<Self, Fault> {
        let (sender, queue) = mpsc::channel(4 * BATCH);
        let cache = Cache::default();
        if place.starts_with("postgres://") || place.starts_with("postgresql://") {
            postgres::start(place, secrets, cache.clone(), queue).await?;
        } else {
            let (place, cache) = (place.to_owned(), cache.clone());
            let start = move || sqlite::start(&place, secrets, cache, queue);
            tokio::task::spawn_blocking(start).await.map_err(Fault::task)??;
        }
        Ok(Self { sender, cache })
    }

    pub(super) fn cached(&self, persons: &[PersonId]) -> (Keys, Vec<PersonId>) {
        self.cache.split(persons)
    }

    pub(super) fn forget(&self, person: PersonId) {
        self.cache.forget(person);
    }

    pub(super) async fn ask<T>(&self, ask: impl FnOnce(Answer<T>) -> Ask) -> Result<T, Fault> {
        let (answer, receiver) = oneshot::channel();
        let sent = self.sender.send(ask(answer)).await;
        sent.map_err(|_| Fault::KeysGone)?;
        receiver.await.map_err(|_| Fault::KeysGone)?
    }
}
