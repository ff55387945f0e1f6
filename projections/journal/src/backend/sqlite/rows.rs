//! The rows that are not events, inside the writer's transaction.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::proof;
use crate::{
    event::from_sql,
    rows::{RowAnswer, RowOp, RowWrite},
};

/// Does one change; answers whether there was something to do.
pub(super) fn write(
    connection: &Connection,
    change: &RowWrite,
    now: i64,
) -> rusqlite::Result<bool> {
    match change {
        RowWrite::Put(row) => {
            connection
                .prepare_cached("INSERT OR REPLACE INTO rows VALUES (?1, ?2, ?3, ?4)")?
                .execute(params![row.kind, row.key, row.value, row.expires_at])?;
            Ok(true)
        }
        RowWrite::Delete { kind, key } => {
            let removed: Option<Option<i64>> = connection
                .prepare_cached(
                    "DELETE FROM rows WHERE kind = ?1 AND key = ?2 RETURNING expires_at",
                )?
                .query_row([kind, key], |row| row.get(0))
                .optional()?;
            Ok(removed.is_some_and(|expires_at| expires_at.is_none_or(|at| at > now)))
        }
    }
}

pub(super) fn run(connection: &Connection, op: &RowOp, now: i64) -> rusqlite::Result<RowAnswer> {
    match op {
        RowOp::Write(change) => write(connection, change, now).map(RowAnswer::Was),
        RowOp::PutIfAbsent(row) => {
            let written = connection
                .prepare_cached(
                    "INSERT INTO rows VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (kind, key) DO UPDATE
                     SET value = excluded.value, expires_at = excluded.expires_at
                     WHERE rows.expires_at <= ?5",
                )?
                .execute(params![row.kind, row.key, row.value, row.expires_at, now])?;
            Ok(RowAnswer::Was(written > 0))
        }
        RowOp::Count(row) => {
            let count = connection
                .prepare_cached(
                    "INSERT INTO rows VALUES (?1, ?2, '1', ?3)
                     ON CONFLICT (kind, key) DO UPDATE SET
                       value = CASE WHEN rows.expires_at <= ?4 THEN '1'
                               ELSE CAST(CAST(rows.value AS INTEGER) + 1 AS TEXT) END,
                       expires_at = CASE WHEN rows.expires_at <= ?4 THEN excluded.expires_at
                               ELSE rows.expires_at END
                     RETURNING CAST(value AS INTEGER)",
                )?
                .query_row(params![row.kind, row.key, row.expires_at, now], |row| {
                    row.get(0).map(from_sql)
                })?;
            Ok(RowAnswer::Number(count))
        }
        RowOp::DeleteExpired => {
            let removed = connection
                .prepare_cached("DELETE FROM rows WHERE expires_at <= ?1")?
                .execute([now])?;
            Ok(RowAnswer::Number(removed as u64))
        }
        RowOp::Proof(kept) => proof::keep(connection, kept).map(RowAnswer::Was),
    }
}
