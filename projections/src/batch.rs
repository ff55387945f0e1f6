//! Taking a batch of events: the rows of every read model and where it then stands, in one
//! transaction. What was not committed did not happen; what was, happened once.

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::{facts::Fact, operations::erasure::ErasureEvent};
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::{
    Definition, Fault, fold,
    log::Entry,
    scrub, sql,
    state::{self, Status},
    writes::{Defect, Writes},
};

/// Why a read model cannot take an event.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("event {position} cannot be read: {reason}")]
    Unreadable { position: u64, reason: String },
    #[error("event {position} asks for what cannot be: {defect}")]
    Defect { position: u64, defect: Defect },
    #[error("event {position} made the projection panic")]
    Panic { position: u64 },
    #[error("event {position} cannot be written: {error}")]
    Sql { position: u64, error: rusqlite::Error },
}

/// Gives `entries`, which follow each other, to each of `definitions` that stands before the
/// first of them and is not paused. One that cannot take an event takes those before it and
/// pauses; the others go on. That a person was erased is noted.
pub(crate) fn take(
    db: &mut Connection,
    definitions: &[Definition],
    entries: &[Entry],
) -> Result<(), Fault> {
    let Some(first) = entries.first() else {
        return Ok(());
    };
    let failed = |error| Fault::database("took a batch of events")(error);
    let transaction =
        db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    for definition in definitions {
        let before = state::of(&transaction, definition.name).map_err(failed)?;
        let stands_there = before
            .is_some_and(|it| it.status == Status::Live && it.position + 1 == first.position());
        if stands_there {
            take_one(&transaction, definition, entries).map_err(failed)?;
        }
    }
    if entries.iter().any(erases) {
        scrub::note(&transaction).map_err(failed)?;
    }
    transaction.commit().map_err(failed)
}

/// Whether `entry` says that a person was erased.
fn erases(entry: &Entry) -> bool {
    match entry {
        Entry::Fact(fact) => {
            matches!(fact.event, Fact::Erasure(ErasureEvent::SubjectErased { .. }))
        }
        Entry::Unreadable(_) => false,
    }
}

/// Gives `entries` to one read model: folded if it can be, else one by one up to the one
/// that it cannot take.
fn take_one(db: &Connection, definition: &Definition, entries: &[Entry]) -> rusqlite::Result<()> {
    match attempt(db, definition, entries)? {
        Ok(()) => return Ok(()),
        Err(refused) if entries.len() == 1 => {
            tracing::error!(projection.name = definition.name, error = %refused, "a read model is paused");
            return state::pause(db, definition.name, &refused.to_string());
        }
        Err(_) => {}
    }
    for entry in entries {
        take_one(db, definition, std::slice::from_ref(entry))?;
        let after = state::of(db, definition.name)?;
        if after.is_none_or(|state| state.status == Status::Paused) {
            break;
        }
    }
    Ok(())
}

/// All of `entries` or none of them. The outer error is the database's own.
fn attempt(
    db: &Connection,
    definition: &Definition,
    entries: &[Entry],
) -> rusqlite::Result<Result<(), Refused>> {
    db.execute_batch("SAVEPOINT projection")?;
    let done = write(db, definition, entries);
    match done {
        Ok(()) => db.execute_batch("RELEASE projection").map(Ok),
        Err(Refused::Sql { error, .. }) if !is_about_the_event(&error) => Err(error),
        Err(refused) => {
            db.execute_batch("ROLLBACK TO projection; RELEASE projection")?;
            Ok(Err(refused))
        }
    }
}

fn write(db: &Connection, definition: &Definition, entries: &[Entry]) -> Result<(), Refused> {
    let Some(last) = entries.last() else {
        return Ok(());
    };
    let position = last.position();
    let ops = fold::fold(ops(definition, entries)?);
    sql::execute(db, &ops)
        .and_then(|()| state::advance(db, definition.name, last))
        .map_err(|error| Refused::Sql { position, error })
}

/// What `entries` ask of the rows of one read model.
fn ops(definition: &Definition, entries: &[Entry]) -> Result<Vec<crate::Op>, Refused> {
    let mut ops = Vec::with_capacity(entries.len());
    for entry in entries.iter().filter(|it| it.is_for(definition)) {
        let position = entry.position();
        let fact = match entry {
            Entry::Fact(fact) => fact,
            Entry::Unreadable(event) => {
                let reason = event.reason.clone();
                return Err(Refused::Unreadable { position, reason });
            }
        };
        let mut out = Writes::default();
        catch_unwind(AssertUnwindSafe(|| (definition.apply)(fact, &mut out)))
            .map_err(|_| Refused::Panic { position })?;
        let asked = out.into_ops().map_err(|defect| Refused::Defect { position, defect })?;
        ops.extend(asked);
    }
    Ok(ops)
}

/// Whether the database refused what the event asked for, rather than failed by itself
/// (a full disk, a damaged file), which is nobody's event's fault and is tried again.
fn is_about_the_event(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(code) => matches!(
            code,
            ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch
                | ErrorCode::TooBig
                | ErrorCode::ParameterOutOfRange
                | ErrorCode::Unknown
        ),
        None => true,
    }
}
