//! What goes wrong: faults (infrastructure, with a source), and how a command or a read ends
//! when it does not succeed.

use std::{error::Error, sync::Arc};

use domain::kernel::ids::PersonId;
use uuid::Uuid;

/// What lies behind a fault; shared, because one failed batch answers many callers.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// The infrastructure failed, or what it holds is not what was written.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// The log's database refused or did not answer. Whether a batch under way was committed
    /// is then unknown: repeating the command, with the same id, is safe.
    #[error("the log's database failed")]
    Database(#[source] Cause),
    /// The log's database did not answer in time.
    #[error("the log's database did not answer in time")]
    Unanswered,
    /// The store of the persons' keys failed.
    #[error("the store of the keys failed")]
    Keys(#[source] Cause),
    /// The master key is not the one that wrapped the keys of this store.
    #[error("the master key is not the one that wrapped these keys")]
    WrongMasterKey,
    /// A person's key is neither there nor known to be destroyed: an alarm.
    #[error("the key of {0} is missing, and no erasure says why")]
    KeyMissing(PersonId),
    /// Something sealed does not open with its person's key: an alarm.
    #[error("what is sealed for {0} is not authentic")]
    NotAuthentic(PersonId),
    /// The wrapped key that signs the log does not open: an alarm.
    #[error("the key that signs the log is not authentic")]
    SigningKey,
    /// An event, or what surrounds it, cannot be written as JSON or read back.
    #[error("{what} cannot be written or read back")]
    Format {
        /// What it was.
        what: &'static str,
        /// Why not.
        #[source]
        cause: Cause,
    },
    /// A text that names something in the log cannot be a key in every database.
    #[error("{0} bears a NUL character or is longer than 1000 bytes")]
    Name(&'static str),
    /// A command's id had served on another stream: each command has its own, and one that
    /// creates a stream derives the stream's id from it.
    #[error("command {command} was already given to {stream} {stream_id}")]
    CommandReused {
        /// The id.
        command: Uuid,
        /// The type of the stream that it wrote to.
        stream: String,
        /// The id of that stream.
        stream_id: String,
    },
    /// The writer died; nothing more can be appended until the journal is opened again.
    #[error("the writer of the log is gone")]
    WriterGone,
    /// What answers for the persons' keys died; the journal is to be opened again.
    #[error("the keeper of the keys is gone")]
    KeysGone,
    /// The task that ran a command panicked.
    #[error("the task of a command failed")]
    Task(#[source] Cause),
    /// The journal is closed, or closing.
    #[error("the journal is closed")]
    Closed,
    /// The settings name no log that this program knows.
    #[error("a log's address begins with memory:, sqlite: or postgres://")]
    Address,
    /// The framework was asked for what is never used of it.
    #[error("the framework is not used for {0}")]
    Framework(&'static str),
}

impl Fault {
    pub(crate) fn database(source: impl Error + Send + Sync + 'static) -> Self {
        Self::Database(Arc::new(source))
    }

    pub(crate) fn keys(source: impl Error + Send + Sync + 'static) -> Self {
        Self::Keys(Arc::new(source))
    }

    pub(crate) fn format(what: &'static str, source: impl Error + Send + Sync + 'static) -> Self {
        Self::Format { what, cause: Arc::new(source) }
    }

    /// The same for a type that what was read does not fit: what serde says of it may quote a
    /// value, so that only what it expected is kept.
    pub(crate) fn shape(what: &'static str, source: &dyn Error) -> Self {
        Self::format(what, Misfit::of(source))
    }

    pub(crate) fn task(source: tokio::task::JoinError) -> Self {
        Self::Task(Arc::new(source))
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(source: rusqlite::Error) -> Self {
        Self::database(source)
    }
}

impl From<sqlx::Error> for Fault {
    fn from(source: sqlx::Error) -> Self {
        Self::database(source)
    }
}

/// JSON does not fit its type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("it does not fit: {0}")]
pub(crate) struct Misfit(String);

impl Misfit {
    /// What serde says, without any value that it quotes.
    pub(crate) fn of(source: &dyn Error) -> Self {
        let said = source.to_string();
        if said.starts_with("missing field") || said.starts_with("no stream is") {
            return Self(said);
        }
        let expected = said.rsplit_once(", expected ");
        Self(expected.map_or_else(
            || "of another shape".to_owned(),
            |(_, expected)| format!("expected {expected}"),
        ))
    }
}

/// Why a command wrote nothing.
#[derive(Debug, Clone, thiserror::Error)]
pub enum HandleError<R: Error + 'static> {
    /// A rule of the aggregate says no.
    #[error("refused: {0}")]
    Refused(R),
    /// Another stream holds what the command would claim.
    #[error("something of {scope} is already taken")]
    Claimed {
        /// The scope of the claim (`login`).
        scope: &'static str,
    },
    /// Others kept writing to the stream, six times in a row.
    #[error("the stream kept changing")]
    Conflict,
    /// The command says something about a person who was erased.
    #[error("{0} was erased")]
    Erased(PersonId),
    /// The infrastructure failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why something could not be sealed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SealError {
    /// The person was erased: nothing more is kept about them.
    #[error("{0} was erased")]
    Erased(PersonId),
    /// The infrastructure failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

/// Why the log could not be read further.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ReadFault {
    /// The event at this position is not one that this program knows how to read. Whoever
    /// projects pauses there.
    #[error("the event at position {position} ({event} of {stream}) cannot be read")]
    Undecodable {
        /// Where it stands.
        position: u64,
        /// The type of its stream.
        stream: String,
        /// Its name.
        event: String,
        /// Why not.
        #[source]
        cause: Cause,
    },
    /// The event at this position is not what was written: its seal or its metadata is broken.
    #[error("the event at position {position} is damaged")]
    Damaged {
        /// Where it stands.
        position: u64,
        /// In what way.
        #[source]
        fault: Fault,
    },
    /// The infrastructure failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl ReadFault {
    /// The position at fault, when one is.
    pub fn position(&self) -> Option<u64> {
        match self {
            Self::Undecodable { position, .. } | Self::Damaged { position, .. } => Some(*position),
            Self::Fault(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_fault_never_quotes_what_was_read() {
        let wrong = serde_json::from_value::<u8>(json!("Zoé Martin")).unwrap_err();
        assert!(wrong.to_string().contains("Zoé"));

        let fault = Fault::shape("an event", &wrong);

        let all = format!("{fault} {fault:?}");
        assert!(!all.contains("Zoé"), "{all}");
        assert!(all.contains("expected u8"), "{all}");
    }
}
