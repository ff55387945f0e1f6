//! The tree over the log and the checkpoints signed over it.

use rusqlite::{Connection, params};

use crate::{
    event::{from_sql, to_sql},
    proof::{Kept, SignedNote},
};

pub(super) fn leaves(
    connection: &Connection,
    after: u64,
    last: u64,
) -> rusqlite::Result<Vec<Vec<u8>>> {
    connection
        .prepare_cached(
            "SELECT leaf FROM events WHERE position > ?1 AND position <= ?2 ORDER BY position",
        )?
        .query_map([to_sql(after), to_sql(last)], |row| row.get(0))?
        .collect()
}

pub(super) fn lots(connection: &Connection) -> rusqlite::Result<Vec<(u64, Vec<u8>)>> {
    connection
        .prepare_cached("SELECT lot, root FROM log_tree ORDER BY lot")?
        .query_map([], |row| Ok((from_sql(row.get(0)?), row.get(1)?)))?
        .collect()
}

pub(super) fn checkpoints(
    connection: &Connection,
    last: usize,
) -> rusqlite::Result<Vec<SignedNote>> {
    connection
        .prepare_cached(
            "SELECT size, note, signed_at FROM log_checkpoint ORDER BY size DESC LIMIT ?1",
        )?
        .query_map([to_sql(last as u64)], |row| {
            Ok(SignedNote {
                size: from_sql(row.get(0)?),
                note: row.get(1)?,
                signed_at: row.get(2)?,
            })
        })?
        .collect()
}

/// Does one change; answers whether there was something to do.
pub(super) fn keep(connection: &Connection, kept: &Kept) -> rusqlite::Result<bool> {
    match kept {
        Kept::Lots(lots) => {
            let mut insert =
                connection.prepare_cached("INSERT OR REPLACE INTO log_tree VALUES (?1, ?2)")?;
            for (lot, root) in lots {
                insert.execute(params![to_sql(*lot), root])?;
            }
            Ok(!lots.is_empty())
        }
        Kept::NoLots => connection.execute("DELETE FROM log_tree", []).map(|count| count > 0),
        Kept::Checkpoint(note) => connection
            .prepare_cached("INSERT OR REPLACE INTO log_checkpoint VALUES (?1, ?2, ?3)")?
            .execute(params![to_sql(note.size), note.note, note.signed_at])
            .map(|count| count > 0),
    }
}
