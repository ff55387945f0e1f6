//! The database of read models: one connection that writes, some that read.
//!
//! Readers never wait for the writer, and each [`ReadDb::query`] sees one instant of all
//! tables, also while read models are rebuilt.

use std::{
    fs::File,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use rusqlite::{Connection, ErrorCode};
use tokio::sync::{OwnedMutexGuard, Semaphore, broadcast, watch};

use crate::{
    Definition, Fault, Rebuild, catalogue,
    connection::Place,
    control, damage,
    feed::{Change, Feed},
    scrub,
    state::{self, State},
};

/// The file, in the folder given to [`ReadDb::open`].
pub(crate) const FILE: &str = "read.db";

/// The file that the process which fills the read models holds locked.
pub(crate) const LOCK: &str = "read.lock";

/// The layout of the machinery's own tables; a file of another one is made anew.
const LAYOUT: i64 = 1;

/// How many queries run at once.
const READERS: usize = 8;

/// The read models. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct ReadDb(Arc<Inner>);

struct Inner {
    place: Place,
    definitions: Vec<Definition>,
    writer: Arc<tokio::sync::Mutex<Connection>>,
    wakes: watch::Sender<u64>,
    progress: watch::Sender<Option<Rebuild>>,
    idle: Mutex<Vec<Connection>>,
    permits: Arc<Semaphore>,
    feed: Feed,
    damage: watch::Sender<bool>,
    _lock: Option<File>,
}

impl std::fmt::Debug for ReadDb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("ReadDb").field(&self.0.place).finish()
    }
}

impl ReadDb {
    /// The read models of [`catalogue::ALL`] in the folder `dir`, to be filled by this process:
    /// [`Fault::Locked`] if another one does. Read models whose definition changed are
    /// emptied and start anew; paused ones try again.
    pub fn open(dir: &Path) -> Result<Self, Fault> {
        Self::open_with(dir, catalogue::ALL)
    }

    /// Like [`open`](Self::open), for these read models only.
    pub fn open_with(dir: &Path, definitions: &[Definition]) -> Result<Self, Fault> {
        std::fs::create_dir_all(dir).map_err(Fault::file(dir))?;
        let lock = lock(dir)?.ok_or_else(|| Fault::Locked(dir.to_owned()))?;
        Self::set_up(Place::File(dir.join(FILE)), definitions, Some(lock))
    }

    /// The read models of [`catalogue::ALL`] in memory, gone with the last clone.
    pub fn memory() -> Result<Self, Fault> {
        Self::memory_with(catalogue::ALL)
    }

    /// Like [`memory`](Self::memory), for these read models only.
    pub fn memory_with(definitions: &[Definition]) -> Result<Self, Fault> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("read-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        Self::set_up(Place::Memory(name), definitions, None)
    }

    fn set_up(place: Place, definitions: &[Definition], lock: Option<File>) -> Result<Self, Fault> {
        let failed = |error| Fault::database("opened the file")(error);
        damage::clear(&place)?;
        let mut writer = if let Some(writer) = opened(&place).map_err(failed)? {
            writer
        } else {
            tracing::warn!("the read models' file is damaged or outdated and starts anew");
            place.remove()?;
            place.writer().map_err(failed)?
        };
        let position = prepare(&mut writer, definitions).map_err(failed)?;
        Ok(Self(Arc::new(Inner {
            place,
            definitions: definitions.to_vec(),
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
            wakes: watch::Sender::new(0),
            progress: watch::Sender::new(None),
            idle: Mutex::new(Vec::new()),
            permits: Arc::new(Semaphore::new(READERS)),
            feed: Feed::new(position),
            damage: watch::Sender::new(false),
            _lock: lock,
        })))
    }

    /// What `query` answers, on a thread where it may block. All that it reads is of one
    /// instant.
    pub async fn query<T, F>(&self, query: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        // The semaphore is never closed; should it be, the query runs all the same.
        let permit = Arc::clone(&self.0.permits).acquire_owned().await.ok();
        let this = self.clone();
        let answer = tokio::task::spawn_blocking(move || {
            let answer = this.query_here(query);
            drop(permit);
            answer
        });
        answer.await?
    }

