//! The log of events: one order without gaps, written in batches, in memory, in a SQLite file
//! or in PostgreSQL; a hash chain over it; one key a person, so that a person can be erased
//! from a log that never changes; and the small rows that are not events.
//!
//! The only crate that knows cqrs-es and postgres-es. Everyone else speaks to a [`Journal`].

mod aggregate;
mod append;
mod backend;
mod clock;
mod copies;
mod duty;
mod erase;
mod event;
mod execute;
mod fault;
mod ids;
mod journal;
mod keyring;
mod metadata;
mod name;
mod proof;
mod read;
mod repository;
mod rows;
mod seal;
mod settings;
mod streams;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod upcast;
mod verify;

#[cfg(test)]
mod contract;

pub use clock::Clock;
pub use copies::{
    CopiedEvent, CopyFault, LogCopy, Scan, copy_keys, copy_log, is_wrapped_by, keys_are_empty,
    log_is_empty, restore_keys, restore_log,
};
pub use duty::{Duty, Turn};
pub use execute::Handled;
pub use fault::{Cause, Fault, HandleError, ReadFault, SealError};
pub use journal::Journal;
pub use keyring::{Keyring, Opened};
pub use proof::{
    BadKey, BadNote, Bundle, BundledEvent, Checkpoint, EarlierNote, Note, ProofFault, Proven,
    StreamName, Unproven, VerifierKey,
};
pub use read::Undecoded;
pub use rows::{Row, RowWrite, Rows};
pub use settings::{MasterKey, NotAMasterKey, Settings};
pub use upcast::Upcaster;
pub use verify::{Flaw, VerifyReport};
