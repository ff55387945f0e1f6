//! Building read models anew while the old ones serve: into a file beside, from the first
//! event on, at the pace of the machine; once it has caught up, its rows take the place of
//! the old ones in one transaction. Readers see the one or the other, never a half of both.
//!
//! Where it stands is in the new file, so that it goes on after a restart. Nothing reacts to
//! a rebuild: what reacts to events reads the log, not the read models.

mod swap;

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    Definition, Fault, ReadDb, Rebuild, Stage, batch,
    connection::Place,
    control,
    log::Log,
    runner::{BATCH, POLL},
    scrub,
    state::{self, Status},
};

/// How often other processes are told how far it is.
const NEWS: Duration = Duration::from_millis(250);

/// Rebuilds what is asked for, one run after the other, until it is stopped.
pub(crate) async fn run(read: ReadDb, log: Arc<dyn Log>, mut stopped: watch::Receiver<bool>) {
    let mut woken = read.wakes();
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
        let stage = read
            .query(move |db| control::of(db, work.rebuild.run))
            .await?;
        let cancelled = stage.is_none_or(|it| it.stage == Stage::Cancelling);
        if cancelled {
            return work.end(Stage::Cancelled).await;
        }
        if *stopped.borrow() {
            return Ok(());
        }
        let caught_up = work.step().await? < BATCH;
        if work.rebuild.error.is_some() {
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
    log: Arc<dyn Log>,
    rebuild: Rebuild,
    definitions: Arc<[Definition]>,
    db: Arc<Mutex<Connection>>,
    place: Place,
    /// When this process began, and at which position.
    began: (Instant, u64),
    /// When other processes were last told.
    told: Option<Instant>,
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
            log: Arc::clone(log),
            rebuild,
            definitions,
            db: Arc::new(Mutex::new(db)),
            place,
            began: (Instant::now(), done),
            told: None,
        })
    }

    /// Takes one batch and says so; returns how many events it had.
    async fn step(&mut self) -> Result<usize, Fault> {
        let taken = self.take().await?;
        self.tell(false).await?;
        Ok(taken)
    }

    /// Takes one batch; returns how many events it had.
    async fn take(&mut self) -> Result<usize, Fault> {
        let entries = self.log.read(self.rebuild.done, BATCH).await?;
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
            self.rebuild.error = paused.and_then(|it| it.error);
            self.rebuild.done = last;
        }
        Ok(taken)
    }

    /// Says how far it is: at once in this process, now and then to others, or now.
    async fn tell(&mut self, now: bool) -> Result<(), Fault> {
        let (began, from) = self.began;
        let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let done = self.rebuild.done;
        self.rebuild.total = done.max(*self.log.head().borrow());
        self.rebuild.rate = done.saturating_sub(from).saturating_mul(1000) / millis.max(1);
        if now || self.told.is_none_or(|it| it.elapsed() >= NEWS) {
            self.told = Some(Instant::now());
            let rebuild = self.rebuild.clone();
            let note = move |db: &mut Connection, _: &ReadDb| {
                control::note(db, &rebuild).map_err(Fault::database("noted how far a rebuild is"))
            };
            self.read.write(note).await?;
        }
        self.read
            .progress()
            .send_replace(Some(self.rebuild.clone()));
        Ok(())
    }

    /// Gives up; the old rows go on serving.
    async fn end(mut self, stage: Stage) -> Result<(), Fault> {
        let (db, place) = (Arc::clone(&self.db), self.place.clone());
        self.rebuild.stage = stage;
        self.tell(true).await?;
        drop(self);
        tokio::task::spawn_blocking(move || {
            drop(db);
            place.remove()
        })
        .await?
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
        && definitions
            .iter()
            .all(|it| states.iter().any(|state| state.is_of(it)));
    let position = states.first().map(|it| it.position);
    let together = states.iter().all(|it| Some(it.position) == position);
    Ok(position.filter(|_| fits && together))
}
