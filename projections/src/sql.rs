//! Row operations as SQL: one prepared statement for each shape of operation.

use std::{collections::BTreeMap, fmt::Write as _};

use rusqlite::{Connection, ToSql};

use crate::{
    projection::Table,
    value::Value,
    writes::{Cells, Op},
};

/// Does `ops` in their order. Names of tables and columns come from the program alone;
/// values are always bound.
pub(crate) fn execute(db: &Connection, ops: &[Op]) -> rusqlite::Result<()> {
    for op in ops {
        let mut statement = Statement::default();
        statement.write(op);
        let bound: Vec<&dyn ToSql> = statement.bound.iter().map(|v| v as &dyn ToSql).collect();
        db.prepare_cached(&statement.text)?.execute(&*bound)?;
    }
    Ok(())
}

/// For an update that only sets.
static NO_DELTAS: BTreeMap<&'static str, i64> = BTreeMap::new();

/// A statement being written, and what is bound to it.
#[derive(Default)]
struct Statement<'a> {
    text: String,
    bound: Vec<Bound<'a>>,
}

/// A value of an operation, or what is added to a column.
enum Bound<'a> {
    Value(&'a Value),
    Delta(&'a i64),
}

impl ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        match self {
            Self::Value(value) => value.to_sql(),
            Self::Delta(delta) => delta.to_sql(),
        }
    }
}

impl<'a> Statement<'a> {
    fn write(&mut self, op: &'a Op) {
        match op {
            Op::Put { table, key, cells } => {
                self.text.push_str("INSERT OR REPLACE INTO ");
                self.row(table, key, cells);
            }
            Op::PutIfAbsent { table, key, cells } => {
                self.text.push_str("INSERT INTO ");
                self.row(table, key, cells);
                self.text.push_str(" ON CONFLICT DO NOTHING");
            }
            Op::Update {
                table,
                key,
                cells,
                deltas,
            } => {
                self.update(table, cells, deltas);
                self.key(table, key);
            }
            Op::Remove { table, key } => {
                self.put_text("DELETE FROM ", table.name);
                self.key(table, key);
            }
            Op::SetWhere {
                table,
                matching,
                cells,
            } => {
                self.update(table, cells, &NO_DELTAS);
                self.matching(matching);
            }
            Op::RemoveWhere { table, matching } => {
                self.put_text("DELETE FROM ", table.name);
                self.matching(matching);
            }
        }
    }

    fn put_text(&mut self, verb: &str, name: &str) {
        self.text.push_str(verb);
        self.text.push('"');
        self.text.push_str(name);
        self.text.push('"');
    }

    fn bind(&mut self, value: Bound<'a>) {
        self.bound.push(value);
        // Writing to a String does not fail.
        let _ = write!(self.text, "?{}", self.bound.len());
    }

    fn row(&mut self, table: &Table, key: &'a [Value], cells: &'a Cells) {
        self.put_text("", table.name);
        let columns = table.key.iter().chain(cells.keys());
        for (i, column) in columns.enumerate() {
            self.put_text(if i == 0 { " (" } else { ", " }, column);
        }
        self.text.push_str(") VALUES (");
        for (i, value) in key.iter().chain(cells.values()).enumerate() {
            self.text.push_str(if i == 0 { "" } else { ", " });
            self.bind(Bound::Value(value));
        }
        self.text.push(')');
    }

    fn update(&mut self, table: &Table, cells: &'a Cells, deltas: &'a BTreeMap<&'static str, i64>) {
        self.put_text("UPDATE ", table.name);
        let mut before = " SET ";
        for (column, value) in cells {
            self.put_text(before, column);
            self.text.push_str(" = ");
            self.bind(Bound::Value(value));
            before = ", ";
        }
        for (column, delta) in deltas {
            self.put_text(before, column);
            self.put_text(" = ", column);
            self.text.push_str(" + ");
            self.bind(Bound::Delta(delta));
            before = ", ";
        }
    }

    fn key(&mut self, table: &Table, key: &'a [Value]) {
        for (i, (column, value)) in table.key.iter().zip(key).enumerate() {
            self.put_text(if i == 0 { " WHERE " } else { " AND " }, column);
            self.text.push_str(" = ");
            self.bind(Bound::Value(value));
        }
    }

    fn matching(&mut self, matching: &'a Cells) {
        for (i, (column, value)) in matching.iter().enumerate() {
            self.put_text(if i == 0 { " WHERE " } else { " AND " }, column);
            self.text.push_str(" IS ");
            self.bind(Bound::Value(value));
        }
    }
}
