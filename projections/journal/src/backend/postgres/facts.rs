//! What a batch must know, asked under the lock on the head: one query a kind of fact,
//! however many appends.

use std::collections::{HashMap, HashSet};

use domain::kernel::ids::PersonId;
use sqlx::{PgConnection, Row as _, postgres::PgRow};
use uuid::Uuid;

use crate::{
    append::{Facts, Holder, Wanted, Written},
    event::{Head, from_sql},
};

/// Locks the head until the end of the transaction; with the server's time, in microseconds.
pub(super) async fn lock_head(connection: &mut PgConnection) -> sqlx::Result<(Head, i64)> {
    let row = sqlx::query(
        "SELECT position, chain, recorded_at,
                (extract(epoch FROM clock_timestamp()) * 1000000)::bigint
         FROM log_head FOR UPDATE",
    )
    .fetch_one(connection)
    .await?;
    Ok((super::head(&row)?, row.try_get(3)?))
}

/// The facts that `wanted` names. The lock must be held: what is read stays true.
pub(super) async fn gather(
    connection: &mut PgConnection,
    wanted: Wanted,
    head: Head,
    now: i64,
) -> sqlx::Result<Facts> {
    Ok(Facts {
        head,
        now,
        commands: commands(connection, &wanted).await?,
        claims: claims(connection, &wanted).await?,
        erased: erased(connection, &wanted).await?,
        sequences: sequences(connection, wanted).await?,
    })
}

async fn sequences(
    connection: &mut PgConnection,
    wanted: Wanted,
) -> sqlx::Result<HashMap<(String, String), u64>> {
    if wanted.streams.is_empty() {
        return Ok(HashMap::new());
    }
    let (types, ids): (Vec<String>, Vec<String>) = wanted.streams.into_iter().unzip();
    let rows: Vec<(String, String, i64)> = sqlx::query_as(
        "SELECT asked.type, asked.id,
                (SELECT coalesce(max(sequence), 0) FROM events
                 WHERE aggregate_type = asked.type AND aggregate_id = asked.id)
         FROM unnest($1::text[], $2::text[]) AS asked(type, id)",
    )
    .bind(types)
    .bind(ids)
    .fetch_all(connection)
    .await?;
    let entry = |(stream, id, last)| ((stream, id), from_sql(last));
    Ok(rows.into_iter().map(entry).collect())
}

async fn commands(
    connection: &mut PgConnection,
    wanted: &Wanted,
) -> sqlx::Result<HashMap<Uuid, Written>> {
    if wanted.commands.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = wanted.commands.iter().copied().collect();
    let rows = sqlx::query(
        "SELECT aggregate_type, aggregate_id, first, last, command_id FROM command_dedup
         WHERE command_id = ANY($1)",
    )
    .bind(ids)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((row.try_get(4)?, written(row)?))).collect()
}

/// What a command wrote: type, id, first, last.
pub(super) fn written(row: &PgRow) -> sqlx::Result<Written> {
    Ok(Written {
        stream: row.try_get(0)?,
        stream_id: row.try_get(1)?,
        first: from_sql(row.try_get(2)?),
        last: from_sql(row.try_get(3)?),
        repeated: true,
    })
}

async fn claims(
    connection: &mut PgConnection,
    wanted: &Wanted,
) -> sqlx::Result<HashMap<(String, String), Holder>> {
    if wanted.claims.is_empty() {
        return Ok(HashMap::new());
    }
    let (scopes, keys): (Vec<String>, Vec<String>) = wanted.claims.iter().cloned().unzip();
    let rows: Vec<(String, String, String, String, Option<Uuid>)> = sqlx::query_as(
        "SELECT scope, key, aggregate_type, aggregate_id, person
         FROM claims JOIN unnest($1::text[], $2::text[]) AS asked(scope, key)
         USING (scope, key)",
    )
    .bind(scopes)
    .bind(keys)
    .fetch_all(connection)
    .await?;
    let entry = |(scope, key, stream, stream_id, person): (_, _, _, _, Option<Uuid>)| {
        let person = person.map(PersonId::new);
        let holder = Holder { stream, stream_id, person };
        ((scope, key), holder)
    };
    Ok(rows.into_iter().map(entry).collect())
}

async fn erased(connection: &mut PgConnection, wanted: &Wanted) -> sqlx::Result<HashSet<PersonId>> {
    if wanted.persons.is_empty() {
        return Ok(HashSet::new());
    }
    let persons: Vec<Uuid> = wanted.persons.iter().map(|person| person.uuid()).collect();
    let erased: Vec<Uuid> =
        sqlx::query_scalar("SELECT person FROM erased_persons WHERE person = ANY($1)")
            .bind(persons)
            .fetch_all(connection)
            .await?;
    Ok(erased.into_iter().map(PersonId::new).collect())
}
