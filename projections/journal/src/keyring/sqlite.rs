//! The keys in a SQLite file: one connection on one thread.

use std::{path::Path, sync::Arc};

use domain::kernel::ids::PersonId;
use rusqlite::{Connection, OptionalExtension as _, Transaction, TransactionBehavior, params};
use tokio::sync::mpsc;

use super::{
    KeyState,
    ask::{Ask, BATCH, Reply, refuse, remember, reply},
    cache::Cache,
    crypt::{PersonKey, Secrets},
};
use crate::{
    Fault,
    backend::sqlite_file::{durable, migrate},
};

/// What makes the tables.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/keys/0001_keys.sql"),
    include_str!("../../migrations/keys/0002_signing_key.sql"),
];

/// Opens the file, made if need be, and starts its thread.
pub(super) fn start(
    place: &str,
    secrets: Arc<Secrets>,
    cache: Cache,
    queue: mpsc::Receiver<Ask>,
) -> Result<(), Fault> {
    let connection = connect(place, &secrets)?;
    let shelf = Shelf { connection, secrets, cache };
    let thread = std::thread::Builder::new().name("journal-keys".to_owned());
    thread.spawn(move || shelf.serve(queue)).map_err(Fault::keys)?;
    Ok(())
}

fn connect(place: &str, secrets: &Secrets) -> Result<Connection, Fault> {
    let mut connection = match place.strip_prefix("sqlite:").unwrap_or(place) {
        "memory:" => Connection::open_in_memory().map_err(Fault::keys)?,
        path => open_private(Path::new(path))?,
    };
    durable(&connection).map_err(Fault::keys)?;
    migrate(&mut connection, MIGRATIONS).map_err(Fault::keys)?;
    let check = secrets.check();
    let written: Vec<u8> = connection
        .execute("INSERT OR IGNORE INTO master_check VALUES (1, ?1)", [check])
        .and_then(|_| connection.query_row("SELECT mac FROM master_check", [], |row| row.get(0)))
        .map_err(Fault::keys)?;
    if !super::Keyring::same(&written, &check) {
        return Err(Fault::WrongMasterKey);
    }
    Ok(connection)
}

/// Opens the file; a new one, and what SQLite writes beside it, is for its owner alone.
fn open_private(path: &Path) -> Result<Connection, Fault> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(Fault::keys)?;
    Connection::open(path).map_err(Fault::keys)
}

/// What the thread owns.
struct Shelf {
    connection: Connection,
    secrets: Arc<Secrets>,
    cache: Cache,
}

impl Shelf {
    fn serve(mut self, mut queue: mpsc::Receiver<Ask>) {
        let mut asks = Vec::with_capacity(BATCH);
        while queue.blocking_recv_many(&mut asks, BATCH) > 0 {
            let (outcome, replies, destroyed) = self.transact(&mut asks);
            if destroyed && outcome.is_ok() {
                self.wipe();
            }
            for reply in replies {
                reply(outcome.clone(), &self.cache);
            }
        }
    }

    fn transact(&mut self, asks: &mut Vec<Ask>) -> (Result<(), Fault>, Vec<Reply>, bool) {
        let mut replies = Vec::with_capacity(asks.len());
        let mut destroyed = false;
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = match begun {
            Ok(transaction) => Ok(transaction),
            Err(fault) => Err(Fault::keys(fault)),
        };
        for ask in asks.drain(..) {
            destroyed |= matches!(ask, Ask::Destroy { .. });
            replies.push(match &transaction {
                Ok(transaction) => run(transaction, &self.secrets, ask),
                Err(_) => refuse(ask),
            });
        }
        let outcome = transaction.and_then(|t| t.commit().map_err(Fault::keys));
        (outcome, replies, destroyed)
    }

    /// Leaves no copy of a destroyed key in the write-ahead log.
    fn wipe(&self) {
        let wiped = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        match wiped {
            Ok(0) => {}
            Ok(_) => tracing::warn!("a reader keeps the keys' write-ahead log from being wiped"),
            Err(error) => tracing::error!(?error, "the keys' write-ahead log was not wiped"),
        }
    }
}

