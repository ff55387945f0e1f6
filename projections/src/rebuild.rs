//! Building read models anew while the old ones serve: into a file beside, from the first
//! event on, at the pace of the machine; once it has caught up, its rows take the place of
//! the old ones in one transaction. Readers see the one or the other, never a half of both.
//!
//! Where it stands is in the new file, so that it goes on after a restart. Nothing reacts to
//! a rebuild: what reacts to events reads the log, not the read models.

mod news;
mod swap;

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    Definition, Fault, ReadDb, Rebuild, Stage,
    ahead::Ahead,
    batch,
    connection::Place,
    control,
    log::Log,
    rebuild::news::News,
    runner::{LOT, POLL},
    scrub,
    state::{self, Status},
};

/// Rebuilds what is asked for, one run after the other, until it is stopped.
pub(crate) async fn run(read: ReadDb, log: Arc<dyn Log>, mut stopped: watch::Receiver<bool>) {
    let mut woken = read.wakes();
    if let Err(fault) = tidy(&read).await {
        fault.report("what is left of an earlier rebuild stays");
    }
    while !*stopped.borrow() {
        let worked = match next(&read).await {
            Ok(Some(rebuild)) => work(&read, &log, rebuild, &stopped).await.map(|()| true),
            Ok(None) => Ok(false),
            Err(fault) => Err(fault),
        };
        match worked {
            Ok(true) => continue,
            Ok(false) => {}
            Err(fault) => fault.report("a rebuild is interrupted"),
        }
        tokio::select! {
            _ = stopped.changed() => {}
            _ = woken.changed() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Removes the file that a process left which ended between the last step of a rebuild and
/// the removal.
async fn tidy(read: &ReadDb) -> Result<(), Fault> {
    let place = read.place().beside("rebuild");
    if next(read).await?.is_none() {
        tokio::task::spawn_blocking(move || place.remove()).await??;
    }
    Ok(())
}

async fn next(read: &ReadDb) -> Result<Option<Rebuild>, Fault> {
    read.query(control::next).await
}

/// Takes one run as far as it goes: to its end, or until the process stops.
async fn work(
    read: &ReadDb,
    log: &Arc<dyn Log>,
    rebuild: Rebuild,
    stopped: &watch::Receiver<bool>,
) -> Result<(), Fault> {
    let mut work = Work::open(read, log, rebuild).await?;
    loop {
        let stage = read.query(move |db| control::of(db, work.news.rebuild.run)).await?;
        let cancelled = stage.is_none_or(|it| it.stage == Stage::Cancelling);
        if cancelled {
            return work.end(Stage::Cancelled).await;
        }
        if *stopped.borrow() {
            return Ok(());
        }
        let caught_up = work.step().await? < LOT;
        if work.news.rebuild.error.is_some() {
            return work.end(Stage::Failed).await;
        }
        if caught_up {
            return work.swap().await;
        }
    }
}

/// A run under way.
struct Work {
    read: ReadDb,
    log: Ahead,
    news: News,
    definitions: Arc<[Definition]>,
    db: Arc<Mutex<Connection>>,
    place: Place,
}

impl Work {
    /// Opens the new file: the one that an earlier process left of this run, if it still fits
    /// the program, else an empty one.
    async fn open(read: &ReadDb, log: &Arc<dyn Log>, mut rebuild: Rebuild) -> Result<Self, Fault> {
        let named = |it: &&Definition| rebuild.names.iter().any(|name| name == it.name);
        let definitions: Arc<[Definition]> =
            read.definitions().iter().filter(named).copied().collect();
        let place = read.place().beside("rebuild");
        let (run, asked, at) = (rebuild.run, Arc::clone(&definitions), place.clone());
        let open = tokio::task::spawn_blocking(move || open(&at, run, &asked));
        let (db, done) = open.await??;
        rebuild.stage = Stage::Running;
        rebuild.done = done;
        Ok(Self {
            read: read.clone(),
            log: Ahead::of(Arc::clone(log)),
            news: News::new(rebuild, read.clone(), Arc::clone(log)),
            definitions,
            db: Arc::new(Mutex::new(db)),
            place,
        })
    }

    /// Takes one batch and says so; returns how many events it had.
    async fn step(&mut self) -> Result<usize, Fault> {
        let taken = self.take().await?;
        self.news.tell(false).await?;
        Ok(taken)
    }

    /// Takes one batch; returns how many events it had.
    async fn take(&mut self) -> Result<usize, Fault> {
        let entries = self.log.read(self.news.rebuild.done, LOT).await?;
        let taken = entries.len();
        if let Some(last) = entries.last().map(crate::Entry::position) {
            let definitions = Arc::clone(&self.definitions);
            let states = self
                .with_db(move |db| {
                    batch::take(db, &definitions, &entries)?;
                    state::all(db).map_err(Fault::database("read where a rebuild stands"))
                })
                .await?;
            let paused = states.into_iter().find(|it| it.status == Status::Paused);
            self.news.rebuild.error = paused.and_then(|it| it.error);
            self.news.rebuild.done = last;
        }
        Ok(taken)
    }

    /// Nothing more happens: the file goes, then everyone is told.
    async fn end(self, stage: Stage) -> Result<(), Fault> {
        let Self { mut news, db, place, .. } = self;
        tokio::task::spawn_blocking(move || {
            drop(db);
            place.remove()
        })
        .await??;
        news.rebuild = news.as_ended(stage);
        news.tell(true).await
    }

    async fn with_db<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let db = Arc::clone(&self.db);
        tokio::task::spawn_blocking(move || {
            work(&mut db.lock().unwrap_or_else(PoisonError::into_inner))
        })
        .await?
    }
}

/// The new file of `run` and the position at which it stands.
fn open(place: &Place, run: u64, definitions: &[Definition]) -> Result<(Connection, u64), Fault> {
    let failed = |error| Fault::database("opened the file of a rebuild")(error);
    if let Ok(db) = place.writer()
        && let Ok(Some(position)) = left(&db, run, definitions)
    {
        return Ok((db, position));
    }
    place.remove()?;
    let db = place.writer().map_err(failed)?;
    let made = db.unchecked_transaction().and_then(|transaction| {
        transaction.execute_batch(state::DDL)?;
        transaction.execute_batch(scrub::DDL)?;
        for definition in definitions {
            state::reset(&transaction, definition)?;
        }
        transaction.pragma_update(None, "user_version", run)?;
        transaction.commit()
    });
    made.map_err(failed)?;
    Ok((db, 0))
}

/// Where an earlier process left `run`, if the file is of that run and of these definitions.
fn left(db: &Connection, run: u64, definitions: &[Definition]) -> rusqlite::Result<Option<u64>> {
    let of: u64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if of != run {
        return Ok(None);
    }
    let states = state::all(db)?;
    let fits = states.len() == definitions.len()
        && definitions.iter().all(|it| states.iter().any(|state| state.is_of(it)));
    let position = states.first().map(|it| it.position);
    let together = states.iter().all(|it| Some(it.position) == position);
    Ok(position.filter(|_| fits && together))
}
