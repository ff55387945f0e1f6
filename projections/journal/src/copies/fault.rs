//! Why something was not copied, or not put back.

use std::{error::Error, io, sync::Arc};

use crate::{Cause, Fault};

/// Why something was not copied, or not put back.
#[derive(Debug, Clone, thiserror::Error)]
pub enum CopyFault {
    /// What is copied, or where it is put back, failed.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// No room is left where the copy is written.
    #[error("no room is left")]
    NoRoom(#[source] Cause),
    /// The copy cannot be written.
    #[error("the copy cannot be written")]
    Unwritten(#[source] Cause),
    /// The file is no copy, or a damaged one.
    #[error("the copy cannot be read")]
    Unreadable(#[source] Cause),
    /// The copy was taken by a later version of this program.
    #[error("the copy was taken by a later version")]
    Later,
    /// Something is already where it was to be put back.
    #[error("something is there already")]
    NotEmpty,
    /// What is in memory is neither copied nor put back.
    #[error("what is in memory is not copied")]
    InMemory,
}

/// SQLite could not write because the disk, or what the file may take of it, is full.
fn is_full(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull)
}

impl CopyFault {
    /// What a failure to write the copy means.
    pub(super) fn writing(error: rusqlite::Error) -> Self {
        let full = is_full(&error);
        let cause: Cause = Arc::new(error);
        if full { Self::NoRoom(cause) } else { Self::Unwritten(cause) }
    }

    /// The same where a file was handled.
    pub(super) fn file(error: io::Error) -> Self {
        let full = error.kind() == io::ErrorKind::StorageFull;
        let cause: Cause = Arc::new(error);
        if full { Self::NoRoom(cause) } else { Self::Unwritten(cause) }
    }

    pub(super) fn reading(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Unreadable(Arc::new(error))
    }
}
