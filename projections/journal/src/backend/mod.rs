//! Where the log is: in memory, in a SQLite file or in PostgreSQL. The three pass one contract.

pub(crate) mod hold;
mod memory;
mod postgres;
mod sqlite;
pub(crate) mod sqlite_file;
mod thread;

pub(crate) use memory::Memory;
pub(crate) use postgres::{
    Postgres, migrate as postgres_migrate, migrate_log as postgres_log_migrate,
    within as postgres_within,
};
pub(crate) use sqlite::{
    EVENT as SQLITE_EVENT, MIGRATIONS as SQLITE_MIGRATIONS, Sqlite, event as sqlite_event,
    head as sqlite_head,
};
pub(crate) use thread::start;

use domain::kernel::ids::PersonId;
use tokio::sync::{mpsc, oneshot, watch};
use uuid::Uuid;

use crate::{
    Clock, Fault,
    append::{Work, Written},
    event::{Head, StoredEvent},
    proof::SignedNote,
};

/// What a writer works with.
#[derive(Debug)]
pub(crate) struct Desk {
    pub(crate) queue: mpsc::Receiver<Work>,
    pub(crate) clock: Clock,
    /// Where it says that the log has grown.
    pub(crate) head: watch::Sender<u64>,
    /// Where it says what it has committed itself, for those who tell other processes.
    pub(crate) committed: watch::Sender<u64>,
    pub(crate) hold: hold::Hold,
    /// Told when the writer has ended and closed what it had open.
    pub(crate) done: oneshot::Sender<()>,
}

/// The log, for its readers. An enum because the framework's traits are not dyn-compatible.
#[derive(Debug)]
pub(crate) enum Backend {
    Memory(Memory),
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Calls the method of the same name of whichever log it is.
macro_rules! of_each {
    ($self:ident.$method:ident($($argument:expr),*)) => {
        match $self {
            Self::Memory(log) => log.$method($($argument),*).await,
            Self::Sqlite(log) => log.$method($($argument),*).await,
            Self::Postgres(log) => postgres::within(log.$method($($argument),*)).await,
        }
    };
}

impl Backend {
    /// Where the log ends.
    pub(crate) async fn head(&self) -> Result<Head, Fault> {
        of_each!(self.head())
    }

    /// The events after a position, in order.
    pub(crate) async fn read(&self, after: u64, limit: usize) -> Result<Vec<StoredEvent>, Fault> {
        of_each!(self.read(after, limit))
    }

    /// The events of one stream, in order.
    pub(crate) async fn stream(
        &self,
        stream: String,
        stream_id: String,
    ) -> Result<Vec<StoredEvent>, Fault> {
        of_each!(self.stream(stream, stream_id))
    }

    /// What a command wrote.
    pub(crate) async fn command(&self, command: Uuid) -> Result<Option<Written>, Fault> {
        of_each!(self.command(command))
    }

    /// The stream that holds a claim.
    pub(crate) async fn claimant(
        &self,
        scope: String,
        key: String,
    ) -> Result<Option<String>, Fault> {
        of_each!(self.claimant(scope, key))
    }

    /// The persons about whom nothing more is appended.
    pub(crate) async fn erased(&self) -> Result<Vec<PersonId>, Fault> {
        of_each!(self.erased())
    }

    /// The value of a row that has not expired.
    pub(crate) async fn row(
        &self,
        kind: String,
        key: String,
        now: i64,
    ) -> Result<Option<String>, Fault> {
        of_each!(self.row(kind, key, now))
    }

    /// The keys and values of a kind of rows that have not expired.
    pub(crate) async fn rows(
        &self,
        kind: String,
        now: i64,
    ) -> Result<Vec<(String, String)>, Fault> {
        of_each!(self.rows(kind, now))
    }

    /// The leaves of the events after a position and up to another, in order.
    pub(crate) async fn leaves(&self, after: u64, last: u64) -> Result<Vec<Vec<u8>>, Fault> {
        of_each!(self.leaves(after, last))
    }

    /// The roots of the lots of the tree that are kept, by number.
    pub(crate) async fn lots(&self) -> Result<Vec<(u64, Vec<u8>)>, Fault> {
        of_each!(self.lots())
    }

    /// The last signed notes that are kept, the largest first.
    pub(crate) async fn checkpoints(&self, last: usize) -> Result<Vec<SignedNote>, Fault> {
        of_each!(self.checkpoints(last))
    }

    /// How many events there are, counted one by one.
    pub(crate) async fn count(&self) -> Result<u64, Fault> {
        of_each!(self.count())
    }
}
