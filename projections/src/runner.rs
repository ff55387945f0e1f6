//! Following the log: batches are read as soon as they are there, given to every read model,
//! and told to those who wait. One runner at a time fills a [`ReadDb`].

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use tokio::{sync::watch, task::JoinHandle};

use crate::{
    Fault, ReadDb,
    ahead::Ahead,
    batch,
    feed::Change,
    log::{Entry, Log},
    rebuild, scrub,
    state::{self, Status},
};

/// How many events at most are read, folded and written at once.
pub(crate) const BATCH: usize = if cfg!(test) { 8 } else { 2000 };

/// How many of a log that one is far behind of: the more there are, the fewer rows are written
/// twice, and the closer those that are written lie together.
pub(crate) const LOT: usize = if cfg!(test) { 16 } else { 16_000 };

/// How long to wait for a sign of the log before looking by oneself: the signs of another
/// process may be lost, the log never is.
pub(crate) const POLL: Duration = Duration::from_millis(500);

/// What fills the read models, until it is stopped.
#[derive(Debug)]
pub struct Runner {
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Runner {
    /// Starts to fill `read` from `log`, and to rebuild what is asked for; takes up the
    /// rebuild that an earlier process left. Read models filled from another log, or from one
    /// that was set back since, are emptied and start anew.
    pub async fn start(read: &ReadDb, log: Arc<dyn Log>) -> Result<Self, Fault> {
        Self::start_with(read, Arc::clone(&log), log).await
    }

    /// Follows one view of the log and rebuilds from another.
    pub(crate) async fn start_with(
        read: &ReadDb,
        log: Arc<dyn Log>,
        rebuild_from: Arc<dyn Log>,
    ) -> Result<Self, Fault> {
        let mut follower = Follower::new(read.clone(), log);
        follower.compare_with_log().await?;
        let (stop, stopped) = watch::channel(false);
        let following = follower.run(stopped.clone());
        let rebuilding = rebuild::run(read.clone(), rebuild_from, stopped);
        Ok(Self { stop, tasks: vec![tokio::spawn(following), tokio::spawn(rebuilding)] })
    }

    /// Stops once the batches under way are written.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the read models panicked");
            }
        }
    }
}

/// Takes all that `log` holds now into `read`, and returns the position reached. For tests and
/// tools that hold the only [`ReadDb`] and start no [`Runner`].
pub async fn catch_up(read: &ReadDb, log: Arc<dyn Log>) -> Result<u64, Fault> {
    let mut follower = Follower::new(read.clone(), log);
    while follower.step().await? {}
    Ok(*read.projected().borrow())
}

/// One who follows the log.
struct Follower {
    read: ReadDb,
    log: Ahead,
    /// The last event told to those who listen.
    told: Option<u64>,
}

impl Follower {
    fn new(read: ReadDb, log: Arc<dyn Log>) -> Self {
        Self { read, log: Ahead::of(log), told: None }
    }

    async fn run(mut self, mut stopped: watch::Receiver<bool>) {
        let (mut head, mut woken) = (self.log.log().head(), self.read.wakes());
        loop {
            let more = self.step().await.unwrap_or_else(|fault| {
                fault.report("the read models do not follow the log");
                false
            });
            if *stopped.borrow() {
                return;
            }
            self.read.look_for_file();
            if !more {
                tokio::select! {
                    _ = stopped.changed() => return,
                    _ = woken.changed() => {}
                    () = sign_or_poll(&mut head) => {}
                }
            }
        }
    }

    /// Takes one batch for each place where read models stand. Whether there may be more.
    async fn step(&mut self) -> Result<bool, Fault> {
        let places = self.places().await?;
        if self.told.is_none() {
            self.told = places.last().copied();
        }
        let (mut behind, mut taken) = (false, Vec::new());
        let next = places.iter().skip(1).map(Some).chain([None]);
        let head = *self.log.log().head().borrow();
        for (place, next) in places.iter().zip(next) {
            let lot = if head >= place + LOT as u64 { LOT } else { BATCH };
            let room = next.map_or(u64::MAX, |next| next - place);
            let most = usize::try_from(room).map_or(lot, |room| room.min(lot));
            let entries = Arc::new(self.log.read(*place, most).await?);
            if entries.is_empty() {
                continue;
            }
            behind |= entries.len() == lot;
            let batch = Arc::clone(&entries);
            self.read.write(move |db, read| batch::take(db, read.definitions(), &batch)).await?;
            taken.push(entries);
        }
        if !behind {
            scrub::if_needed(&self.read).await?;
        }
        self.publish(&taken).await?;
        Ok(!taken.is_empty())
    }

    /// The positions at which read models stand that are not paused, from the lowest.
    async fn places(&self) -> Result<BTreeSet<u64>, Fault> {
        let states = self.read.states().await?;
        let live = states.iter().filter(|it| it.status == Status::Live);
        let defined = live.filter(|it| self.read.defines(&it.name));
        Ok(defined.map(|it| it.position).collect())
    }

    /// Says how far the read models are, and what is in all of them since.
    async fn publish(&mut self, taken: &[Arc<Vec<Entry>>]) -> Result<(), Fault> {
        let Some(reached) = self.places().await?.first().copied() else {
            return Ok(());
        };
        self.read.feed().reached(reached);
        let mut told = self.told.unwrap_or(reached);
        while told < reached && self.read.feed().is_heard() {
            let at_hand =
                taken.iter().find(|it| it.iter().any(|entry| entry.position() == told + 1));
            let entries = match at_hand {
                Some(entries) => Arc::clone(entries),
                None => Arc::new(self.log.log().read(told, BATCH).await?),
            };
            let known = told;
            let news = |it: &&Entry| (known + 1..=reached).contains(&it.position());
            for entry in entries.iter().filter(news) {
                told = entry.position();
                if let Entry::Fact(fact) = entry {
                    self.read.feed().tell(Change::from(fact));
                }
            }
            if told == known {
                break;
            }
        }
        self.told = Some(told.max(reached));
        Ok(())
    }

    /// Empties the read models that were not filled from this log.
    async fn compare_with_log(&mut self) -> Result<(), Fault> {
        for state in self.read.states().await? {
            let Some(before) = state.position.checked_sub(1) else {
                continue;
            };
            let entries = self.log.log().read(before, 1).await?;
            // Of an event that cannot be read at all, nothing says that it is another.
            let same = entries.first().is_some_and(|entry| {
                let id = entry.id().map(|id| id.to_string());
                id.is_none() || state.last_event.is_none() || id == state.last_event
            });
            let definition = self.read.definitions().iter().find(|it| it.name == state.name);
            if let (false, Some(definition)) = (same, definition.copied()) {
                tracing::warn!(
                    projection.name = definition.name,
                    event.position = state.position,
                    "a read model was filled from another log and starts anew"
                );
                let reset = move |db: &mut rusqlite::Connection, _: &ReadDb| {
                    let transaction = db.transaction().map_err(Fault::database("began"))?;
                    state::reset(&transaction, &definition)
                        .and_then(|()| transaction.commit())
                        .map_err(Fault::database("emptied a read model"))
                };
                self.read.write(reset).await?;
            }
        }
        Ok(())
    }
}

/// Returns when `head` moves, and after [`POLL`] at the latest.
async fn sign_or_poll(head: &mut watch::Receiver<u64>) {
    let closed = matches!(tokio::time::timeout(POLL, head.changed()).await, Ok(Err(_)));
    if closed {
        tokio::time::sleep(POLL).await;
    }
}
