//! What a plan writes: few statements, however many rows.

use domain::kernel::ids::PersonId;
use sqlx::{Postgres, postgres::PgArguments, query::Query};
use uuid::Uuid;

use crate::{
    append::{Holder, Plan},
    event::{StoredEvent, to_sql},
};

pub(super) type Statement = Query<'static, Postgres, PgArguments>;

/// The statements that execute `plan`, in their order.
pub(super) fn statements(plan: &Plan) -> Vec<Statement> {
    let mut statements = Vec::new();
    if !plan.erased.is_empty() {
        statements.extend(forget(plan));
    }
    if !plan.claims.is_empty() {
        statements.extend(claims(plan));
    }
    if !plan.events.is_empty() {
        statements.push(append(plan));
    }
    statements
}

fn column<R, T>(rows: &[R], of: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

/// The events, the commands that caused them and the new head, in one round trip.
fn append(plan: &Plan) -> Statement {
    let statement = sqlx::query(
        "WITH appended AS (
           INSERT INTO events SELECT position, event_id, tenant, aggregate_type, aggregate_id,
                  sequence, event_type, event_version, payload::json, metadata::json,
                  recorded_at, leaf, chain
           FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::text[], $5::text[],
                  $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[],
                  $12::bytea[], $13::bytea[])
           AS new(position, event_id, tenant, aggregate_type, aggregate_id, sequence,
                  event_type, event_version, payload, metadata, recorded_at, leaf, chain)
         ), remembered AS (
           INSERT INTO command_dedup
           SELECT * FROM unnest($14::uuid[], $15::text[], $16::text[], $17::bigint[],
                  $18::bigint[])
         )
         UPDATE log_head SET position = $19, chain = $20, recorded_at = $21",
    );
    let new = &plan.commands;
    bind_events(statement, &plan.events)
        .bind(column(new, |(id, _)| *id))
        .bind(column(new, |(_, written)| written.stream.clone()))
        .bind(column(new, |(_, written)| written.stream_id.clone()))
        .bind(column(new, |(_, written)| to_sql(written.first)))
        .bind(column(new, |(_, written)| to_sql(written.last)))
        .bind(to_sql(plan.head.position))
        .bind(plan.head.chain.clone())
        .bind(plan.head.recorded_at)
}

fn bind_events(statement: Statement, new: &[StoredEvent]) -> Statement {
    statement
        .bind(column(new, |event| to_sql(event.position)))
        .bind(column(new, |event| event.id))
        .bind(column(new, |event| event.tenant.clone()))
        .bind(column(new, |event| event.stream.clone()))
        .bind(column(new, |event| event.stream_id.clone()))
        .bind(column(new, |event| to_sql(event.sequence)))
        .bind(column(new, |event| event.name.clone()))
        .bind(column(new, |event| event.version.clone()))
        .bind(column(new, |event| event.payload.clone()))
        .bind(column(new, |event| event.metadata.clone()))
        .bind(column(new, |event| event.recorded_at))
        .bind(column(new, |event| event.leaf.clone()))
        .bind(column(new, |event| event.chain.clone()))
}

fn forget(plan: &Plan) -> [Statement; 2] {
    let persons: Vec<Uuid> = column(&plan.erased, |person| person.uuid());
    [
        sqlx::query(
            "INSERT INTO erased_persons SELECT DISTINCT unnest($1::uuid[]) ON CONFLICT DO NOTHING",
        )
        .bind(persons.clone()),
        sqlx::query("DELETE FROM claims WHERE person = ANY($1)").bind(persons),
    ]
}

/// Puts every claim that changed as the plan leaves it: gone, then held again if it is.
fn claims(plan: &Plan) -> [Statement; 2] {
    let (scopes, keys): (Vec<String>, Vec<String>) = plan.claims.keys().cloned().unzip();
    let held: Vec<(&String, &String, &Holder)> = plan
        .claims
        .iter()
        .filter_map(|((scope, key), holder)| Some((scope, key, holder.as_ref()?)))
        .collect();
    let held = held.as_slice();
    [
        sqlx::query(
            "DELETE FROM claims USING unnest($1::text[], $2::text[]) AS changed(scope, key)
             WHERE claims.scope = changed.scope AND claims.key = changed.key",
        )
        .bind(scopes)
        .bind(keys),
        sqlx::query(
            "INSERT INTO claims SELECT * FROM unnest($1::text[], $2::text[], $3::uuid[],
                    $4::text[], $5::text[])",
        )
        .bind(column(held, |(scope, _, _)| (*scope).clone()))
        .bind(column(held, |(_, key, _)| (*key).clone()))
        .bind(column(held, |(_, _, holder)| holder.person.map(PersonId::uuid)))
        .bind(column(held, |(_, _, holder)| holder.stream.clone()))
        .bind(column(held, |(_, _, holder)| holder.stream_id.clone())),
    ]
}
