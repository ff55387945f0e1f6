//! After an erasure: no byte of the person may stay in the file or its write-ahead log.
//!
//! `secure_delete` overwrites what is deleted, but a row that was once moved to another page
//! may have left a copy in a gap of the first (measured: about 3 erased rows in 1000 are still
//! found). So the file is written anew (`VACUUM`) and the log emptied. The need is noted in
//! the transaction that takes the erasure, so that a crash in between does not lose it.

use rusqlite::Connection;

use crate::{Fault, ReadDb, connection::Place};

/// Where the need is noted.
pub(crate) const DDL: &str = "
    CREATE TABLE IF NOT EXISTS scrub (
        needed INTEGER PRIMARY KEY CHECK (needed = 1)
    ) STRICT;";

/// Someone was erased.
pub(crate) fn note(db: &Connection) -> rusqlite::Result<()> {
    db.execute("INSERT OR IGNORE INTO scrub (needed) VALUES (1)", [])
        .map(|_| ())
}

/// Writes the file anew if someone was erased since it last was. Readers who are in the midst
/// of a query can keep the old pages for that long: it is then done again at the next call.
pub(crate) async fn if_needed(read: &ReadDb) -> Result<(), Fault> {
    let needed = read.query(is_needed).await?;
    if !needed {
        return Ok(());
    }
    read.write(|db, read| {
        file(db, read.place()).map_err(Fault::database("removed what was erased"))
    })
    .await
}

fn is_needed(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT EXISTS (SELECT 1 FROM scrub)")?
        .query_row([], |row| row.get(0))
}

fn file(db: &Connection, place: &Place) -> rusqlite::Result<()> {
    db.execute_batch("VACUUM")?;
    if empty_log(db, place)? {
        db.execute("DELETE FROM scrub", [])?;
    }
    Ok(())
}

/// Moves the write-ahead log into the file and empties it. Whether no reader held it back.
pub(crate) fn empty_log(db: &Connection, place: &Place) -> rusqlite::Result<bool> {
    match place {
        Place::Memory(_) => Ok(true),
        Place::File(_) => db
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
                row.get::<_, i64>(0)
            })
            .map(|held_back| held_back == 0),
    }
}
