//! Where each read model stands: one row each, moved in the transaction that writes its rows.

use std::fmt;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::{Definition, Entry, Fault, columns::Columns as _};

/// Creates what the machinery itself keeps in a database of read models.
pub(crate) const DDL: &str = "
    CREATE TABLE IF NOT EXISTS projection_state (
        name TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        shape TEXT NOT NULL,
        position INTEGER NOT NULL,
        last_event TEXT,
        as_of INTEGER,
        status TEXT NOT NULL,
        error TEXT,
        tables TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;";

/// Whether a read model follows the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It does.
    Live,
    /// It stands before an event that it could not take, until someone retries.
    Paused,
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Live => "live",
            Self::Paused => "paused",
        })
    }
}

/// Where a read model stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Its name.
    pub name: String,
    /// The version of the program's definition that filled it.
    pub version: u32,
    /// SHA-256 of its DDL.
    pub shape: String,
    /// The last event that it took; 0 before the first.
    pub position: u64,
    /// The id of that event, which tells one log from another.
    pub last_event: Option<String>,
    /// When the log took that event.
    pub as_of: Option<Timestamp>,
    /// Whether it follows the log.
    pub status: Status,
    /// Why it is paused: what is wrong with the event at `position + 1`. Quotes no value.
    pub error: Option<String>,
}

impl State {
    /// Whether it is that of the read model as `definition` defines it.
    pub(crate) fn is_of(&self, definition: &Definition) -> bool {
        self.name == definition.name
            && self.version == definition.version
            && self.shape == definition.shape()
    }
}

/// All of them, by name.
pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<State>> {
    db.prepare_cached("SELECT * FROM projection_state ORDER BY name")?
        .query_map([], read)?
        .collect()
}

/// That of the read model called `name`.
pub(crate) fn of(db: &Connection, name: &str) -> rusqlite::Result<Option<State>> {
    db.prepare_cached("SELECT * FROM projection_state WHERE name = ?1")?
        .query_row([name], read)
        .optional()
}

fn read(row: &Row<'_>) -> rusqlite::Result<State> {
    let paused = row.get::<_, String>("status")? == Status::Paused.to_string();
    Ok(State {
        name: row.get("name")?,
        version: row.get("version")?,
        shape: row.get("shape")?,
        position: row.get("position")?,
        last_event: row.get("last_event")?,
        as_of: row.maybe_instant("as_of")?,
        status: if paused { Status::Paused } else { Status::Live },
        error: row.get("error")?,
    })
}

/// The read model called `name` has taken all up to `last`.
pub(crate) fn advance(db: &Connection, name: &str, last: &Entry) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE projection_state SET position = ?2, last_event = ?3, as_of = ?4 WHERE name = ?1",
    )?
    .execute(params![
        name,
        last.position(),
        last.id().map(|id| id.to_string()),
        last.recorded_at().map(Timestamp::as_microsecond),
    ])
    .map(|_| ())
}

/// The read model takes no further event, because of `error`.
pub(crate) fn pause(db: &Connection, name: &str, error: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE projection_state SET status = ?2, error = ?3 WHERE name = ?1")?
        .execute(params![name, Status::Paused.to_string(), error])
        .map(|_| ())
}

/// The read model tries again.
pub(crate) fn resume(db: &Connection, name: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE projection_state SET status = ?2, error = NULL WHERE name = ?1")?
        .execute(params![name, Status::Live.to_string()])
        .map(|_| ())
}

/// The paused read model called `name` tries again; one that is not paused goes on.
pub(crate) fn retry(db: &Connection, name: &str) -> Result<(), Fault> {
    let failed = |error| Fault::database("let a read model try again")(error);
    match of(db, name).map_err(failed)? {
        Some(_) => resume(db, name).map_err(failed),
        None => Err(Fault::NoSuchProjection(name.to_owned())),
    }
}

/// The tables of `definition` are made anew and empty; it starts at the first event. The
/// tables that an earlier definition of it made are gone.
pub(crate) fn reset(db: &Connection, definition: &Definition) -> rusqlite::Result<()> {
    forget(db, definition.name)?;
    for table in definition.tables {
        db.execute_batch(table.ddl)?;
    }
    let tables: Vec<&str> = definition.tables.iter().map(|it| it.name).collect();
    db.execute(
        "INSERT INTO projection_state (name, version, shape, position, status, tables)
         VALUES (?1, ?2, ?3, 0, ?4, ?5)",
        params![
            definition.name,
            definition.version,
            definition.shape(),
            Status::Live.to_string(),
            tables.join(" "),
        ],
    )
    .map(|_| ())
}

/// The read model called `name` and its tables are there no longer.
pub(crate) fn forget(db: &Connection, name: &str) -> rusqlite::Result<()> {
    let tables: Option<String> = db
        .prepare_cached("DELETE FROM projection_state WHERE name = ?1 RETURNING tables")?
        .query_row([name], |row| row.get(0))
        .optional()?;
    for table in tables.iter().flat_map(|it| it.split_whitespace()) {
        db.execute_batch(&format!("DROP TABLE IF EXISTS \"{table}\""))?;
    }
    Ok(())
}
