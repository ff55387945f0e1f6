//! The log in a SQLite file: one connection writes, on its own thread; a few only read.

mod facts;
mod proof;
mod readers;
mod rows;
mod writer;

pub(crate) use readers::Readers;
pub(crate) use writer::Log;

use std::path::Path;

use domain::kernel::ids::PersonId;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use uuid::Uuid;

use super::sqlite_file::{durable, migrate};
use crate::{
    Fault,
    append::Written,
    event::{Head, StoredEvent, from_sql, to_sql},
    proof::SignedNote,
};

/// What makes the tables.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/sqlite/0001_log.sql"),
    include_str!("../../../migrations/sqlite/0002_proof.sql"),
];

/// What [`event`] reads.
pub(crate) const EVENT: &str = "SELECT position, event_id, tenant, aggregate_type, aggregate_id, sequence, \
     event_type, event_version, payload, metadata, recorded_at, leaf, chain FROM events";

/// What reads the log.
#[derive(Debug)]
pub(crate) struct Sqlite {
    readers: Readers,
}

impl Sqlite {
    /// Opens the file, made and migrated if need be, and the log's one writer beside it.
    pub(crate) fn open(path: &Path) -> Result<(Self, Log), Fault> {
        let mut connection = Connection::open(path)?;
        durable(&connection)?;
        migrate(&mut connection, MIGRATIONS)?;
        let readers = Readers::new(path);
        Ok((Self { readers }, Log::new(connection)))
    }

    pub(crate) async fn head(&self) -> Result<Head, Fault> {
        self.readers.with(head).await
    }

    pub(crate) async fn read(&self, after: u64, limit: usize) -> Result<Vec<StoredEvent>, Fault> {
        let limit = to_sql(limit as u64);
        self.readers
            .with(move |connection| {
                let sql = format!("{EVENT} WHERE position > ?1 ORDER BY position LIMIT ?2");
                let mut statement = connection.prepare_cached(&sql)?;
                let events = statement.query_map(params![to_sql(after), limit], event)?;
                events.collect()
            })
            .await
    }

    pub(crate) async fn stream(
        &self,
        stream: String,
        stream_id: String,
    ) -> Result<Vec<StoredEvent>, Fault> {
        self.readers
            .with(move |connection| {
                let sql = format!(
                    "{EVENT} WHERE aggregate_type = ?1 AND aggregate_id = ?2 ORDER BY sequence"
                );
                let mut statement = connection.prepare_cached(&sql)?;
                let events = statement.query_map(params![stream, stream_id], event)?;
                events.collect()
            })
            .await
    }

    pub(crate) async fn command(&self, command: Uuid) -> Result<Option<Written>, Fault> {
        self.readers.with(move |connection| facts::command(connection, command)).await
    }

    pub(crate) async fn claimant(
        &self,
        scope: String,
        key: String,
    ) -> Result<Option<String>, Fault> {
        self.readers
            .with(move |connection| {
                let holder = facts::holder(connection, &scope, &key)?;
                Ok(holder.map(|holder| holder.stream_id))
            })
            .await
    }

    pub(crate) async fn erased(&self) -> Result<Vec<PersonId>, Fault> {
        self.readers
            .with(|connection| {
                let mut statement = connection.prepare("SELECT person FROM erased_persons")?;
                let persons = statement.query_map([], |row| Ok(PersonId::new(row.get(0)?)))?;
                persons.collect()
            })
            .await
    }

    pub(crate) async fn row(
        &self,
        kind: String,
        key: String,
        now: i64,
    ) -> Result<Option<String>, Fault> {
        self.readers
            .with(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT value FROM rows WHERE kind = ?1 AND key = ?2
                         AND (expires_at IS NULL OR expires_at > ?3)",
                    )?
                    .query_row(params![kind, key, now], |row| row.get(0))
                    .optional()
            })
            .await
    }

    pub(crate) async fn rows(
        &self,
        kind: String,
        now: i64,
    ) -> Result<Vec<(String, String)>, Fault> {
        self.readers
            .with(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT key, value FROM rows WHERE kind = ?1
                     AND (expires_at IS NULL OR expires_at > ?2) ORDER BY key",
                )?;
                let rows = statement
                    .query_map(params![kind, now], |row| Ok((row.get(0)?, row.get(1)?)))?;
                rows.collect()
            })
            .await
    }

    pub(crate) async fn leaves(&self, after: u64, last: u64) -> Result<Vec<Vec<u8>>, Fault> {
        self.readers.with(move |connection| proof::leaves(connection, after, last)).await
    }

    pub(crate) async fn lots(&self) -> Result<Vec<(u64, Vec<u8>)>, Fault> {
        self.readers.with(proof::lots).await
    }

    pub(crate) async fn checkpoints(&self, last: usize) -> Result<Vec<SignedNote>, Fault> {
        self.readers.with(move |connection| proof::checkpoints(connection, last)).await
    }

    pub(crate) async fn count(&self) -> Result<u64, Fault> {
        self.readers
            .with(|connection| {
                connection
                    .query_row("SELECT count(*) FROM events", [], |row| row.get(0).map(from_sql))
            })
            .await
    }
}

/// Where the log ends.
pub(crate) fn head(connection: &Connection) -> rusqlite::Result<Head> {
    connection.prepare_cached("SELECT position, chain, recorded_at FROM log_head")?.query_row(
        [],
        |row| {
            Ok(Head {
                position: from_sql(row.get(0)?),
                chain: row.get(1)?,
                recorded_at: row.get(2)?,
            })
        },
    )
}

/// A row of [`EVENT`].
pub(crate) fn event(row: &Row<'_>) -> rusqlite::Result<StoredEvent> {
    Ok(StoredEvent {
        position: from_sql(row.get(0)?),
        id: row.get(1)?,
        tenant: row.get(2)?,
        stream: row.get(3)?,
        stream_id: row.get(4)?,
        sequence: from_sql(row.get(5)?),
        name: row.get(6)?,
        version: row.get(7)?,
        payload: row.get(8)?,
        metadata: row.get(9)?,
        recorded_at: row.get(10)?,
        leaf: row.get(11)?,
        chain: row.get(12)?,
    })
}
