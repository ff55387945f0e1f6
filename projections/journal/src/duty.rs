//! What one process alone does at a time. On PostgreSQL it is held by a session, and free again
//! as soon as whoever holds it is gone; a log in memory or in a file has one process.

use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};
use sqlx::{Connection as _, PgConnection, postgres::PgConnectOptions};

use crate::{Fault, Journal, backend::Backend};

/// For how long an answer of the database is believed.
const BELIEVED: Duration = Duration::from_millis(500);
/// How long the database may take to answer; past it the duty counts as lost.
const PATIENCE: Duration = Duration::from_secs(5);
/// Has the server drop a session whose process cannot be reached any more, and with it the duty.
const NOTICE: &str = "SELECT set_config('tcp_keepalives_idle', '5', false),
     set_config('tcp_keepalives_interval', '2', false),
     set_config('tcp_keepalives_count', '3', false)";

/// Something that one process alone does at a time. Who asks and does not get it asks again: it
/// moves over when its holder is gone.
#[derive(Debug)]
pub struct Duty {
    name: &'static str,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Nobody else asks; whether it was taken.
    Alone(bool),
    /// Others ask the same database; the session that holds it.
    Shared(PgConnectOptions, Option<Session>),
}

#[derive(Debug)]
struct Session {
    connection: PgConnection,
    asked: Instant,
}

/// Whose turn it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Another process has it.
    Theirs,
    /// This process has just taken it: what another did before may not be read here yet.
    JustOurs,
    /// This process has it, as the last time it asked.
    StillOurs,
}

impl Journal {
    /// The duty of this name; nobody has it yet.
    pub fn duty(&self, name: &'static str) -> Duty {
        let place = match &self.inner.backend {
            Backend::Postgres(log) => Place::Shared(log.address(), None),
            Backend::Memory(_) | Backend::Sqlite(_) => Place::Alone(false),
        };
        Duty { name, place }
    }
}

impl Duty {
    /// Of what.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Takes the duty if it is free, and says whose it is. When the database does not answer the
    /// duty is lost, and it is a fault.
    pub async fn turn(&mut self) -> Result<Turn, Fault> {
        match &mut self.place {
            Place::Alone(taken) if *taken => Ok(Turn::StillOurs),
            Place::Alone(taken) => {
                *taken = true;
                Ok(Turn::JustOurs)
            }
            Place::Shared(address, session) => {
                if let Some(held) = session.take() {
                    *session = Some(still(held).await?);
                    return Ok(Turn::StillOurs);
                }
                let asked = Instant::now();
                let Some(connection) = within(hold(address, self.name)).await? else {
                    return Ok(Turn::Theirs);
                };
                tracing::info!(duty = self.name, "this process has the duty");
                *session = Some(Session { connection, asked });
                Ok(Turn::JustOurs)
            }
        }
    }

    /// Leaves the duty to others.
    pub async fn leave(self) {
        if let Place::Shared(_, Some(session)) = self.place {
            // The server notices by itself when this fails.
            session.connection.close().await.ok();
        }
    }
}

/// The session, which must be there still.
async fn still(mut session: Session) -> Result<Session, Fault> {
    if session.asked.elapsed() > BELIEVED {
        within(session.connection.ping()).await?;
        session.asked = Instant::now();
    }
    Ok(session)
}

/// A session that holds the duty; none when another has it.
async fn hold(address: &PgConnectOptions, name: &str) -> sqlx::Result<Option<PgConnection>> {
    let mut connection = PgConnection::connect_with(address).await?;
    sqlx::query(NOTICE).execute(&mut connection).await?;
    let held: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
        .bind(key(name))
        .fetch_one(&mut connection)
        .await?;
    if held {
        return Ok(Some(connection));
    }
    connection.close().await?;
    Ok(None)
}

async fn within<T>(asking: impl Future<Output = sqlx::Result<T>>) -> Result<T, Fault> {
    match tokio::time::timeout(PATIENCE, asking).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(Fault::Unanswered),
    }
}

/// Locks of one database are numbers; those of migrations are none of these.
fn key(name: &str) -> i64 {
    let digest = Sha256::digest(format!("escale duty {name}"));
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    i64::from_be_bytes(first)
}
