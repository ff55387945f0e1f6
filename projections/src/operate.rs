//! What an operator asks of the read models that this process fills.

use tokio::sync::watch;

use crate::{Fault, ReadDb, Rebuild, control, state};

impl ReadDb {
    /// Asks for a rebuild of these read models, of all if none is named; returns its number.
    /// The [`Runner`](crate::Runner) does it, while the old rows serve.
    pub async fn ask_rebuild(&self, names: Vec<String>) -> Result<u64, Fault> {
        let run = self.write(move |db, _| control::ask(db, &names)).await?;
        self.wake();
        Ok(run)
    }

    /// Wants a rebuild to end; the old rows stay. Whether it had not ended.
    pub async fn cancel_rebuild(&self, run: u64) -> Result<bool, Fault> {
        let cancelled = self
            .write(move |db, _| {
                control::cancel(db, run).map_err(Fault::database("cancelled a rebuild"))
            })
            .await?;
        self.wake();
        Ok(cancelled)
    }

    /// All rebuilds that were asked for, the latest first.
    pub async fn rebuilds(&self) -> Result<Vec<Rebuild>, Fault> {
        self.query(control::all).await
    }

    /// How far the rebuild is that this process works at, or worked at last.
    pub fn rebuilding(&self) -> watch::Receiver<Option<Rebuild>> {
        self.progress().subscribe()
    }

    /// Waits until the rebuild `run` has ended, in whatever way.
    pub async fn rebuilt(&self, run: u64) -> Result<Rebuild, Fault> {
        let mut progress = self.rebuilding();
        loop {
            progress.mark_unchanged();
            let rebuild = self.query(move |db| control::of(db, run)).await?;
            match rebuild {
                Some(rebuild) if rebuild.ended() => return Ok(rebuild),
                Some(_) => {}
                None => return Err(Fault::NoSuchRebuild(run)),
            }
            // The sender lives as long as `self`.
            progress.changed().await.ok();
        }
    }

    /// Lets a paused read model try again.
    pub async fn retry(&self, name: &str) -> Result<(), Fault> {
        let name = name.to_owned();
        self.write(move |db, _| state::retry(db, &name)).await?;
        self.wake();
        Ok(())
    }
}
