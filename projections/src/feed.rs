//! What the read models tell those who wait: how far they are, and what happened.

use domain::{facts::Fact, kernel::envelope::Recorded};
use tokio::sync::{broadcast, watch};

/// How many changes a slow listener may lag behind before it loses some.
const BACKLOG: usize = 4096;

/// That an event is in the read models. Ids and names only: who listens reads what changed,
/// with their own rights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its position.
    pub position: u64,
    /// Its name (`SeatBooked`).
    pub event: &'static str,
    /// The type of its stream (`slot`).
    pub stream: String,
    /// The id of its stream.
    pub stream_id: String,
    /// The platform concerned, if one is.
    pub tenant: Option<String>,
}

impl From<&Recorded<Fact>> for Change {
    fn from(fact: &Recorded<Fact>) -> Self {
        Self {
            position: fact.position,
            event: fact.event.name(),
            stream: fact.stream.clone(),
            stream_id: fact.stream_id.clone(),
            tenant: fact.context.tenant.clone(),
        }
    }
}

/// The two channels.
#[derive(Debug)]
pub(crate) struct Feed {
    projected: watch::Sender<u64>,
    changes: broadcast::Sender<Change>,
}

impl Feed {
    pub(crate) fn new(position: u64) -> Self {
        Self { projected: watch::Sender::new(position), changes: broadcast::Sender::new(BACKLOG) }
    }

    pub(crate) fn projected(&self) -> watch::Receiver<u64> {
        self.projected.subscribe()
    }

    pub(crate) fn changes(&self) -> broadcast::Receiver<Change> {
        self.changes.subscribe()
    }

    /// All read models that are not paused have reached `position`.
    pub(crate) fn reached(&self, position: u64) {
        self.projected.send_if_modified(|reached| {
            let moved = *reached != position;
            *reached = position;
            moved
        });
    }

    /// Whether anyone listens.
    pub(crate) fn is_heard(&self) -> bool {
        self.changes.receiver_count() > 0
    }

    /// `change` is in them. Nobody listening is no fault.
    pub(crate) fn tell(&self, change: Change) {
        drop(self.changes.send(change));
    }
}
