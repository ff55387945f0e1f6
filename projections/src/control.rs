//! What is asked of the process that fills the read models, and how far it is. It stands in
//! rows of the same file, so that the command line and a server that runs beside it speak
//! through it: one asks, the other looks every half second.

use std::{fmt, str::FromStr, time::Duration};

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{Fault, columns::Columns as _, state};

/// Where it stands.
pub(crate) const DDL: &str = "
    CREATE TABLE IF NOT EXISTS rebuild (
        run INTEGER PRIMARY KEY,
        names TEXT NOT NULL,
        stage TEXT NOT NULL,
        done INTEGER NOT NULL DEFAULT 0,
        total INTEGER NOT NULL DEFAULT 0,
        rate INTEGER NOT NULL DEFAULT 0,
        error TEXT
    ) STRICT;";

/// How far a rebuild is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It was asked for.
    Asked,
    /// It reads the log; taken up again should the process end.
    Running,
    /// Someone wants it to end; the old rows stay.
    Cancelling,
    /// The new rows serve.
    Done,
    /// It was ended on request; the old rows serve.
    Cancelled,
    /// It met an event that it could not take; the old rows serve.
    Failed,
}

const STAGES: [(Stage, &str); 6] = [
    (Stage::Asked, "asked"),
    (Stage::Running, "running"),
    (Stage::Cancelling, "cancelling"),
    (Stage::Done, "done"),
    (Stage::Cancelled, "cancelled"),
    (Stage::Failed, "failed"),
];

/// The text names no stage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a rebuild has no such stage")]
pub struct NotAStage;

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = STAGES.iter().find(|(stage, _)| stage == self);
        f.write_str(name.map_or("", |(_, name)| name))
    }
}

impl FromStr for Stage {
    type Err = NotAStage;

    fn from_str(text: &str) -> Result<Self, NotAStage> {
        let stage = STAGES.iter().find(|(_, name)| *name == text);
        stage.map(|(stage, _)| *stage).ok_or(NotAStage)
    }
}

/// A rebuild of one or several read models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuild {
    /// Its number.
    pub run: u64,
    /// Of which read models.
    pub names: Vec<String>,
    /// How far it is.
    pub stage: Stage,
    /// How many events it has taken.
    pub done: u64,
    /// How many events there are, as far as was known when it last looked.
    pub total: u64,
    /// How many events it takes in a second.
    pub rate: u64,
    /// Why it failed; quotes no value.
    pub error: Option<String>,
}

impl Rebuild {
    /// How long it still takes at this rate, if it is known.
    pub fn left(&self) -> Option<Duration> {
        let events = self.total.saturating_sub(self.done);
        let millis = events.checked_mul(1000)?.checked_div(self.rate)?;
        (self.stage == Stage::Running).then(|| Duration::from_millis(millis))
    }

    /// Whether nothing more happens to it.
    pub fn ended(&self) -> bool {
        match self.stage {
            Stage::Asked | Stage::Running | Stage::Cancelling => false,
            Stage::Done | Stage::Cancelled | Stage::Failed => true,
        }
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let names: String = row.get("names")?;
        Ok(Self {
            run: row.get("run")?,
            names: names.split(' ').map(str::to_owned).collect(),
            stage: row.parsed("stage")?,
            done: row.get("done")?,
            total: row.get("total")?,
            rate: row.get("rate")?,
            error: row.get("error")?,
        })
    }
}

/// Asks for a rebuild of the read models called `names`, of all if there are none. Returns
/// the number under which it is found.
pub(crate) fn ask(db: &Connection, names: &[String]) -> Result<u64, Fault> {
    let failed = |error| Fault::database("asked for a rebuild")(error);
    let known = state::all(db).map_err(failed)?;
    let known: Vec<String> = known.into_iter().map(|it| it.name).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(name)) {
        return Err(Fault::NoSuchProjection(unknown.clone()));
    }
    let names = if names.is_empty() { &known } else { names };
    db.query_row(
        "INSERT INTO rebuild (names, stage) VALUES (?1, ?2) RETURNING run",
        [names.join(" "), Stage::Asked.to_string()],
        |row| row.get(0),
    )
    .map_err(failed)
}

/// Wants the rebuild `run` to end, if it has not. Whether it had not.
pub(crate) fn cancel(db: &Connection, run: u64) -> rusqlite::Result<bool> {
    db.execute(
        "UPDATE rebuild SET stage = ?2 WHERE run = ?1 AND stage IN (?3, ?4)",
        params![
            run,
            Stage::Cancelling.to_string(),
            Stage::Asked.to_string(),
            Stage::Running.to_string()
        ],
    )
    .map(|changed| changed > 0)
}

/// All rebuilds that were ever asked for, the latest first.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Rebuild>> {
    db.prepare_cached("SELECT * FROM rebuild ORDER BY run DESC")?
        .query_map([], Rebuild::read)?
        .collect()
}

/// The rebuild `run`.
pub(crate) fn of(db: &Connection, run: u64) -> rusqlite::Result<Option<Rebuild>> {
    db.prepare_cached("SELECT * FROM rebuild WHERE run = ?1")?
        .query_row([run], Rebuild::read)
        .optional()
}

/// The first rebuild that has not ended.
pub(crate) fn next(db: &Connection) -> rusqlite::Result<Option<Rebuild>> {
    let mut open = all(db)?;
    open.retain(|rebuild| !rebuild.ended());
    Ok(open.pop())
}

/// Writes how far a rebuild is. One that someone wants to end stays so until it has.
pub(crate) fn note(db: &Connection, rebuild: &Rebuild) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE rebuild SET done = ?2, total = ?3, rate = ?4, error = ?5,
             stage = CASE WHEN stage = ?7 AND ?6 = ?8 THEN stage ELSE ?6 END
         WHERE run = ?1",
        params![
            rebuild.run,
            rebuild.done,
            rebuild.total,
            rebuild.rate,
            rebuild.error,
            rebuild.stage.to_string(),
            Stage::Cancelling.to_string(),
            Stage::Running.to_string(),
        ],
    )
    .map(|_| ())
}
