//! What the read models need of the log: its events by position, and a sign that there are
//! more. The journal gives both; tests give a list.

use domain::{facts::Fact, kernel::envelope::Recorded};
use futures::future::BoxFuture;
use jiff::Timestamp;
use tokio::sync::watch;

use crate::Fault;

/// An event of the log, read or not.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// It could be read.
    Fact(Recorded<Fact>),
    /// It could not: every read model that wants events of its stream pauses there.
    Unreadable(Unreadable),
}

/// An event that this program cannot read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreadable {
    /// Its position.
    pub position: u64,
    /// Its id.
    pub id: uuid::Uuid,
    /// The type of its stream.
    pub stream: String,
    /// When the log took it.
    pub recorded_at: Timestamp,
    /// Why it cannot be read; quotes no value.
    pub reason: String,
}

impl Entry {
    /// Its position.
    pub fn position(&self) -> u64 {
        match self {
            Self::Fact(fact) => fact.position,
            Self::Unreadable(event) => event.position,
        }
    }

    /// The type of its stream.
    pub fn stream(&self) -> &str {
        match self {
            Self::Fact(fact) => &fact.stream,
            Self::Unreadable(event) => &event.stream,
        }
    }

    /// Its id.
    pub fn id(&self) -> uuid::Uuid {
        match self {
            Self::Fact(fact) => fact.id,
            Self::Unreadable(event) => event.id,
        }
    }

    /// When the log took it.
    pub fn recorded_at(&self) -> Timestamp {
        match self {
            Self::Fact(fact) => fact.recorded_at,
            Self::Unreadable(event) => event.recorded_at,
        }
    }
}

/// A log that can be followed.
pub trait Log: Send + Sync + 'static {
    /// The position of the last event, as far as this process was told: another one may have
    /// written since, which [`read`](Self::read) shows.
    fn head(&self) -> watch::Receiver<u64>;

    /// The events after `position`, in order and without a gap, at most `most`.
    fn read(&self, position: u64, most: usize) -> BoxFuture<'_, Result<Vec<Entry>, Fault>>;
}
