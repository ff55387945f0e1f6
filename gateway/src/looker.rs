//! Looks at uploads in child processes: a file that breaks its reader breaks nothing else.

use std::sync::Arc;

use scans::{AT_ONCE, Reader, ReaderFault};
use tokio::{
    sync::{AcquireError, Semaphore},
    task::{JoinError, spawn_blocking},
};

/// Asks about one file at a time, so many at once. Stacks have a reader of their own, so that none
/// keeps it waiting.
#[derive(Debug)]
pub struct Looker {
    reader: Reader,
    /// Who waits for a child holds no thread meanwhile: others need them.
    places: Arc<Semaphore>,
}

/// What failed on our side: nothing is known of the file.
#[derive(Debug, thiserror::Error)]
pub enum LookFault {
    /// No child could be asked.
    #[error(transparent)]
    Reader(#[from] ReaderFault),
    /// The thread that asked it is lost.
    #[error("the thread that looked at a file is lost")]
    Lost(#[from] JoinError),
    /// The service closes.
    #[error("no more files are looked at")]
    Closed(#[from] AcquireError),
}

impl Looker {
    pub(crate) fn new(reader: Reader) -> Self {
        Self { reader, places: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// What a child answers to `ask`.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&Reader) -> Result<T, ReaderFault> + Send + 'static,
    ) -> Result<T, LookFault> {
        let place = Arc::clone(&self.places).acquire_owned().await?;
        let reader = self.reader.clone();
        // The place is kept until the child has ended, though nobody may wait for it any more.
        let asking = spawn_blocking(move || {
            let answer = ask(&reader);
            drop(place);
            answer
        });
        Ok(asking.await??)
    }
}
