//! Reading one batch ahead: while a batch is written, the next one is read and decoded.

use std::sync::Arc;

use tokio::task::JoinHandle;

use crate::{
    Fault,
    log::{Entry, Log},
};

/// A log that is read from one place on.
pub(crate) struct Ahead {
    log: Arc<dyn Log>,
    /// The position after which is being read, and what will be read.
    next: Option<(u64, Reading)>,
}

type Reading = JoinHandle<Result<Vec<Entry>, Fault>>;

impl Ahead {
    pub(crate) fn of(log: Arc<dyn Log>) -> Self {
        Self { log, next: None }
    }

    pub(crate) fn log(&self) -> &Arc<dyn Log> {
        &self.log
    }

    /// The events after `position`, as [`Log::read`]; a full lot of `most` has the one after it
    /// read meanwhile.
    pub(crate) async fn read(&mut self, position: u64, most: usize) -> Result<Vec<Entry>, Fault> {
        let waiting = self.next.take().filter(|(after, _)| *after == position);
        let mut entries = match waiting {
            Some((_, reading)) => reading.await??,
            None => self.log.read(position, most).await?,
        };
        // What was read ahead may be a larger lot than is wanted now.
        entries.truncate(most);
        if entries.len() == most
            && let Some(last) = entries.last().map(Entry::position)
        {
            let log = Arc::clone(&self.log);
            let reading = tokio::spawn(async move { log.read(last, most).await });
            self.next = Some((last, reading));
        }
        Ok(entries)
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        if let Some((_, reading)) = &self.next {
            reading.abort();
        }
    }
}
