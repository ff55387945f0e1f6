//! The writer: one connection of its own, one transaction a batch, the head locked first.

use std::time::Duration;

use sqlx::{
    Connection as _, Executor as _, PgConnection, Postgres, Transaction, postgres::PgConnectOptions,
};

use super::{facts, insert, rows};
use crate::{
    Clock, Fault,
    append::{BATCH, Batch, Outcomes, Plan, Wanted, plan},
    backend::{Desk, hold::Hold},
    journal::advance,
};

/// Durable whatever the server's default, and a process that hangs with the head locked
/// stops the others for half a minute at most.
const SESSION: &str = "SET synchronous_commit = on; \
     SET idle_in_transaction_session_timeout = '30s'; SET lock_timeout = '40s'";

/// How long a batch may take, waiting for the head included. A server that is gone without a word
/// never answers; whether the batch was committed is then unknown.
const PATIENCE: Duration = Duration::from_secs(45);

/// Starts the task; it ends when the queue is closed and empty.
pub(super) fn start(options: PgConnectOptions, desk: Desk) {
    let writer =
        Writer { options, connection: None, clock: desk.clock.clone(), hold: desk.hold.clone() };
    tokio::spawn(writer.serve(desk));
}

struct Writer {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
    clock: Clock,
    hold: Hold,
}

impl Writer {
    async fn serve(mut self, mut desk: Desk) {
        let mut works = Vec::with_capacity(BATCH);
        while desk.queue.recv_many(&mut works, BATCH).await > 0 {
            let (batch, pending) = Batch::of(&mut works);
            let writing = tokio::time::timeout(PATIENCE, self.write(batch)).await;
            let outcome = writing.unwrap_or(Err(Fault::Unanswered));
            if let Ok(outcomes) = &outcome {
                advance(&desk.head, outcomes.head);
                desk.committed.send_replace(outcomes.head);
            }
            pending.answer(outcome);
        }
        if let Some(connection) = self.connection.take() {
            // The server notices by itself when this fails.
            connection.close().await.ok();
        }
        desk.done.send(()).ok();
    }

    /// Writes with the connection; one that failed, in whatever state it is, is dropped and
    /// the next batch gets another.
    async fn write(&mut self, batch: Batch) -> Result<Outcomes, Fault> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.options).await?,
        };
        let transaction = connection.begin().await?;
        let outcomes = transact(transaction, batch, &self.clock, &self.hold).await?;
        self.connection = Some(connection);
        Ok(outcomes)
    }
}

async fn transact(
    mut transaction: Transaction<'_, Postgres>,
    batch: Batch,
    clock: &Clock,
    hold: &Hold,
) -> Result<Outcomes, Fault> {
    let (head, server) = facts::lock_head(&mut transaction).await?;
    let now = if clock.is_held() { clock.micros() } else { server };
    let wanted = Wanted::by(&batch.appends);
    let facts = facts::gather(&mut transaction, wanted, head, now).await?;
    let plan = plan(facts, &batch.appends);
    write(&mut transaction, &plan).await?;
    for (at, append) in batch.appends.iter().enumerate() {
        if plan.takes_rows(at) {
            for change in &append.rows {
                rows::write(&mut transaction, change, now).await?;
            }
        }
    }
    let mut answers = Vec::with_capacity(batch.rows.len());
    for op in &batch.rows {
        answers.push(rows::run(&mut transaction, op, now).await?);
    }
    hold.before_commit().await;
    transaction.commit().await?;
    Ok(Outcomes { verdicts: plan.verdicts, rows: answers, head: plan.head.position })
}

async fn connect(options: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    let mut connection = PgConnection::connect_with(options).await?;
    connection.execute(SESSION).await?;
    Ok(connection)
}

async fn write(connection: &mut PgConnection, plan: &Plan) -> sqlx::Result<()> {
    for statement in insert::statements(plan) {
        statement.execute(&mut *connection).await?;
    }
    Ok(())
}
