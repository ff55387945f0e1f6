//! A log of each kind for one test, and what tests say again and again.

use std::{path::PathBuf, sync::Arc};

use domain::kernel::envelope::{Actor, Context, Recorded};
use jiff::Timestamp;
use sqlx::{Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::club::{AlreadyEnrolled, Club, ClubCommand, ClubEvent};
use crate::testing::Database;
use crate::{
    Clock, HandleError, Handled, Journal, MasterKey, Settings, Undecoded,
    execute::{Along, Attempts},
};

pub(super) type Outcome = Result<Handled<ClubEvent>, HandleError<AlreadyEnrolled>>;

/// Where a log of one kind lives for one test; gone with it.
pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) directory: TempDir,
    database: Option<Database>,
}

impl World {
    pub(super) fn memory() -> Self {
        Self::at(|_| "memory:".to_owned())
    }

    pub(super) fn sqlite() -> Self {
        Self::at(|directory| format!("sqlite:{}", directory.path().join("log.db").display()))
    }

    pub(super) async fn postgres() -> Self {
        let database = Database::create().await;
        let url = database.url();
        let mut world = Self::at(|_| url);
        world.database = Some(database);
        world
    }

    /// In PostgreSQL, with the keys there too.
    pub(super) async fn shared() -> Self {
        let mut world = Self::postgres().await;
        world.settings.keys = world.settings.url.clone();
        world
    }

    fn at(url: impl FnOnce(&TempDir) -> String) -> Self {
        let directory = TempDir::new().unwrap();
        let keys = directory.path().join("keys.db");
        let settings =
            Settings::new(url(&directory), keys.to_string_lossy(), MasterKey::new([7; 32]));
        let eight: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
        Self { settings: settings.with_clock(Clock::held(eight)), directory, database: None }
    }

    pub(super) async fn open(&self) -> Journal {
        Journal::open(self.settings.clone()).await.unwrap()
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Whether these bytes are anywhere in the log or beside the keys.
    pub(super) async fn holds(&self, needle: impl AsRef<[u8]>) -> bool {
        let needle = needle.as_ref();
        let bytes = self.bytes().await;
        bytes.windows(needle.len()).any(|window| window == needle)
    }

    /// Every byte of every file of the log and of the keys, or of the tables.
    async fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for entry in std::fs::read_dir(self.directory.path()).unwrap() {
            bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
        }
        if self.database.is_some() {
            let log = ["events", "claims", "command_dedup", "rows"];
            let keys = ["escale_keys.person_keys", "escale_keys.fingerprints"];
            let keys = keys.iter().filter(|_| self.settings.keys == self.settings.url);
            for table in log.iter().chain(keys) {
                let sql = format!("SELECT coalesce(string_agg(t::text, ' '), '') FROM {table} t");
                let text: String = sqlx::query_scalar(&sql)
                    .fetch_one(&mut self.postgres_connection().await)
                    .await
                    .unwrap();
                bytes.extend(text.into_bytes());
            }
        }
        bytes
    }

    /// Runs SQL on the log's database behind the journal's back.
    pub(super) async fn sql(&self, sql: &str) -> Result<(), String> {
        if self.database.is_some() {
            let mut connection = self.postgres_connection().await;
            let done = connection.execute(sql).await;
            return done.map(drop).map_err(|error| error.to_string());
        }
        let connection = rusqlite::Connection::open(self.file("log.db")).unwrap();
        connection.execute_batch(sql).map_err(|e| e.to_string())
    }

    /// A number that PostgreSQL answers.
    pub(super) async fn number(&self, sql: &str) -> i64 {
        let sql = format!("SELECT ({sql})::bigint");
        sqlx::query_scalar(&sql).fetch_one(&mut self.postgres_connection().await).await.unwrap()
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.database.is_some()
    }

    async fn postgres_connection(&self) -> PgConnection {
        PgConnection::connect(&self.settings.url).await.unwrap()
    }
}

/// What goes with the command of this number.
pub(super) fn context(command: u128) -> Context {
    Context {
        command: Uuid::from_u128(command),
        actor: Actor::Operator,
        from: Some("192.0.2.0/24".to_owned()),
        correlation: Uuid::from_u128(9),
        cause: None,
        tenant: Some("versailles".to_owned()),
        at: "2026-03-02T07:59:59Z".parse().unwrap(),
    }
}

/// Gives a command to the club of this name.
pub(super) async fn give(
    journal: &Journal,
    club: &str,
    command: ClubCommand,
    number: u128,
) -> Outcome {
    journal.handle::<Club>(club, command, &context(number)).await
}

/// The same in a task.
pub(super) fn giving(
    journal: &Journal,
    club: &str,
    command: ClubCommand,
    number: u128,
) -> JoinHandle<Outcome> {
    let (journal, club) = (journal.clone(), club.to_owned());
    tokio::spawn(async move { give(&journal, &club, command, number).await })
}

/// The same without waiting for the stream's turn, as another process would.
pub(super) fn giving_from_elsewhere(
    journal: &Journal,
    club: &str,
    command: ClubCommand,
    number: u128,
) -> JoinHandle<Outcome> {
    let attempts = Attempts::<Club> {
        inner: Arc::clone(&journal.inner),
        stream_id: club.to_owned(),
        command,
        context: context(number),
        along: Along::default(),
    };
    tokio::spawn(async move { attempts.run().await })
}

/// The whole log.
pub(super) async fn all(journal: &Journal) -> Vec<Recorded<Undecoded>> {
    journal.read_undecoded(0, 100_000).await.unwrap()
}

/// How many events there are; their positions follow each other from one.
pub(super) async fn count(journal: &Journal) -> u64 {
    let log = all(journal).await;
    let positions: Vec<_> = log.iter().map(|event| event.position).collect();
    let expected: Vec<_> = (1..=log.len() as u64).collect();
    assert_eq!(positions, expected);
    log.len() as u64
}
