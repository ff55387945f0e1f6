//! Why nothing could be signed or proved.

use super::{Unproven, note::BadNote};
use crate::Fault;

/// Nothing was signed, nothing was proved.
#[derive(Debug, thiserror::Error)]
pub enum ProofFault {
    /// The infrastructure failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The name of the log cannot stand in a note.
    #[error("the name of the log is empty, or has a space or a plus sign")]
    Origin,
    /// The note that was given is none.
    #[error(transparent)]
    Note(#[from] BadNote),
    /// The log is not the continuation of what was signed: an alarm. Nothing more is signed until
    /// someone has looked.
    #[error("the log is not the continuation of the {size} events that were signed")]
    Diverged {
        /// How many events had been signed.
        size: u64,
    },
    /// An event is missing, or has no hash.
    #[error("no leaf can be read at position {position}")]
    Leaf {
        /// Where.
        position: u64,
    },
    /// No such stream, or not yet when the note was signed.
    #[error("there is no such stream in the log that the note covers")]
    Nothing,
    /// What was put together does not prove itself: the events are not those that were signed.
    #[error("the events are not those that were signed: {0}")]
    Unproven(#[from] Unproven),
}
