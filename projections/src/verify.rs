//! Whether the read models are what the log says: the log is replayed into a scratch database
//! with the code of this program, up to the position at which the live ones stand, and both
//! are compared row by row.

mod compare;

use std::{collections::BTreeMap, sync::Arc};

use rusqlite::Connection;
use tokio::sync::watch;

use crate::{
    Definition, Fault, ReadDb, Remote, batch, catalogue,
    connection::Place,
    log::Log,
    runner::BATCH,
    scrub,
    state::{self, State, Status},
};

pub use compare::{Difference, DifferenceKind, TableReport};

/// What was found of one read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Its name.
    pub name: String,
    /// The position at which it was compared.
    pub position: u64,
    /// Why it could not be compared: filled by another version of the program, or an event
    /// that the replay could not take.
    pub obstacle: Option<String>,
    /// Its tables.
    pub tables: Vec<TableReport>,
}

impl Verified {
    /// Whether its rows are what the log says.
    pub fn holds(&self) -> bool {
        self.obstacle.is_none() && self.tables.iter().all(TableReport::holds)
    }
}

impl ReadDb {
    /// Compares every read model with a replay of `log`. `progress` says how many events were
    /// replayed, of how many. Others may read and write meanwhile.
    pub async fn verify(
        &self,
        log: Arc<dyn Log>,
        progress: watch::Sender<(u64, u64)>,
    ) -> Result<Vec<Verified>, Fault> {
        run(self.place(), self.definitions(), log, progress).await
    }
}

impl Remote {
    /// The same as [`ReadDb::verify`] for the read models of [`catalogue::ALL`] that another
    /// process fills.
    pub async fn verify(
        &self,
        log: Arc<dyn Log>,
        progress: watch::Sender<(u64, u64)>,
    ) -> Result<Vec<Verified>, Fault> {
        run(self.place(), catalogue::ALL, log, progress).await
    }
}

async fn run(
    place: &Place,
    definitions: &[Definition],
    log: Arc<dyn Log>,
    progress: watch::Sender<(u64, u64)>,
) -> Result<Vec<Verified>, Fault> {
    let place = place.clone();
    let wanted = definitions.to_vec();
    let open = tokio::task::spawn_blocking(move || open(&place, &wanted));
    let (mut live, scratch) =
        open.await?.map_err(Fault::database("opened what is to be compared"))?;
    let mut replay =
        Replay { definitions: definitions.into(), scratch: Some(scratch), log, progress };
    // Most is replayed before the live rows are held still, so that they are for moments only.
    let states;
    (live, states) = look(live, false).await?;
    replay.up_to(&states).await?;
    let states;
    (live, states) = look(live, true).await?;
    replay.up_to(&states).await?;
    replay.compare(live, states).await
}

/// The live read models, and a scratch database which is on disk, nameless, and gone when it
/// is closed.
fn open(place: &Place, definitions: &[Definition]) -> rusqlite::Result<(Connection, Connection)> {
    let scratch = Connection::open("")?;
    scratch.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA cache_size = -64000")?;
    scratch.execute_batch(state::DDL)?;
    scratch.execute_batch(scrub::DDL)?;
    for definition in definitions {
        state::reset(&scratch, definition)?;
    }
    Ok((place.reader()?, scratch))
}

/// Where the live read models stand; if `hold`, what is read from then on is of that instant.
async fn look(live: Connection, hold: bool) -> Result<(Connection, Vec<State>), Fault> {
    tokio::task::spawn_blocking(move || {
        if hold {
            live.execute_batch("BEGIN")?;
        }
        let states = state::all(&live)?;
        Ok((live, states))
    })
    .await?
    .map_err(Fault::database("looked where the read models stand"))
}

/// The scratch database, being filled.
struct Replay {
    definitions: Arc<[Definition]>,
    scratch: Option<Connection>,
    log: Arc<dyn Log>,
    progress: watch::Sender<(u64, u64)>,
}

