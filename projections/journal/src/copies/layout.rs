//! The tables of the log and of the keys, as both databases have them.

use crate::{Fault, backend, keyring};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    /// Text, byte for byte; PostgreSQL checks that it is JSON.
    Json,
    Id,
    Bytes,
}

/// A table: its columns, by which of them it is read in order, and whether its one row is there from
/// the beginning.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: &'static str,
    pub(super) columns: &'static [(&'static str, Kind)],
    pub(super) order: &'static str,
    pub(super) single: bool,
}

/// All tables of one database.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) tables: &'static [Table],
    /// What makes them in SQLite.
    pub(super) migrations: &'static [&'static str],
    /// Before their names in PostgreSQL.
    pub(super) schema: &'static str,
    pub(super) is_keys: bool,
}

impl Layout {
    /// The database failed.
    pub(super) fn fault(&self, error: impl std::error::Error + Send + Sync + 'static) -> Fault {
        if self.is_keys { Fault::keys(error) } else { Fault::database(error) }
    }
}

impl Table {
    /// Its columns as SQL lists them.
    pub(super) fn names(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}

use Kind::{Bytes, Id, Json, Number, Text};

pub(super) static LOG: Layout = Layout {
    migrations: backend::SQLITE_MIGRATIONS,
    schema: "",
    is_keys: false,
    tables: &[
        Table {
            name: "log_head",
            columns: &[
                ("only_row", Number),
                ("position", Number),
                ("chain", Bytes),
                ("recorded_at", Number),
            ],
            order: "only_row",
            single: true,
        },
        Table {
            name: "events",
            columns: &[
                ("position", Number),
                ("event_id", Id),
                ("tenant", Text),
                ("aggregate_type", Text),
                ("aggregate_id", Text),
                ("sequence", Number),
                ("event_type", Text),
                ("event_version", Text),
                ("payload", Json),
                ("metadata", Json),
                ("recorded_at", Number),
                ("leaf", Bytes),
                ("chain", Bytes),
            ],
            order: "position",
            single: false,
        },
        Table {
            name: "claims",
            columns: &[
                ("scope", Text),
                ("key", Text),
                ("person", Id),
                ("aggregate_type", Text),
                ("aggregate_id", Text),
            ],
            order: "scope, key",
            single: false,
        },
        Table {
            name: "command_dedup",
            columns: &[
                ("command_id", Id),
                ("aggregate_type", Text),
                ("aggregate_id", Text),
                ("first", Number),
                ("last", Number),
            ],
            order: "command_id",
            single: false,
        },
        Table {
            name: "erased_persons",
            columns: &[("person", Id)],
            order: "person",
            single: false,
        },
        Table {
            name: "rows",
            columns: &[("kind", Text), ("key", Text), ("value", Text), ("expires_at", Number)],
            order: "kind, key",
            single: false,
        },
        Table {
            name: "log_tree",
            columns: &[("lot", Number), ("root", Bytes)],
            order: "lot",
            single: false,
        },
        Table {
            name: "log_checkpoint",
            columns: &[("size", Number), ("note", Text), ("signed_at", Number)],
            order: "size",
            single: false,
        },
    ],
};

pub(super) static KEYS: Layout = Layout {
    migrations: keyring::SQLITE_MIGRATIONS,
    schema: "escale_keys.",
    is_keys: true,
    tables: &[
        Table {
            name: "master_check",
            columns: &[("only_row", Number), ("mac", Bytes)],
            order: "only_row",
            single: true,
        },
        Table {
            name: "person_keys",
            columns: &[("person", Id), ("wrapped", Bytes)],
            order: "person",
            single: false,
        },
        Table {
            name: TOMBSTONES,
            columns: &[("person", Id), ("erased_at", Number)],
            order: "person",
            single: false,
        },
        Table {
            name: "fingerprints",
            columns: &[("scope", Text), ("fingerprint", Bytes), ("person", Id)],
            order: "scope, fingerprint",
            single: false,
        },
        Table {
            name: "signing_key",
            columns: &[("only_row", Number), ("wrapped", Bytes)],
            order: "only_row",
            single: false,
        },
    ],
};

/// Where the erased are.
pub(super) const TOMBSTONES: &str = "tombstones";

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// `table.column` of every table that the migrations make, but their own.
    fn made(layout: &Layout) -> BTreeSet<String> {
        let mut db = rusqlite::Connection::open_in_memory().unwrap();
        backend::sqlite_file::migrate(&mut db, layout.migrations).unwrap();
        let sql = "SELECT m.name || '.' || c.name FROM sqlite_master m
                   JOIN pragma_table_info(m.name) c
                   WHERE m.type = 'table' AND m.name <> 'journal_migrations'";
        let mut statement = db.prepare(sql).unwrap();
        let names = statement.query_map([], |row| row.get(0)).unwrap();
        names.collect::<rusqlite::Result<_>>().unwrap()
    }

    #[test]
    fn no_table_and_no_column_is_forgotten() {
        for layout in [&LOG, &KEYS] {
            let told = layout.tables.iter().flat_map(|table| {
                table.columns.iter().map(|(column, _)| format!("{}.{column}", table.name))
            });
            assert_eq!(told.collect::<BTreeSet<_>>(), made(layout));
        }
    }
}
