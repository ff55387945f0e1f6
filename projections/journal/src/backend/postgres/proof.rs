//! The tree over the log and the checkpoints signed over it.

use sqlx::{PgConnection, PgPool};

use crate::{
    event::{from_sql, to_sql},
    proof::{Kept, SignedNote},
};

pub(super) async fn leaves(pool: &PgPool, after: u64, last: u64) -> sqlx::Result<Vec<Vec<u8>>> {
    sqlx::query_scalar(
        "SELECT leaf FROM events WHERE position > $1 AND position <= $2 ORDER BY position",
    )
    .bind(to_sql(after))
    .bind(to_sql(last))
    .fetch_all(pool)
    .await
}

pub(super) async fn lots(pool: &PgPool) -> sqlx::Result<Vec<(u64, Vec<u8>)>> {
    let rows: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT lot, root FROM log_tree ORDER BY lot").fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(lot, root)| (from_sql(lot), root)).collect())
}

pub(super) async fn checkpoints(pool: &PgPool, last: usize) -> sqlx::Result<Vec<SignedNote>> {
    let rows: Vec<(i64, String, i64)> = sqlx::query_as(
        "SELECT size, note, signed_at FROM log_checkpoint ORDER BY size DESC LIMIT $1",
    )
    .bind(to_sql(last as u64))
    .fetch_all(pool)
    .await?;
    let signed = |(size, note, signed_at)| SignedNote { size: from_sql(size), note, signed_at };
    Ok(rows.into_iter().map(signed).collect())
}

/// Does one change; answers whether there was something to do.
pub(super) async fn keep(connection: &mut PgConnection, kept: &Kept) -> sqlx::Result<bool> {
    let done = match kept {
        Kept::Lots(lots) => {
            let (numbers, roots): (Vec<_>, Vec<_>) =
                lots.iter().map(|(lot, root)| (to_sql(*lot), root.clone())).unzip();
            sqlx::query(
                "INSERT INTO log_tree SELECT * FROM unnest($1::bigint[], $2::bytea[])
                 ON CONFLICT (lot) DO UPDATE SET root = excluded.root",
            )
            .bind(numbers)
            .bind(roots)
            .execute(connection)
            .await?
        }
        Kept::NoLots => sqlx::query("DELETE FROM log_tree").execute(connection).await?,
        Kept::Checkpoint(note) => {
            sqlx::query(
                "INSERT INTO log_checkpoint VALUES ($1, $2, $3) ON CONFLICT (size)
                 DO UPDATE SET note = excluded.note, signed_at = excluded.signed_at",
            )
            .bind(to_sql(note.size))
            .bind(&note.note)
            .bind(note.signed_at)
            .execute(connection)
            .await?
        }
    };
    Ok(done.rows_affected() > 0)
}
