//! How far a rebuild is, told at once in this process and now and then to others.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use rusqlite::Connection;

use crate::{Fault, ReadDb, Rebuild, Stage, control, log::Log};

/// How often other processes are told how far it is.
const NOW_AND_THEN: Duration = Duration::from_millis(250);

/// A rebuild, and those who want to know of it.
pub(super) struct News {
    pub(super) rebuild: Rebuild,
    read: ReadDb,
    log: Arc<dyn Log>,
    /// When this process began, and at which position.
    began: (Instant, u64),
    /// When other processes were last told.
    told: Option<Instant>,
}

impl News {
    pub(super) fn new(rebuild: Rebuild, read: ReadDb, log: Arc<dyn Log>) -> Self {
        let began = (Instant::now(), rebuild.done);
        Self { rebuild, read, log, began, told: None }
    }

    /// The rebuild as it is once it has ended.
    pub(super) fn as_ended(&self, stage: Stage) -> Rebuild {
        let total = self.rebuild.done.max(self.rebuild.total);
        Rebuild { stage, total, ..self.rebuild.clone() }
    }

    /// Tells this process, and others when it is time or `now`.
    pub(super) async fn tell(&mut self, now: bool) -> Result<(), Fault> {
        let (began, from) = self.began;
        let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let done = self.rebuild.done;
        self.rebuild.total = done.max(*self.log.head().borrow());
        self.rebuild.rate = done.saturating_sub(from).saturating_mul(1000) / millis.max(1);
        if now || self.told.is_none_or(|it| it.elapsed() >= NOW_AND_THEN) {
            self.told = Some(Instant::now());
            let rebuild = self.rebuild.clone();
            let note = move |db: &mut Connection, _: &ReadDb| {
                control::note(db, &rebuild).map_err(Fault::database("noted how far a rebuild is"))
            };
            self.read.write(note).await?;
        }
        let known = Some(self.rebuild.clone());
        self.read.progress().send_replace(known);
        Ok(())
    }
}
