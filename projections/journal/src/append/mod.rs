//! What one command asks the log to take, how it is answered, and the decision taken under
//! the lock on the head ([`plan`]).

mod plan;
mod queue;
mod wanted;

pub(crate) use plan::{Facts, Holder, Plan, plan};
pub(crate) use queue::{Batch, Outcomes, Work, Writer};
pub(crate) use wanted::Wanted;

use domain::kernel::ids::PersonId;
use uuid::Uuid;

use crate::{Fault, rows::RowWrite};

/// The most appends that one transaction takes.
pub(crate) const BATCH: usize = 256;

/// What one accepted command asks the log to take, all or nothing.
#[derive(Debug, Clone)]
pub(crate) struct Append {
    pub(crate) stream: &'static str,
    pub(crate) stream_id: String,
    /// The sequence of the stream that the decision was taken at.
    pub(crate) expected: u64,
    pub(crate) command: Uuid,
    pub(crate) tenant: Option<String>,
    pub(crate) events: Vec<NewEvent>,
    pub(crate) claims: Vec<ClaimChange>,
    /// Whom it says something about that an erasure forbids.
    pub(crate) about: Vec<PersonId>,
    /// Whom it erases.
    pub(crate) erases: Option<PersonId>,
    pub(crate) rows: Vec<RowWrite>,
}

/// An event, sealed, that has no position yet.
#[derive(Debug, Clone)]
pub(crate) struct NewEvent {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) payload: String,
    pub(crate) metadata: String,
}

/// A claim taken or given back; its key is ready to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClaimChange {
    pub(crate) takes: bool,
    pub(crate) scope: &'static str,
    pub(crate) key: String,
    pub(crate) person: Option<PersonId>,
}

/// Where the events of a command stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) stream: String,
    pub(crate) stream_id: String,
    pub(crate) first: u64,
    pub(crate) last: u64,
    /// Whether the command had been given before, so that these are its first positions.
    pub(crate) repeated: bool,
}

/// Why an append wrote nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub(crate) enum AppendRefusal {
    #[error("the stream is not at the expected sequence")]
    Conflict,
    #[error("something of {scope} is already taken")]
    Claimed { scope: &'static str },
    #[error("{0} was erased")]
    Erased(PersonId),
    #[error(transparent)]
    Fault(#[from] Fault),
}
