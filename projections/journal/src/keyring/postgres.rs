//! The keys in a PostgreSQL database, for gateways on several machines: one connection in one
//! task of each. Who writes takes a lock first, so that of two gateways none makes a key that the
//! other destroys.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use domain::kernel::ids::PersonId;
use sqlx::{
    Connection as _, Executor as _, PgConnection, Postgres, Transaction, postgres::PgConnectOptions,
};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::{
    KeyState, Keys,
    ask::{Ask, BATCH, Reply, refuse, remember, reply},
    cache::Cache,
    crypt::{PersonKey, Secrets},
};
use crate::{Fault, backend::postgres_migrate};

const MIGRATIONS: &[&str] = &[include_str!("../../migrations/keys_postgres/0001_keys.sql")];

/// Durable whatever the server's default; a process that hangs in the middle stops the others for
/// half a minute at most.
const SESSION: &str = "SET synchronous_commit = on; SET search_path = escale_keys;
     SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = '40s'";
/// How long a batch may take, waiting for another's included: a server that is gone without a word
/// never answers.
const PATIENCE: Duration = Duration::from_secs(45);
/// Held by whoever writes, to the end of their transaction.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('escale keys'))";

/// Opens the database, migrated if need be, and starts its task.
pub(super) async fn start(
    address: &str,
    secrets: Arc<Secrets>,
    cache: Cache,
    queue: mpsc::Receiver<Ask>,
) -> Result<(), Fault> {
    let address: PgConnectOptions = address.parse().map_err(Fault::keys)?;
    let mut connection = PgConnection::connect_with(&address).await.map_err(Fault::keys)?;
    migrate(&mut connection).await.map_err(Fault::keys)?;
    connection.execute(SESSION).await.map_err(Fault::keys)?;
    let check = secrets.check();
    let written = checked(&mut connection, &check).await.map_err(Fault::keys)?;
    if !super::Keyring::same(&written, &check) {
        return Err(Fault::WrongMasterKey);
    }
    let shelf = Shelf { address, connection: Some(connection), secrets, cache };
    tokio::spawn(shelf.serve(queue));
    Ok(())
}

/// Brings the keys' tables to their present shape.
pub(crate) async fn migrate(connection: &mut PgConnection) -> sqlx::Result<()> {
    postgres_migrate(connection, "escale_keys_migrations", MIGRATIONS).await
}

async fn checked(connection: &mut PgConnection, check: &[u8]) -> sqlx::Result<Vec<u8>> {
    sqlx::query("INSERT INTO master_check VALUES (1, $1) ON CONFLICT DO NOTHING")
        .bind(check)
        .execute(&mut *connection)
        .await?;
    sqlx::query_scalar("SELECT mac FROM master_check").fetch_one(connection).await
}

/// What the task owns.
struct Shelf {
    address: PgConnectOptions,
    connection: Option<PgConnection>,
    secrets: Arc<Secrets>,
    cache: Cache,
}

impl Shelf {
    async fn serve(mut self, mut queue: mpsc::Receiver<Ask>) {
        let mut asks = Vec::with_capacity(BATCH);
        while queue.recv_many(&mut asks, BATCH).await > 0 {
            let destroys = asks.iter().any(|ask| matches!(ask, Ask::Destroy { .. }));
            let mut replies = Vec::with_capacity(asks.len());
            let keeping = self.transact(&mut asks, &mut replies);
            let outcome = tokio::time::timeout(PATIENCE, keeping).await;
            let outcome = outcome.unwrap_or(Err(Fault::Unanswered));
            if destroys && outcome.is_ok() {
                self.wipe().await;
            }
            replies.extend(asks.drain(..).map(refuse));
            for reply in replies {
                reply(outcome.clone(), &self.cache);
            }
        }
    }

