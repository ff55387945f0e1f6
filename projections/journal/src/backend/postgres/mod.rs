//! The log in PostgreSQL: one connection writes, a pool reads, another listens. Several
//! processes may write to it; the row lock on the head puts them in one order.

mod facts;
mod insert;
mod proof;
mod rows;
mod wake;
mod writer;

use std::time::Duration;

use domain::kernel::ids::PersonId;
use postgres_es::PostgresEventRepository;
use sqlx::{
    Connection as _, Executor as _, PgConnection, PgPool, Row as _,
    postgres::{PgConnectOptions, PgPoolOptions, PgRow},
};
use tokio::task::AbortHandle;
use uuid::Uuid;

use super::Desk;
use crate::{
    Fault,
    append::Written,
    event::{Head, StoredEvent, from_sql, to_sql},
    proof::SignedNote,
    rows::{RowAnswer, RowOp},
};

const MIGRATIONS: &[&str] = &[
    include_str!("../../../migrations/postgres/0001_log.sql"),
    include_str!("../../../migrations/postgres/0002_proof.sql"),
];

/// Held while migrating, so that two processes that start together do it once.
const MIGRATION_LOCK: i64 = 0x0065_7363_616c_6500;

/// What JSON was written is read back to the byte: the hash chain is over it.
const EVENT: &str = "SELECT position, event_id, tenant, aggregate_type, aggregate_id, sequence, \
     event_type, event_version, payload::text, metadata::text, recorded_at, leaf, chain FROM events";

const READERS: u32 = 12;

/// How long a reading may take. A server that is gone without a word never answers, and nothing
/// below says so.
const PATIENCE: Duration = Duration::from_secs(30);

const RESTED: Duration = Duration::from_secs(2);

/// What reads the log, and writes the rows that are not events.
pub(crate) struct Postgres {
    address: PgConnectOptions,
    pool: PgPool,
    repository: PostgresEventRepository,
}

impl std::fmt::Debug for Postgres {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Postgres").finish_non_exhaustive()
    }
}

impl Postgres {
    /// Opens the database, migrated if need be, starts its writer and what watches its head.
    pub(crate) async fn open(url: &str, desk: Desk) -> Result<(Self, Vec<AbortHandle>), Fault> {
        let address: PgConnectOptions = url.parse()?;
        let pool = PgPoolOptions::new()
            .max_connections(READERS)
            .test_before_acquire(false)
            .before_acquire(|connection, idle| Box::pin(still_there(connection, idle.idle_for)))
            .connect_with(address.clone())
            .await?;
        migrate_log(&mut *pool.acquire().await?).await?;
        let watchers = vec![
            wake::listen(pool.clone(), desk.head.clone()),
            wake::tell(pool.clone(), desk.committed.subscribe()),
        ];
        writer::start(address.clone(), desk);
        let repository = PostgresEventRepository::new(pool.clone());
        Ok((Self { address, pool, repository }, watchers))
    }

    /// Where it is.
    pub(crate) fn address(&self) -> PgConnectOptions {
        self.address.clone()
    }

    /// What reads one stream for the framework.
    pub(crate) fn repository(&self) -> &PostgresEventRepository {
        &self.repository
    }

    pub(crate) async fn head(&self) -> Result<Head, Fault> {
        let row = sqlx::query("SELECT position, chain, recorded_at FROM log_head")
            .fetch_one(&self.pool)
            .await?;
        Ok(head(&row)?)
    }

