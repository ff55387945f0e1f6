//! After an erasure: no byte of the person may stay in the file or its write-ahead log.
//!
//! `secure_delete` overwrites what is deleted, but a row that was once moved to another page
//! may have left a copy in a gap of the first (measured: about 3 erased rows in 1000 are still
//! found). So the file is written anew (`VACUUM`) and the log emptied. The need is noted in
//! the transaction that takes the erasure, so that a crash in between does not lose it.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _};

use crate::{
    Fault, ReadDb,
    connection::{self, Place},
};

/// How long the write-ahead log waits for readers before it stays for the next time.
const PATIENCE: Duration = Duration::from_millis(200);

/// Where the need is noted.
pub(crate) const DDL: &str = "
    CREATE TABLE IF NOT EXISTS scrub (
        needed INTEGER PRIMARY KEY CHECK (needed = 1),
        written_anew INTEGER NOT NULL
    ) STRICT;";

/// Someone was erased.
pub(crate) fn note(db: &Connection) -> rusqlite::Result<()> {
    db.execute("INSERT OR REPLACE INTO scrub VALUES (1, 0)", []).map(|_| ())
}

/// Writes the file anew if someone was erased since it last was. Readers who are in the midst
/// of a query can keep the old pages for that long: emptying the log is then left to the next
/// call.
pub(crate) async fn if_needed(read: &ReadDb) -> Result<(), Fault> {
    let needed = read.query(needed).await?;
    if needed.is_none() {
        return Ok(());
    }
    read.write(|db, read| {
        file(db, read.place()).map_err(Fault::database("removed what was erased"))
    })
    .await
}

/// Whether there is something to do, and then whether the file is already written anew.
fn needed(db: &Connection) -> rusqlite::Result<Option<bool>> {
    db.prepare_cached("SELECT written_anew FROM scrub")?.query_row([], |row| row.get(0)).optional()
}

fn file(db: &Connection, place: &Place) -> rusqlite::Result<()> {
    if needed(db)? == Some(false) {
        db.execute_batch("VACUUM")?;
        db.execute("UPDATE scrub SET written_anew = 1", [])?;
    }
    if empty_log(db, place)? {
        db.execute("DELETE FROM scrub", [])?;
    }
    Ok(())
}

/// Moves the write-ahead log into the file and empties it. Whether no reader held it back.
pub(crate) fn empty_log(db: &Connection, place: &Place) -> rusqlite::Result<bool> {
    match place {
        Place::Memory(_) => Ok(true),
        Place::File(_) => {
            db.busy_timeout(PATIENCE)?;
            let held_back =
                db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
            db.busy_timeout(connection::PATIENCE)?;
            held_back.map(|held_back| held_back == 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The same numbers each time, scattered.
    struct Scattered(u64);

    impl Scattered {
        fn next(&mut self) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0
        }

        fn below(&mut self, bound: usize) -> usize {
            usize::try_from(self.next() % bound as u64).unwrap()
        }
    }

    /// Rows of many sizes that come scattered and grow, so that they move between pages.
    fn people(db: &Connection) -> rusqlite::Result<Vec<String>> {
        let mut chance = Scattered(13);
        let mut people = Vec::new();
        for at in 0..3000 {
            if at % 100 == 0 {
                db.execute_batch(if at == 0 { "BEGIN" } else { "COMMIT; BEGIN" })?;
            }
            let id = format!("{:016x}", chance.next());
            let name = format!("MARK{id}{}", "N".repeat(chance.below(60)));
            let other = "x".repeat(chance.below(200));
            let row = (&id, &name, name.to_lowercase(), other);
            db.execute("INSERT INTO people VALUES (?1, ?2, ?3, ?4)", row)?;
            people.push(id);
            if chance.below(10) < 4 {
                let other = "y".repeat(chance.below(300));
                let id = &people[chance.below(people.len())];
                db.execute("UPDATE people SET other = ?1 WHERE id = ?2", (other, id))?;
            }
        }
        db.execute_batch("COMMIT")?;
        Ok(people)
    }

    /// The ids of those whose names are in the bytes, as written or folded.
    fn found(bytes: &[u8]) -> BTreeSet<String> {
        let marked = bytes.windows(20).filter(|it| {
            let mark = it.get(..4).unwrap_or_default();
            mark == b"MARK" || mark == b"mark"
        });
        marked.map(|it| String::from_utf8_lossy(&it[4..]).into_owned()).collect()
    }

    #[test]
    fn nobody_is_left_whatever_moved_before() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("read.db");
        let place = Place::File(file.clone());
        let db = place.writer().unwrap();
        db.execute_batch(DDL).unwrap();
        db.execute_batch(
            "CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT, folded TEXT, other TEXT) STRICT;
             CREATE INDEX people_by_name ON people (folded);",
        )
        .unwrap();
        let people = people(&db).unwrap();
        let (gone, stay) = people.split_at(1500);
        db.execute_batch("BEGIN").unwrap();
        for id in gone {
            db.execute("UPDATE people SET name = NULL, folded = NULL WHERE id = ?1", [id]).unwrap();
        }
        note(&db).unwrap();
        db.execute_batch("COMMIT").unwrap();

        super::file(&db, &place).unwrap();

        let mut bytes = std::fs::read(file).unwrap();
        bytes.extend(std::fs::read(dir.path().join("read.db-wal")).unwrap());
        let left = found(&bytes);
        let still = gone.iter().filter(|id| left.contains(*id)).count();
        assert_eq!(still, 0);
        assert!(stay.iter().all(|id| left.contains(id)));
        assert_eq!(needed(&db).unwrap(), None);
    }
}
