//! What the read models need of the log: its events by position, and a sign that there are
//! more. The journal gives both; tests give a list.

use std::sync::Arc;

use domain::{facts::Fact, kernel::envelope::Recorded};
use futures::future::{BoxFuture, FutureExt as _};
use jiff::Timestamp;
use journal::{Journal, ReadFault};
use tokio::sync::watch;

use uuid::Uuid;

use crate::{Definition, Fault};

/// An event of the log, read or not.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// It could be read.
    Fact(Recorded<Fact>),
    /// It could not: every read model that wants events of its stream pauses before it.
    Unreadable(Unreadable),
}

/// An event that this program cannot read.
#[derive(Debug, Clone, PartialEq)]
pub struct Unreadable {
    /// Its position.
    pub position: u64,
    /// What surrounds it, unless that cannot be read either.
    pub envelope: Option<Envelope>,
    /// Why it cannot be read; quotes no value.
    pub reason: String,
}

/// What is known of an event that cannot be read.
#[derive(Debug, Clone, PartialEq)]
pub struct Envelope {
    /// Its id.
    pub id: Uuid,
    /// The type of its stream.
    pub stream: String,
    /// When the log took it.
    pub recorded_at: Timestamp,
}

impl Entry {
    /// Its position.
    pub fn position(&self) -> u64 {
        match self {
            Self::Fact(fact) => fact.position,
            Self::Unreadable(event) => event.position,
        }
    }

    /// Whether `definition` wants it; an event of which nothing is known is for all.
    pub(crate) fn is_for(&self, definition: &Definition) -> bool {
        match self {
            Self::Fact(fact) => definition.wants(&fact.stream),
            Self::Unreadable(Unreadable { envelope, .. }) => {
                envelope.as_ref().is_none_or(|known| definition.wants(&known.stream))
            }
        }
    }

    /// Its id, if it is known.
    pub(crate) fn id(&self) -> Option<Uuid> {
        match self {
            Self::Fact(fact) => Some(fact.id),
            Self::Unreadable(event) => event.envelope.as_ref().map(|it| it.id),
        }
    }

    /// When the log took it, if it is known.
    pub(crate) fn recorded_at(&self) -> Option<Timestamp> {
        match self {
            Self::Fact(fact) => Some(fact.recorded_at),
            Self::Unreadable(event) => event.envelope.as_ref().map(|it| it.recorded_at),
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

impl Log for Journal {
    fn head(&self) -> watch::Receiver<u64> {
        Journal::head(self)
    }

    fn read(&self, position: u64, most: usize) -> BoxFuture<'_, Result<Vec<Entry>, Fault>> {
        async move {
            match Journal::read(self, position, most).await {
                Ok(events) => Ok(events.into_iter().map(Entry::Fact).collect()),
                Err(ReadFault::Fault(fault)) => Err(Fault::Log(Arc::new(fault))),
                Err(
                    fault @ (ReadFault::Undecodable { position, .. }
                    | ReadFault::Damaged { position, .. }),
                ) => {
                    let envelope = self.read_undecoded(position.saturating_sub(1), 1).await;
                    let found = envelope.ok().and_then(|it| it.into_iter().next());
                    Ok(vec![Entry::Unreadable(Unreadable {
                        position,
                        envelope: found.map(|event| Envelope {
                            id: event.id,
                            stream: event.stream,
                            recorded_at: event.recorded_at,
                        }),
                        reason: fault.to_string(),
                    })])
                }
            }
        }
        .boxed()
    }
}
