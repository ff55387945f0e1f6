//! Row operations as SQL: one prepared statement for each shape of operation.

use std::collections::BTreeMap;

use rusqlite::{CachedStatement, Connection, ToSql};

use crate::{
    projection::Table,
    writes::{Cells, Op},
};

/// Does `ops` in their order. Names of tables and columns come from the program alone;
/// values are always bound.
pub(crate) fn execute(db: &Connection, ops: &[Op]) -> rusqlite::Result<()> {
    let mut current: Option<(&Op, CachedStatement<'_>)> = None;
    for op in ops {
        let mut statement = match current.take() {
            Some((before, statement)) if alike(before, op) => statement,
            Some(_) | None => db.prepare_cached(&text(op))?,
        };
        bind(&mut statement, op)?;
        statement.raw_execute()?;
        current = Some((op, statement));
    }
    Ok(())
}

/// Whether one statement does both: folded operations are in the order of their tables, and
/// those on one table often name the same columns.
fn alike(one: &Op, other: &Op) -> bool {
    let (table, set, added, matched) = names(one);
    let (other_table, other_set, other_added, other_matched) = names(other);
    std::mem::discriminant(one) == std::mem::discriminant(other)
        && table.name == other_table.name
        && columns(set).eq(columns(other_set))
        && columns(added).eq(columns(other_added))
        && columns(matched).eq(columns(other_matched))
}

type Deltas = BTreeMap<&'static str, i64>;

/// What an operation names: its table, the columns that it sets, adds to, and looks at.
fn names(op: &Op) -> (&Table, Option<&Cells>, Option<&Deltas>, Option<&Cells>) {
    match op {
        Op::Put { table, cells, .. } | Op::PutIfAbsent { table, cells, .. } => {
            (table, Some(cells), None, None)
        }
        Op::Update { table, cells, deltas, .. } => (table, Some(cells), Some(deltas), None),
        Op::Remove { table, .. } => (table, None, None, None),
        Op::SetWhere { table, matching, cells } => (table, Some(cells), None, Some(matching)),
        Op::RemoveWhere { table, matching } => (table, None, None, Some(matching)),
    }
}

fn columns<V>(named: Option<&BTreeMap<&'static str, V>>) -> impl Iterator<Item = &'static str> {
    named.into_iter().flat_map(BTreeMap::keys).copied()
}

/// Binds what [`text`] left open, in the same order.
fn bind(statement: &mut CachedStatement<'_>, op: &Op) -> rusqlite::Result<()> {
    let mut binding = Binding { statement, count: 0 };
    match op {
        Op::Put { key, cells, .. } | Op::PutIfAbsent { key, cells, .. } => {
            binding.all(key)?;
            binding.all(cells.values())
        }
        Op::Update { key, cells, deltas, .. } => {
            binding.all(cells.values())?;
            binding.all(deltas.values())?;
            binding.all(key)
        }
        Op::Remove { key, .. } => binding.all(key),
        Op::SetWhere { matching, cells, .. } => {
            binding.all(cells.values())?;
            binding.all(matching.values())
        }
        Op::RemoveWhere { matching, .. } => binding.all(matching.values()),
    }
}

struct Binding<'a, 'db> {
    statement: &'a mut CachedStatement<'db>,
    count: usize,
}

impl Binding<'_, '_> {
    fn all<V: ToSql>(&mut self, values: impl IntoIterator<Item = V>) -> rusqlite::Result<()> {
        for value in values {
            self.count += 1;
            self.statement.raw_bind_parameter(self.count, value)?;
        }
        Ok(())
    }
}

/// The statement that does `op`, its values left open.
fn text(op: &Op) -> String {
    let mut text = Text::default();
    match op {
        Op::Put { table, cells, .. } => {
            text.put("INSERT OR REPLACE INTO ");
            text.row(table, cells);
        }
        Op::PutIfAbsent { table, cells, .. } => {
            text.put("INSERT INTO ");
            text.row(table, cells);
            text.put(" ON CONFLICT DO NOTHING");
        }
        Op::Update { table, cells, deltas, .. } => {
            text.update(table, cells, deltas.keys());
            text.each(" WHERE ", " AND ", table.key, " = ");
        }
        Op::Remove { table, .. } => {
            text.named("DELETE FROM ", table.name);
            text.each(" WHERE ", " AND ", table.key, " = ");
        }
        Op::SetWhere { table, matching, cells } => {
            text.update(table, cells, []);
            text.each(" WHERE ", " AND ", matching.keys(), " IS ");
        }
        Op::RemoveWhere { table, matching } => {
            text.named("DELETE FROM ", table.name);
            text.each(" WHERE ", " AND ", matching.keys(), " IS ");
        }
    }
    text.sql
}

/// A statement being written.
#[derive(Default)]
struct Text {
    sql: String,
    open: usize,
}

impl Text {
    fn put(&mut self, sql: &str) {
        self.sql.push_str(sql);
    }

    fn named(&mut self, before: &str, name: &str) {
        for part in [before, "\"", name, "\""] {
            self.put(part);
        }
    }

    fn open(&mut self) {
        self.open += 1;
        let number = self.open.to_string();
        self.put("?");
        self.put(&number);
    }

    /// `first` a `=` ?, `then` b `=` ?…
    fn each<'a>(
        &mut self,
        first: &str,
        then: &str,
        columns: impl IntoIterator<Item = &'a &'static str>,
        relation: &str,
    ) {
        for (i, column) in columns.into_iter().enumerate() {
            self.named(if i == 0 { first } else { then }, column);
            self.put(relation);
            self.open();
        }
    }

    fn row(&mut self, table: &Table, cells: &Cells) {
        self.named("", table.name);
        let columns = table.key.iter().chain(cells.keys());
        for (i, column) in columns.enumerate() {
            self.named(if i == 0 { " (" } else { ", " }, column);
        }
        self.put(") VALUES (");
        for i in 0..table.key.len() + cells.len() {
            self.put(if i == 0 { "" } else { ", " });
            self.open();
        }
        self.put(")");
    }

    fn update<'a>(
        &mut self,
        table: &Table,
        cells: &Cells,
        added: impl IntoIterator<Item = &'a &'static str>,
    ) {
        self.named("UPDATE ", table.name);
        self.each(" SET ", ", ", cells.keys(), " = ");
        for (i, column) in added.into_iter().enumerate() {
            let first = i == 0 && cells.is_empty();
            self.named(if first { " SET " } else { ", " }, column);
            self.named(" = ", column);
            self.put(" + ");
            self.open();
        }
    }
}
