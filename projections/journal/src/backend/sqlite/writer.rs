//! The only connection that writes: a batch is one transaction.

use domain::kernel::ids::PersonId;
use rusqlite::{Connection, Transaction, TransactionBehavior, params};

use super::{facts, rows};
use crate::{
    Fault,
    append::{Batch, Outcomes, Plan, Wanted, plan},
    backend::{hold::Hold, thread::Transact},
    event::{StoredEvent, to_sql},
};

/// The log as its writer holds it.
#[derive(Debug)]
pub(crate) struct Log {
    connection: Connection,
}

impl Log {
    pub(super) fn new(connection: Connection) -> Self {
        connection.set_prepared_statement_cache_capacity(64);
        Self { connection }
    }
}

impl Transact for Log {
    fn transact(&mut self, batch: &Batch, now: i64, hold: &Hold) -> Result<Outcomes, Fault> {
        // BEGIN IMMEDIATE: from here on no other process writes, and what is read stays true.
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let facts = facts::gather(&transaction, Wanted::by(&batch.appends), now)?;
        let plan = plan(facts, &batch.appends);
        write(&transaction, &plan)?;
        for (at, append) in batch.appends.iter().enumerate() {
            if plan.takes_rows(at) {
                for change in &append.rows {
                    rows::write(&transaction, change, now)?;
                }
            }
        }
        let answers: rusqlite::Result<_> =
            batch.rows.iter().map(|op| rows::run(&transaction, op, now)).collect();
        let answers = answers?;
        hold.before_commit_blocking();
        transaction.commit()?;
        Ok(Outcomes { verdicts: plan.verdicts, rows: answers, head: plan.head.position })
    }
}

fn write(transaction: &Transaction<'_>, plan: &Plan) -> rusqlite::Result<()> {
    insert_events(transaction, &plan.events)?;
    for (command, written) in &plan.commands {
        transaction
            .prepare_cached("INSERT INTO command_dedup VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![
                command,
                written.stream,
                written.stream_id,
                to_sql(written.first),
                to_sql(written.last),
            ])?;
    }
    for person in &plan.erased {
        let person = person.uuid();
        transaction.execute("INSERT OR IGNORE INTO erased_persons VALUES (?1)", [person])?;
        transaction.execute("DELETE FROM claims WHERE person = ?1", [person])?;
    }
    write_claims(transaction, plan)?;
    if !plan.events.is_empty() {
        transaction
            .prepare_cached("UPDATE log_head SET position = ?1, chain = ?2, recorded_at = ?3")?
            .execute(
                params![to_sql(plan.head.position), plan.head.chain, plan.head.recorded_at,],
            )?;
    }
    Ok(())
}

fn insert_events(transaction: &Transaction<'_>, events: &[StoredEvent]) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    for event in events {
        insert.execute(params![
            to_sql(event.position),
            event.id,
            event.tenant,
            event.stream,
            event.stream_id,
            to_sql(event.sequence),
            event.name,
            event.version,
            event.payload,
            event.metadata,
            event.recorded_at,
            event.leaf,
            event.chain,
        ])?;
    }
    Ok(())
}

fn write_claims(transaction: &Transaction<'_>, plan: &Plan) -> rusqlite::Result<()> {
    for ((scope, key), holder) in &plan.claims {
        match holder {
            Some(holder) => transaction
                .prepare_cached("INSERT OR REPLACE INTO claims VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![
                    scope,
                    key,
                    holder.person.map(PersonId::uuid),
                    holder.stream,
                    holder.stream_id,
                ])?,
            None => transaction
                .prepare_cached("DELETE FROM claims WHERE scope = ?1 AND key = ?2")?
                .execute(params![scope, key])?,
        };
    }
    Ok(())
}