    pub(crate) async fn read(&self, after: u64, limit: usize) -> Result<Vec<StoredEvent>, Fault> {
        let sql = format!("{EVENT} WHERE position > $1 ORDER BY position LIMIT $2");
        let rows = sqlx::query(&sql)
            .bind(to_sql(after))
            .bind(to_sql(limit as u64))
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().map(event).collect::<sqlx::Result<_>>()?)
    }

    pub(crate) async fn stream(
        &self,
        stream: String,
        stream_id: String,
    ) -> Result<Vec<StoredEvent>, Fault> {
        let sql =
            format!("{EVENT} WHERE aggregate_type = $1 AND aggregate_id = $2 ORDER BY sequence");
        let rows = sqlx::query(&sql).bind(stream).bind(stream_id).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(event).collect::<sqlx::Result<_>>()?)
    }

    pub(crate) async fn command(&self, command: Uuid) -> Result<Option<Written>, Fault> {
        let row = sqlx::query(
            "SELECT aggregate_type, aggregate_id, first, last FROM command_dedup
             WHERE command_id = $1",
        )
        .bind(command)
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.as_ref().map(facts::written).transpose()?)
    }

    pub(crate) async fn claimant(
        &self,
        scope: String,
        key: String,
    ) -> Result<Option<String>, Fault> {
        let holder =
            sqlx::query_scalar("SELECT aggregate_id FROM claims WHERE scope = $1 AND key = $2")
                .bind(scope)
                .bind(key)
                .fetch_optional(&self.pool)
                .await?;
        Ok(holder)
    }

    pub(crate) async fn erased(&self) -> Result<Vec<PersonId>, Fault> {
        let persons: Vec<Uuid> =
            sqlx::query_scalar("SELECT person FROM erased_persons").fetch_all(&self.pool).await?;
        Ok(persons.into_iter().map(PersonId::new).collect())
    }

    pub(crate) async fn row(
        &self,
        kind: String,
        key: String,
        now: i64,
    ) -> Result<Option<String>, Fault> {
        let value = sqlx::query_scalar(
            "SELECT value FROM rows WHERE kind = $1 AND key = $2
             AND (expires_at IS NULL OR expires_at > $3)",
        )
        .bind(kind)
        .bind(key)
        .bind(now)
        .fetch_optional(&self.pool)
        .await?;
        Ok(value)
    }

    pub(crate) async fn rows(
        &self,
        kind: String,
        now: i64,
    ) -> Result<Vec<(String, String)>, Fault> {
        let rows = sqlx::query_as(
            "SELECT key, value FROM rows WHERE kind = $1
             AND (expires_at IS NULL OR expires_at > $2) ORDER BY key COLLATE \"C\"",
        )
        .bind(kind)
        .bind(now)
        .fetch_all(&self.pool)
        .await?;
        Ok(rows)
    }

    pub(crate) async fn leaves(&self, after: u64, last: u64) -> Result<Vec<Vec<u8>>, Fault> {
        Ok(proof::leaves(&self.pool, after, last).await?)
    }

    pub(crate) async fn lots(&self) -> Result<Vec<(u64, Vec<u8>)>, Fault> {
        Ok(proof::lots(&self.pool).await?)
    }

    pub(crate) async fn checkpoints(&self, last: usize) -> Result<Vec<SignedNote>, Fault> {
        Ok(proof::checkpoints(&self.pool, last).await?)
    }

    pub(crate) async fn count(&self) -> Result<u64, Fault> {
        let count = sqlx::query_scalar("SELECT count(*) FROM events").fetch_one(&self.pool).await?;
        Ok(from_sql(count))
    }

    /// Changes rows outside of any append.
    pub(crate) async fn row_op(&self, op: &RowOp, now: i64) -> Result<RowAnswer, Fault> {
        let mut connection = self.pool.acquire().await?;
        Ok(rows::run(&mut connection, op, now).await?)
    }
}

/// What `asking` is answered, unless that takes too long.
pub(crate) async fn within<T>(asking: impl Future<Output = Result<T, Fault>>) -> Result<T, Fault> {
    tokio::time::timeout(PATIENCE, asking).await.unwrap_or(Err(Fault::Unanswered))
}

/// Asks a connection that rested whether it is still there; asking each time would double the
/// round trips of every reading.
async fn still_there(connection: &mut PgConnection, idle: Duration) -> sqlx::Result<bool> {
    Ok(idle < RESTED || connection.ping().await.is_ok())
}

/// Brings the log's tables to their present shape.
pub(crate) async fn migrate_log(connection: &mut PgConnection) -> sqlx::Result<()> {
    migrate(connection, "journal_migrations", MIGRATIONS).await
}

/// Runs those of `migrations` that this database has not had by its table `done_in`, in one
/// transaction.
pub(crate) async fn migrate(
    connection: &mut PgConnection,
    done_in: &str,
    migrations: &[&str],
) -> sqlx::Result<()> {
    let mut transaction = connection.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(MIGRATION_LOCK)
        .execute(&mut *transaction)
        .await?;
    transaction
        .execute(&*format!("CREATE TABLE IF NOT EXISTS {done_in} (version bigint PRIMARY KEY)"))
        .await?;
    let last = format!("SELECT coalesce(max(version), 0) FROM {done_in}");
    let done: i64 = sqlx::query_scalar(&last).fetch_one(&mut *transaction).await?;
    for (version, sql) in (1_i64..).zip(migrations) {
        if version > done {
            transaction.execute(*sql).await?;
            sqlx::query(&format!("INSERT INTO {done_in} VALUES ($1)"))
                .bind(version)
                .execute(&mut *transaction)
                .await?;
        }
    }
    transaction.commit().await
}

fn head(row: &PgRow) -> sqlx::Result<Head> {
    Ok(Head {
        position: from_sql(row.try_get(0)?),
        chain: row.try_get(1)?,
        recorded_at: row.try_get(2)?,
    })
}

fn event(row: &PgRow) -> sqlx::Result<StoredEvent> {
    Ok(StoredEvent {
        position: from_sql(row.try_get(0)?),
        id: row.try_get(1)?,
        tenant: row.try_get(2)?,
        stream: row.try_get(3)?,
        stream_id: row.try_get(4)?,
        sequence: from_sql(row.try_get(5)?),
        name: row.try_get(6)?,
        version: row.try_get(7)?,
        payload: row.try_get(8)?,
        metadata: row.try_get(9)?,
        recorded_at: row.try_get(10)?,
        leaf: row.try_get(11)?,
        chain: row.try_get(12)?,
    })
}