impl Replay {
    /// Replays so that each read model stands where it does in `live`, unless it pauses.
    async fn up_to(&mut self, live: &[State]) -> Result<(), Fault> {
        let targets: BTreeMap<String, u64> =
            live.iter().map(|state| (state.name.clone(), state.position)).collect();
        let total = targets.values().max().copied().unwrap_or(0);
        loop {
            let states = self.with_scratch(|db| state::all(db).map_err(failed)).await?;
            let behind: Vec<(String, u64, u64)> = states
                .into_iter()
                .filter(|it| it.status == Status::Live)
                .filter_map(|it| {
                    let target = *targets.get(&it.name)?;
                    (it.position < target).then_some((it.name, it.position, target))
                })
                .collect();
            let Some(lowest) = behind.iter().map(|(_, at, _)| *at).min() else {
                return Ok(());
            };
            // No further than where another one stands or stops.
            let stops = behind.iter().flat_map(|(_, at, target)| [*at, *target]);
            let stop = stops.filter(|it| *it > lowest).min().unwrap_or(lowest);
            let most = usize::try_from(stop - lowest).map_or(BATCH, |it| it.min(BATCH));
            let entries = self.log.read(lowest, most).await?;
            if entries.is_empty() {
                return Ok(());
            }
            let there = |it: &&Definition| {
                let at = behind.iter().find(|(name, ..)| name == it.name);
                at.is_some_and(|(_, at, _)| *at == lowest)
            };
            let takers: Vec<Definition> = self.definitions.iter().filter(there).copied().collect();
            let reached = lowest + entries.len() as u64;
            self.with_scratch(move |db| batch::take(db, &takers, &entries)).await?;
            self.progress.send_replace((reached, total));
        }
    }

    /// Compares each read model with the live rows, which are held still.
    async fn compare(
        mut self,
        live: Connection,
        states: Vec<State>,
    ) -> Result<Vec<Verified>, Fault> {
        let definitions = Arc::clone(&self.definitions);
        self.with_scratch(move |scratch| {
            let one = |definition| verified(&live, scratch, &states, definition);
            definitions.iter().map(one).collect()
        })
        .await
    }

    async fn with_scratch<T: Send + 'static>(
        &mut self,
        work: impl FnOnce(&mut Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let mut scratch = match self.scratch.take() {
            Some(scratch) => scratch,
            None => Connection::open("").map_err(failed)?,
        };
        let (scratch, done) = tokio::task::spawn_blocking(move || {
            let done = work(&mut scratch);
            (scratch, done)
        })
        .await?;
        self.scratch = Some(scratch);
        done
    }
}

fn failed(error: rusqlite::Error) -> Fault {
    Fault::database("compared the read models with a replay")(error)
}

fn verified(
    live: &Connection,
    scratch: &Connection,
    states: &[State],
    definition: &Definition,
) -> Result<Verified, Fault> {
    let stands = states.iter().find(|it| it.name == definition.name);
    let replayed = state::of(scratch, definition.name).map_err(failed)?;
    let position = stands.map_or(0, |it| it.position);
    let reached = replayed.as_ref().map_or(0, |it| it.position);
    let obstacle = match stands {
        None => Some("it was never filled".to_owned()),
        Some(state) if !state.is_of(definition) => {
            Some("another version of the program filled it".to_owned())
        }
        Some(_) if reached == position => None,
        Some(_) => Some(replayed.and_then(|it| it.error).unwrap_or_else(|| {
            format!("the replay reached {reached}, the read model stands at {position}")
        })),
    };
    let comparable = obstacle.is_none();
    let tables = definition.tables.iter().filter(|_| comparable);
    let compared: rusqlite::Result<Vec<TableReport>> =
        tables.map(|table| compare::tables(live, scratch, table)).collect();
    Ok(Verified {
        name: definition.name.to_owned(),
        position,
        obstacle,
        tables: compared.map_err(failed)?,
    })
}
