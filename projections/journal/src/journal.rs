//! The journal: opened once, shared by all, closed at the end.

use std::{path::Path, sync::Arc, time::Duration};

use domain::kernel::personal::ClaimKey;
use tokio::{
    sync::{Mutex, OwnedRwLockReadGuard, RwLock, oneshot, watch},
    task::AbortHandle,
};

use crate::{
    Clock, Fault, Keyring, Rows, Settings,
    append::{Append, AppendRefusal, Writer, Written},
    backend::{self, Backend, Memory, Postgres, Sqlite, hold::Hold},
    name::name,
    rows::{RowAnswer, RowOp},
    streams::Streams,
    upcast::Upcasters,
};

/// How often a log that other processes may write to is asked where it ends.
const POLL: Duration = Duration::from_millis(500);

/// The log, its keys and its rows; clones share them.
#[derive(Debug, Clone)]
pub struct Journal {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) backend: Backend,
    pub(crate) keyring: Keyring,
    pub(crate) clock: Clock,
    pub(crate) upcasters: Upcasters,
    pub(crate) streams: Streams,
    pub(crate) head: watch::Sender<u64>,
    writer: Writer,
    /// Resolved when the writer has ended.
    ended: Mutex<Option<oneshot::Receiver<()>>>,
    /// Held for reading while something is under way; true once closed.
    closed: Arc<RwLock<bool>>,
    /// What watches the head; ends with the journal.
    watchers: Vec<AbortHandle>,
    #[cfg(test)]
    pub(crate) hold: Hold,
}

impl Journal {
    /// Opens the log and the keys, made and migrated if need be, and finishes the erasures
    /// that a crash has interrupted.
    pub async fn open(settings: Settings) -> Result<Self, Fault> {
        let clock = settings.clock.clone();
        let keyring = Keyring::at(&settings.keys, &settings.master_key, clock.clone()).await?;
        let (writer, queue) = Writer::new();
        let (head, _) = watch::channel(0);
        let (done, ended) = oneshot::channel();
        let hold = Hold::new();
        let desk = backend::Desk {
            queue,
            clock: clock.clone(),
            head: head.clone(),
            committed: watch::channel(0).0,
            hold: hold.clone(),
            done,
        };
        let (backend, mut watchers) = open_log(&settings.url, desk).await?;
        advance(&head, backend.head().await?.position);
        let inner = Arc::new_cyclic(|inner| {
            watchers.push(poll(inner.clone()));
            Inner {
                backend,
                keyring,
                clock,
                upcasters: Upcasters::new(&settings.upcasters),
                streams: Streams::new(),
                head,
                writer,
                ended: Mutex::new(Some(ended)),
                closed: Arc::default(),
                watchers,
                #[cfg(test)]
                hold,
            }
        });
        let journal = Self { inner };
        journal.finish_erasures().await?;
        Ok(journal)
    }

    /// The position of the last event, as it changes: what wakes readers.
    pub fn head(&self) -> watch::Receiver<u64> {
        self.inner.head.subscribe()
    }

    /// The persons' keys.
    pub fn keyring(&self) -> &Keyring {
        &self.inner.keyring
    }

    /// The rows that are not events.
    pub fn rows(&self) -> Rows {
        Rows::new(Arc::clone(&self.inner))
    }

    /// The clock that dates the events.
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The position of the last event, asked of the database: also whether it answers.
    pub async fn position(&self) -> Result<u64, Fault> {
        Ok(self.inner.backend.head().await?.position)
    }

    /// The id of the stream that holds a claim.
    pub async fn claimant(&self, scope: &str, key: &ClaimKey) -> Result<Option<String>, Fault> {
        let (key, _) = self.inner.keyring.claim_key(scope, key);
        let key = name("a claim's key", &key)?;
        self.inner.backend.claimant(scope.to_owned(), key).await
    }

    /// Takes nothing more, finishes what was accepted, and ends the writer. Reading goes on.
    pub async fn close(&self) {
        *self.inner.closed.write().await = true;
        self.inner.writer.close();
        if let Some(ended) = self.inner.ended.lock().await.take() {
            // Whether it ended well or died, it is no more.
            ended.await.ok();
        }
        for watcher in &self.inner.watchers {
            watcher.abort();
        }
    }
}

impl Inner {
    /// Says that something is under way, which [`Journal::close`] waits for.
    pub(crate) async fn enter(&self) -> Result<OwnedRwLockReadGuard<bool>, Fault> {
        let closed = Arc::clone(&self.closed).read_owned().await;
        if *closed {
            return Err(Fault::Closed);
        }
        Ok(closed)
    }

    pub(crate) async fn append(&self, append: Append) -> Result<Written, AppendRefusal> {
        self.writer.append(append).await
    }

    /// PostgreSQL has many writers; the others have one, who does it between two batches.
    pub(crate) async fn row_op(&self, op: RowOp) -> Result<RowAnswer, Fault> {
        match &self.backend {
            Backend::Postgres(log) => log.row_op(&op, self.clock.micros()).await,
            Backend::Memory(_) | Backend::Sqlite(_) => self.writer.row(op).await,
        }
    }
}

impl Drop for Inner {
    fn drop(&mut self) {
        for watcher in &self.watchers {
            watcher.abort();
        }
    }
}

async fn open_log(url: &str, desk: backend::Desk) -> Result<(Backend, Vec<AbortHandle>), Fault> {
    if url == "memory:" {
        let log = Memory::default();
        backend::start(log.clone(), desk)?;
        Ok((Backend::Memory(log), Vec::new()))
    } else if let Some(path) = url.strip_prefix("sqlite:") {
        let path = Path::new(path).to_owned();
        let opening = tokio::task::spawn_blocking(move || Sqlite::open(&path));
        let (log, writer) = opening.await.map_err(Fault::task)??;
        backend::start(writer, desk)?;
        Ok((Backend::Sqlite(log), Vec::new()))
    } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
        let (log, watchers) = Postgres::open(url, desk).await?;
        Ok((Backend::Postgres(log), watchers))
    } else {
        Err(Fault::Address)
    }
}

/// Says that the log now ends at `position`, unless it was known to end further.
pub(crate) fn advance(head: &watch::Sender<u64>, position: u64) {
    head.send_if_modified(|known| {
        let further = position > *known;
        *known = position.max(*known);
        further
    });
}

/// Asks the log where it ends, again and again: the truth, when a message was lost or
/// another process writes.
fn poll(inner: std::sync::Weak<Inner>) -> AbortHandle {
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(POLL).await;
            let Some(inner) = inner.upgrade() else { break };
            match inner.backend.head().await {
                Ok(head) => advance(&inner.head, head.position),
                Err(error) => tracing::warn!(?error, "the log does not say where it ends"),
            }
        }
    })
    .abort_handle()
}
