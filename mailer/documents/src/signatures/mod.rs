//! The signatures in a PDF: who, when, and whether the file is as it was signed.
//!
//! Four things make a signature intact: its container is valid, what it covers
//! is unchanged, nothing but its own digits is left out of what it covers, and
//! the revisions that follow it only sign. Nothing is looked up elsewhere: no
//! revocation, no list of authorities but the one given.

mod algorithm;
mod checked;
mod claims;
mod field;
mod finding;
pub(crate) mod oid;
mod revisions;
mod trust;
mod verify;

pub(crate) use checked::answers;
pub use finding::{Integrity, Signature};
pub use revisions::unchanged_since;
pub use trust::{BadRoot, Trust};
pub use verify::verify;
