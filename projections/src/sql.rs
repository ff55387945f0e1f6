//! Row operations as SQL: one prepared statement for each shape of operation.

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
    let same = |a: &Table, b: &Table| std::ptr::eq(a, b) || a.name == b.name;
    match (one, other) {
        (
            Op::Put {
                table: a, cells: x, ..
            },
            Op::Put {
                table: b, cells: y, ..
            },
        )
        | (
            Op::PutIfAbsent {
                table: a, cells: x, ..
            },
            Op::PutIfAbsent {
                table: b, cells: y, ..
            },
        ) => same(a, b) && x.keys().eq(y.keys()),
        (
            Op::Update {
                table: a,
                cells: x,
                deltas: d,
                ..
            },
            Op::Update {
                table: b,
                cells: y,
                deltas: e,
                ..
            },
        ) => same(a, b) && x.keys().eq(y.keys()) && d.keys().eq(e.keys()),
        (Op::Remove { table: a, .. }, Op::Remove { table: b, .. }) => same(a, b),
        (
            Op::SetWhere {
                table: a,
                matching: m,
                cells: x,
            },
            Op::SetWhere {
                table: b,
                matching: n,
                cells: y,
            },
        ) => same(a, b) && m.keys().eq(n.keys()) && x.keys().eq(y.keys()),
        (
            Op::RemoveWhere {
                table: a,
                matching: m,
            },
            Op::RemoveWhere {
                table: b,
                matching: n,
            },
        ) => same(a, b) && m.keys().eq(n.keys()),
        (
            Op::Put { .. }
            | Op::PutIfAbsent { .. }
            | Op::Update { .. }
            | Op::Remove { .. }
            | Op::SetWhere { .. }
            | Op::RemoveWhere { .. },
            Op::Put { .. }
            | Op::PutIfAbsent { .. }
            | Op::Update { .. }
            | Op::Remove { .. }
            | Op::SetWhere { .. }
            | Op::RemoveWhere { .. },
        ) => false,
    }
}

/// Binds what [`text`] left open, in the same order.
fn bind(statement: &mut CachedStatement<'_>, op: &Op) -> rusqlite::Result<()> {
    let mut binding = Binding {
        statement,
        count: 0,
    };
    match op {
        Op::Put { key, cells, .. } | Op::PutIfAbsent { key, cells, .. } => {
            binding.all(key)?;
            binding.all(cells.values())
        }
        Op::Update {
            key, cells, deltas, ..
        } => {
            binding.all(cells.values())?;
            binding.all(deltas.values())?;
            binding.all(key)
        }
        Op::Remove { key, .. } => binding.all(key),
        Op::SetWhere {
            matching, cells, ..
        } => {
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
        Op::Update {
            table,
            cells,
            deltas,
            ..
        } => {
            text.update(table, cells, deltas.keys());
            text.each(" WHERE ", " AND ", table.key, " = ");
        }
        Op::Remove { table, .. } => {
            text.named("DELETE FROM ", table.name);
            text.each(" WHERE ", " AND ", table.key, " = ");
        }
        Op::SetWhere {
            table,
            matching,
            cells,
        } => {
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
