//! The rows that are not events.

use sqlx::PgConnection;

use super::proof;
use crate::{
    event::from_sql,
    rows::{RowAnswer, RowOp, RowWrite},
};

/// Does one change; answers whether there was something to do.
pub(super) async fn write(
    connection: &mut PgConnection,
    change: &RowWrite,
    now: i64,
) -> sqlx::Result<bool> {
    match change {
        RowWrite::Put(row) => {
            sqlx::query(
                "INSERT INTO rows VALUES ($1, $2, $3, $4) ON CONFLICT (kind, key)
                 DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
            )
            .bind(&row.kind)
            .bind(&row.key)
            .bind(&row.value)
            .bind(row.expires_at)
            .execute(connection)
            .await?;
            Ok(true)
        }
        RowWrite::Delete { kind, key } => {
            let removed: Option<Option<i64>> = sqlx::query_scalar(
                "DELETE FROM rows WHERE kind = $1 AND key = $2 RETURNING expires_at",
            )
            .bind(kind)
            .bind(key)
            .fetch_optional(connection)
            .await?;
            Ok(removed.is_some_and(|expires_at| expires_at.is_none_or(|at| at > now)))
        }
    }
}

pub(super) async fn run(
    connection: &mut PgConnection,
    op: &RowOp,
    now: i64,
) -> sqlx::Result<RowAnswer> {
    match op {
        RowOp::Write(change) => write(connection, change, now).await.map(RowAnswer::Was),
        RowOp::PutIfAbsent(row) => {
            let done = sqlx::query(
                "INSERT INTO rows VALUES ($1, $2, $3, $4) ON CONFLICT (kind, key)
                 DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at
                 WHERE rows.expires_at <= $5",
            )
            .bind(&row.kind)
            .bind(&row.key)
            .bind(&row.value)
            .bind(row.expires_at)
            .bind(now)
            .execute(connection)
            .await?;
            Ok(RowAnswer::Was(done.rows_affected() > 0))
        }
        RowOp::Count(row) => {
            let count: i64 = sqlx::query_scalar(
                "INSERT INTO rows VALUES ($1, $2, '1', $3) ON CONFLICT (kind, key)
                 DO UPDATE SET
                   value = CASE WHEN rows.expires_at <= $4 THEN '1'
                           ELSE (rows.value::bigint + 1)::text END,
                   expires_at = CASE WHEN rows.expires_at <= $4 THEN excluded.expires_at
                           ELSE rows.expires_at END
                 RETURNING value::bigint",
            )
            .bind(&row.kind)
            .bind(&row.key)
            .bind(row.expires_at)
            .bind(now)
            .fetch_one(connection)
            .await?;
            Ok(RowAnswer::Number(from_sql(count)))
        }
        RowOp::DeleteExpired => {
            let done = sqlx::query("DELETE FROM rows WHERE expires_at <= $1")
                .bind(now)
                .execute(connection)
                .await?;
            Ok(RowAnswer::Number(done.rows_affected()))
        }
        RowOp::Proof(kept) => proof::keep(connection, kept).await.map(RowAnswer::Was),
    }
}