fn run(transaction: &Transaction<'_>, secrets: &Secrets, ask: Ask) -> Reply {
    match ask {
        Ask::Keys { persons, create, answer } => {
            let found = persons
                .into_iter()
                .map(|person| Ok((person, key(transaction, secrets, person, create)?)))
                .collect();
            reply(answer, found, remember)
        }
        Ask::Identify { scope, fingerprint, fresh, answer } => {
            let person = identify(transaction, &scope, &fingerprint, fresh);
            reply(answer, person.map_err(Fault::keys), |_, _| {})
        }
        Ask::AlsoKnown { scope, fingerprint, person, answer } => {
            let done = also_known(transaction, &scope, &fingerprint, person);
            reply(answer, done.map_err(Fault::keys), |(), _| {})
        }
        Ask::Destroy { person, at, answer } => {
            let done = destroy(transaction, person, at);
            reply(answer, done.map_err(Fault::keys), move |(), cache| {
                cache.forget(person);
            })
        }
        Ask::NotDestroyed { persons, answer } => {
            let left = persons
                .into_iter()
                .filter_map(|person| match is_destroyed(transaction, person) {
                    Ok(true) => None,
                    Ok(false) => Some(Ok(person)),
                    Err(fault) => Some(Err(fault)),
                })
                .collect::<rusqlite::Result<_>>();
            reply(answer, left.map_err(Fault::keys), |_, _| {})
        }
        Ask::SigningKey { fresh, answer } => {
            let wrapped = signing_key(transaction, &fresh);
            reply(answer, wrapped.map_err(Fault::keys), |_, _| {})
        }
    }
}

fn key(
    transaction: &Transaction<'_>,
    secrets: &Secrets,
    person: PersonId,
    create: bool,
) -> Result<KeyState, Fault> {
    let wrapped: Option<Vec<u8>> = transaction
        .prepare_cached("SELECT wrapped FROM person_keys WHERE person = ?1")
        .and_then(|mut select| select.query_row([person.uuid()], |row| row.get(0)).optional())
        .map_err(Fault::keys)?;
    if let Some(wrapped) = wrapped {
        let key = secrets.unwrap(person, &wrapped)?;
        return Ok(KeyState::Known(Arc::new(key)));
    }
    if is_destroyed(transaction, person).map_err(Fault::keys)? {
        return Ok(KeyState::Erased);
    }
    if !create {
        return Ok(KeyState::Missing);
    }
    let key = PersonKey::random();
    let wrapped = secrets.wrap(person, &key)?;
    transaction
        .prepare_cached("INSERT INTO person_keys VALUES (?1, ?2)")
        .and_then(|mut insert| insert.execute(params![person.uuid(), wrapped]))
        .map_err(Fault::keys)?;
    Ok(KeyState::Known(Arc::new(key)))
}

fn identify(
    transaction: &Transaction<'_>,
    scope: &str,
    fingerprint: &[u8],
    fresh: PersonId,
) -> rusqlite::Result<PersonId> {
    name(transaction, scope, fingerprint, fresh)?;
    transaction
        .prepare_cached("SELECT person FROM fingerprints WHERE scope = ?1 AND fingerprint = ?2")?
        .query_row(params![scope, fingerprint], |row| row.get(0).map(PersonId::new))
}

fn also_known(
    transaction: &Transaction<'_>,
    scope: &str,
    fingerprint: &[u8],
    person: PersonId,
) -> rusqlite::Result<()> {
    if is_destroyed(transaction, person)? {
        return Ok(());
    }
    name(transaction, scope, fingerprint, person)
}

/// Lets the fingerprint name `person`, unless it names somebody.
fn name(
    transaction: &Transaction<'_>,
    scope: &str,
    fingerprint: &[u8],
    person: PersonId,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached("INSERT OR IGNORE INTO fingerprints VALUES (?1, ?2, ?3)")?
        .execute(params![scope, fingerprint, person.uuid()])?;
    Ok(())
}

fn signing_key(transaction: &Transaction<'_>, fresh: &[u8]) -> rusqlite::Result<Vec<u8>> {
    transaction.execute("INSERT OR IGNORE INTO signing_key VALUES (1, ?1)", [fresh])?;
    transaction.query_row("SELECT wrapped FROM signing_key", [], |row| row.get(0))
}

fn destroy(transaction: &Transaction<'_>, person: PersonId, at: i64) -> rusqlite::Result<()> {
    let person = person.uuid();
    transaction.execute("DELETE FROM person_keys WHERE person = ?1", [person])?;
    transaction.execute("DELETE FROM fingerprints WHERE person = ?1", [person])?;
    transaction.execute("INSERT OR IGNORE INTO tombstones VALUES (?1, ?2)", params![person, at])?;
    Ok(())
}

fn is_destroyed(transaction: &Transaction<'_>, person: PersonId) -> rusqlite::Result<bool> {
    transaction
        .prepare_cached("SELECT 1 FROM tombstones WHERE person = ?1")?
        .exists([person.uuid()])
}