    /// Like [`query`](Self::query), on this thread, which it blocks.
    pub fn query_here<T>(
        &self,
        query: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Fault> {
        let idle = lock_of(&self.0.idle).pop();
        let run = || {
            let db = idle.map_or_else(|| self.0.place.reader(), Ok)?;
            let snapshot = db.unchecked_transaction()?;
            let answer = query(&snapshot)?;
            snapshot.finish()?;
            lock_of(&self.0.idle).push(db);
            Ok(answer)
        };
        run().map_err(Fault::database("ran a query")).inspect_err(|fault| self.watch_out(fault))
    }

    /// Where each read model stands, by name.
    pub async fn states(&self) -> Result<Vec<State>, Fault> {
        self.query(state::all).await
    }

    /// The position up to which every read model that is not paused has taken the log.
    pub fn projected(&self) -> watch::Receiver<u64> {
        self.0.feed.projected()
    }

    /// Waits until the event at `position` is in every read model that is not paused, at most
    /// `patience`. False: what is read may be stale.
    pub async fn wait_for(&self, position: u64, patience: Duration) -> bool {
        let mut projected = self.projected();
        let reached = projected.wait_for(|reached| *reached >= position);
        matches!(tokio::time::timeout(patience, reached).await, Ok(Ok(_)))
    }

    /// What happens from now on, each event once it is in every read model that is not paused.
    pub fn changes(&self) -> broadcast::Receiver<Change> {
        self.0.feed.changes()
    }

    /// The read models that it holds.
    pub fn definitions(&self) -> &[Definition] {
        &self.0.definitions
    }

    pub(crate) fn feed(&self) -> &Feed {
        &self.0.feed
    }

    /// Whether the file is damaged or gone.
    pub(crate) fn damage(&self) -> &watch::Sender<bool> {
        &self.0.damage
    }

    pub(crate) fn place(&self) -> &Place {
        &self.0.place
    }

    /// Runs `write` with the one connection that writes, on a thread where it may block.
    pub(crate) async fn write<T, F>(&self, write: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection, &Self) -> Result<T, Fault> + Send + 'static,
    {
        let mut writer = self.writer().await;
        let this = self.clone();
        let written = tokio::task::spawn_blocking(move || write(&mut writer, &this)).await?;
        written.inspect_err(|fault| self.watch_out(fault))
    }

    /// The one connection that writes; nothing is taken from the log while it is held.
    pub(crate) async fn writer(&self) -> OwnedMutexGuard<Connection> {
        Arc::clone(&self.0.writer).lock_owned().await
    }

    /// Whether a read model called `name` is among them.
    pub(crate) fn defines(&self, name: &str) -> bool {
        self.0.definitions.iter().any(|it| it.name == name)
    }

    /// Something else than the log gives work.
    pub(crate) fn wake(&self) {
        self.0.wakes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Changes at each [`wake`](Self::wake).
    pub(crate) fn wakes(&self) -> watch::Receiver<u64> {
        self.0.wakes.subscribe()
    }

    /// How far the rebuild under way is.
    pub(crate) fn progress(&self) -> &watch::Sender<Option<Rebuild>> {
        &self.0.progress
    }
}

/// A panic of a former holder left nothing half done: SQLite's transactions saw to that.
fn lock_of<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Locks the folder's [`LOCK`], unless another process did.
fn lock(dir: &Path) -> Result<Option<File>, Fault> {
    let path: PathBuf = dir.join(LOCK);
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(Fault::file(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(std::fs::TryLockError::WouldBlock) => Ok(None),
        Err(std::fs::TryLockError::Error(error)) => Err(Fault::file(path)(error)),
    }
}

/// The connection that writes, unless the file is no database, a damaged one, or laid out by
/// another version of the program.
fn opened(place: &Place) -> rusqlite::Result<Option<Connection>> {
    let layout = place.writer().and_then(|db| {
        let layout = db.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?;
        Ok((db, layout))
    });
    match layout {
        Ok((db, layout)) => Ok((layout == 0 || layout == LAYOUT).then_some(db)),
        Err(error) => match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Ok(None),
            Some(_) | None => Err(error),
        },
    }
}

/// Creates what is missing, resets what was defined otherwise, drops what is defined no
/// longer. Returns the position that all have reached.
fn prepare(db: &mut Connection, definitions: &[Definition]) -> rusqlite::Result<u64> {
    let transaction = db.transaction()?;
    transaction.pragma_update(None, "user_version", LAYOUT)?;
    for ddl in [state::DDL, scrub::DDL, control::DDL] {
        transaction.execute_batch(ddl)?;
    }
    let before = state::all(&transaction)?;
    let defined = |state: &&State| definitions.iter().any(|it| it.name == state.name);
    for state in before.iter().filter(|state| !defined(state)) {
        state::forget(&transaction, &state.name)?;
    }
    for definition in definitions {
        if before.iter().any(|state| state.is_of(definition)) {
            state::resume(&transaction, definition.name)?;
        } else {
            state::reset(&transaction, definition)?;
        }
    }
    let states = state::all(&transaction)?;
    transaction.commit()?;
    Ok(states.iter().map(|it| it.position).min().unwrap_or(0))
}
