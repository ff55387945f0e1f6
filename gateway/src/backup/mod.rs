//! Backups: the log and the documents in one place, the keys in another, taken while one serves and
//! put back where nothing is. `docs/how-to/back-up.md` tells operators how.

mod documents;
mod erasures;
mod fault;
mod folder;
mod mailbox;
mod manifest;
mod restore;
mod take;

pub(crate) use documents::Documents;
pub(crate) use fault::BackupFault;
pub(crate) use restore::{Restore, Restored};
pub(crate) use take::{Order, Taken};

/// What is being done, for whoever watches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// Copying the log, or the keys: how many bytes were written is told.
    Copying(&'static str),
    /// Something with so many parts, of which so many are done.
    Counting(&'static str),
}

/// Told how far it is: so much, of how much.
pub(crate) type Progress<'p> = &'p (dyn Fn(Step, u64, u64) + Send + Sync);
