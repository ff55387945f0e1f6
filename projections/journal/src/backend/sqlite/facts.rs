//! What a batch must know, asked of the database under the write lock.

use std::collections::{HashMap, HashSet};

use domain::kernel::ids::PersonId;
use rusqlite::{Connection, OptionalExtension as _, params};
use uuid::Uuid;

use crate::{
    append::{Facts, Holder, Wanted, Written},
    event::from_sql,
};

pub(super) fn gather(connection: &Connection, wanted: Wanted, now: i64) -> rusqlite::Result<Facts> {
    let mut facts = Facts {
        head: super::head(connection)?,
        now,
        sequences: HashMap::new(),
        commands: HashMap::new(),
        claims: HashMap::new(),
        erased: HashSet::new(),
    };
    for stream in wanted.streams {
        let last = sequence(connection, &stream.0, &stream.1)?;
        facts.sequences.insert(stream, last);
    }
    for id in wanted.commands {
        if let Some(written) = command(connection, id)? {
            facts.commands.insert(id, written);
        }
    }
    for key in wanted.claims {
        if let Some(holder) = holder(connection, &key.0, &key.1)? {
            facts.claims.insert(key, holder);
        }
    }
    for person in wanted.persons {
        if is_erased(connection, person)? {
            facts.erased.insert(person);
        }
    }
    Ok(facts)
}

fn sequence(connection: &Connection, stream: &str, stream_id: &str) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(
            "SELECT coalesce(max(sequence), 0) FROM events
             WHERE aggregate_type = ?1 AND aggregate_id = ?2",
        )?
        .query_row([stream, stream_id], |row| row.get(0).map(from_sql))
}

/// What a command wrote.
pub(super) fn command(connection: &Connection, command: Uuid) -> rusqlite::Result<Option<Written>> {
    connection
        .prepare_cached(
            "SELECT aggregate_type, aggregate_id, first, last FROM command_dedup
             WHERE command_id = ?1",
        )?
        .query_row([command], |row| {
            Ok(Written {
                stream: row.get(0)?,
                stream_id: row.get(1)?,
                first: from_sql(row.get(2)?),
                last: from_sql(row.get(3)?),
                repeated: true,
            })
        })
        .optional()
}

/// Who holds a claim.
pub(super) fn holder(
    connection: &Connection,
    scope: &str,
    key: &str,
) -> rusqlite::Result<Option<Holder>> {
    connection
        .prepare_cached(
            "SELECT aggregate_type, aggregate_id, person FROM claims
             WHERE scope = ?1 AND key = ?2",
        )?
        .query_row(params![scope, key], |row| {
            Ok(Holder {
                stream: row.get(0)?,
                stream_id: row.get(1)?,
                person: row.get::<_, Option<Uuid>>(2)?.map(PersonId::new),
            })
        })
        .optional()
}

fn is_erased(connection: &Connection, person: PersonId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM erased_persons WHERE person = ?1")?
        .exists([person.uuid()])
}