    /// Does it with the connection; one that failed, in whatever state it is, is dropped and the
    /// next batch gets another.
    async fn transact(
        &mut self,
        asks: &mut Vec<Ask>,
        replies: &mut Vec<Reply>,
    ) -> Result<(), Fault> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.address).await.map_err(Fault::keys)?,
        };
        let mut transaction = connection.begin().await.map_err(Fault::keys)?;
        if asks.iter().any(writes) {
            transaction.execute(LOCK).await.map_err(Fault::keys)?;
        }
        for ask in asks.drain(..) {
            replies.push(run(&mut transaction, &self.secrets, ask).await);
        }
        // Where one statement failed any other fails, while a commit would say nothing of it.
        transaction.execute("SELECT 1").await.map_err(Fault::keys)?;
        transaction.commit().await.map_err(Fault::keys)?;
        self.connection = Some(connection);
        Ok(())
    }

    /// Leaves no copy of a destroyed key in the table: what was deleted is there until the table is
    /// written anew. The write-ahead log and the backups of the server have their own retention.
    async fn wipe(&mut self) {
        let Some(connection) = &mut self.connection else { return };
        if let Err(error) = connection.execute("VACUUM FULL person_keys").await {
            tracing::error!(?error, "the table of the keys was not written anew");
        }
    }
}

async fn connect(address: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    let mut connection = PgConnection::connect_with(address).await?;
    connection.execute(SESSION).await?;
    Ok(connection)
}

fn writes(ask: &Ask) -> bool {
    match ask {
        Ask::Keys { create, .. } => *create,
        Ask::Identify { .. }
        | Ask::AlsoKnown { .. }
        | Ask::Destroy { .. }
        | Ask::SigningKey { .. } => true,
        Ask::NotDestroyed { .. } => false,
    }
}

type Tx<'a> = Transaction<'a, Postgres>;

async fn run(transaction: &mut Tx<'_>, secrets: &Secrets, ask: Ask) -> Reply {
    match ask {
        Ask::Keys { persons, create, answer } => {
            let found = keys(transaction, secrets, &persons, create).await;
            reply(answer, found, remember)
        }
        Ask::Identify { scope, fingerprint, fresh, answer } => {
            let person = identify(transaction, &scope, &fingerprint, fresh).await;
            reply(answer, person.map_err(Fault::keys), |_, _| {})
        }
        Ask::AlsoKnown { scope, fingerprint, person, answer } => {
            let done = also_known(transaction, &scope, &fingerprint, person).await;
            reply(answer, done.map_err(Fault::keys), |(), _| {})
        }
        Ask::Destroy { person, at, answer } => {
            let done = destroy(transaction, person, at).await;
            reply(answer, done.map_err(Fault::keys), move |(), cache| cache.forget(person))
        }
        Ask::NotDestroyed { persons, answer } => {
            let left = not_destroyed(transaction, &persons).await;
            reply(answer, left.map_err(Fault::keys), |_, _| {})
        }
        Ask::SigningKey { fresh, answer } => {
            let wrapped = signing_key(transaction, &fresh).await;
            reply(answer, wrapped.map_err(Fault::keys), |_, _| {})
        }
    }
}

async fn keys(
    transaction: &mut Tx<'_>,
    secrets: &Secrets,
    persons: &[PersonId],
    create: bool,
) -> Result<Keys, Fault> {
    let known = wrapped(transaction, persons).await.map_err(Fault::keys)?;
    let mut keys = Keys::new();
    for (person, wrapped) in &known {
        let key = secrets.unwrap(*person, wrapped)?;
        keys.insert(*person, KeyState::Known(Arc::new(key)));
    }
    let others: Vec<PersonId> =
        persons.iter().copied().filter(|person| !known.contains_key(person)).collect();
    if others.is_empty() {
        return Ok(keys);
    }
    let left = not_destroyed(transaction, &others).await.map_err(Fault::keys)?;
    for person in others {
        let state = match (left.contains(&person), create) {
            (false, _) => KeyState::Erased,
            (true, false) => KeyState::Missing,
            (true, true) => KeyState::Known(Arc::new(made(transaction, secrets, person).await?)),
        };
        keys.insert(person, state);
    }
    Ok(keys)
}

