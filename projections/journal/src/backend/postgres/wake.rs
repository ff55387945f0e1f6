//! Waking the readers of other processes: one message a batch, on another connection than the
//! writer's. A message may be lost; the poll of the head is the truth.

use std::time::Duration;

use sqlx::{PgPool, postgres::PgListener};
use tokio::{sync::watch, task::AbortHandle};

use crate::journal::advance;

const CHANNEL: &str = "escale_log";
const PAUSE: Duration = Duration::from_secs(1);
/// How long telling may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// After how long without any message one listens anew.
const SILENCE: Duration = Duration::from_mins(1);

/// Tells the other processes what this one's writer has committed, the latest only when
/// several batches were committed meanwhile.
pub(super) fn tell(pool: PgPool, mut committed: watch::Receiver<u64>) -> AbortHandle {
    let telling = async move {
        while committed.changed().await.is_ok() {
            let position = *committed.borrow_and_update();
            let told = sqlx::query("SELECT pg_notify($1, $2)")
                .bind(CHANNEL)
                .bind(position.to_string())
                .execute(&pool);
            match tokio::time::timeout(PATIENCE, told).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => {
                    tracing::warn!(?error, "the other processes were not told of new events");
                }
                Err(_) => tracing::warn!("no answer: the other processes were not told"),
            }
        }
    };
    tokio::spawn(telling).abort_handle()
}

/// Hears what the other processes have committed.
pub(super) fn listen(pool: PgPool, head: watch::Sender<u64>) -> AbortHandle {
    let listening = async move {
        loop {
            if let Err(error) = hear(&pool, &head).await {
                tracing::warn!(?error, "not listening for the events of other processes");
            }
            tokio::time::sleep(PAUSE).await;
        }
    };
    tokio::spawn(listening).abort_handle()
}

async fn hear(pool: &PgPool, head: &watch::Sender<u64>) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        // Silence is what a server that is gone sounds like: one listens anew.
        let Ok(message) = tokio::time::timeout(SILENCE, listener.recv()).await else {
            return Ok(());
        };
        let message = message?;
        if let Ok(position) = message.payload().parse() {
            advance(head, position);
        }
    }
}
