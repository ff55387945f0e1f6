//! That an event is in the log, and that the log is still the same, proved to someone who trusts
//! nobody: an RFC 6962 tree over the leaves of the events, and notes signed over it as C2SP's
//! tlog-checkpoint says. Checking needs no log: see [`Bundle::check`].

mod bundle;
mod check;
mod fault;
mod kept;
mod known;
mod note;
mod prove;
mod tree;

pub use bundle::{Bundle, BundledEvent, EarlierNote, StreamName};
pub use check::{Proven, Unproven};
pub use fault::ProofFault;
pub use note::{BadKey, BadNote, Note, VerifierKey};
pub use prove::Checkpoint;

pub(crate) use kept::{Kept, SignedNote};
pub(crate) use known::Known;