async fn wrapped(
    transaction: &mut Tx<'_>,
    persons: &[PersonId],
) -> sqlx::Result<BTreeMap<PersonId, Vec<u8>>> {
    let found: Vec<(Uuid, Vec<u8>)> =
        sqlx::query_as("SELECT person, wrapped FROM person_keys WHERE person = ANY($1)")
            .bind(uuids(persons))
            .fetch_all(&mut **transaction)
            .await?;
    Ok(found.into_iter().map(|(person, wrapped)| (PersonId::new(person), wrapped)).collect())
}

/// A new key; the lock keeps others from making one meanwhile.
async fn made(
    transaction: &mut Tx<'_>,
    secrets: &Secrets,
    person: PersonId,
) -> Result<PersonKey, Fault> {
    let key = PersonKey::random();
    let wrapped = secrets.wrap(person, &key)?;
    sqlx::query("INSERT INTO person_keys VALUES ($1, $2)")
        .bind(person.uuid())
        .bind(wrapped)
        .execute(&mut **transaction)
        .await
        .map_err(Fault::keys)?;
    Ok(key)
}

async fn identify(
    transaction: &mut Tx<'_>,
    scope: &str,
    fingerprint: &[u8],
    fresh: PersonId,
) -> sqlx::Result<PersonId> {
    name(transaction, scope, fingerprint, fresh).await?;
    let person: Uuid =
        sqlx::query_scalar("SELECT person FROM fingerprints WHERE scope = $1 AND fingerprint = $2")
            .bind(scope)
            .bind(fingerprint)
            .fetch_one(&mut **transaction)
            .await?;
    Ok(PersonId::new(person))
}

async fn also_known(
    transaction: &mut Tx<'_>,
    scope: &str,
    fingerprint: &[u8],
    person: PersonId,
) -> sqlx::Result<()> {
    if not_destroyed(transaction, &[person]).await?.is_empty() {
        return Ok(());
    }
    name(transaction, scope, fingerprint, person).await
}

/// Lets the fingerprint name `person`, unless it names somebody.
async fn name(
    transaction: &mut Tx<'_>,
    scope: &str,
    fingerprint: &[u8],
    person: PersonId,
) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO fingerprints VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(scope)
        .bind(fingerprint)
        .bind(person.uuid())
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn signing_key(transaction: &mut Tx<'_>, fresh: &[u8]) -> sqlx::Result<Vec<u8>> {
    sqlx::query("INSERT INTO signing_key VALUES (1, $1) ON CONFLICT DO NOTHING")
        .bind(fresh)
        .execute(&mut **transaction)
        .await?;
    sqlx::query_scalar("SELECT wrapped FROM signing_key").fetch_one(&mut **transaction).await
}

async fn destroy(transaction: &mut Tx<'_>, person: PersonId, at: i64) -> sqlx::Result<()> {
    for sql in
        ["DELETE FROM person_keys WHERE person = $1", "DELETE FROM fingerprints WHERE person = $1"]
    {
        sqlx::query(sql).bind(person.uuid()).execute(&mut **transaction).await?;
    }
    sqlx::query("INSERT INTO tombstones VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(person.uuid())
        .bind(at)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

async fn not_destroyed(
    transaction: &mut Tx<'_>,
    persons: &[PersonId],
) -> sqlx::Result<Vec<PersonId>> {
    let gone: Vec<Uuid> =
        sqlx::query_scalar("SELECT person FROM tombstones WHERE person = ANY($1)")
            .bind(uuids(persons))
            .fetch_all(&mut **transaction)
            .await?;
    Ok(persons.iter().copied().filter(|person| !gone.contains(&person.uuid())).collect())
}

fn uuids(persons: &[PersonId]) -> Vec<Uuid> {
    persons.iter().map(|person| person.uuid()).collect()
}
