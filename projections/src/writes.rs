//! What a projection asks for: operations on rows, in the order in which it asks.

use std::collections::BTreeMap;

use crate::{projection::Table, value::Value};

/// Columns and what they hold.
pub type Cells = BTreeMap<&'static str, Value>;

/// The values of a row's key, in the order of [`Table::key`].
pub type Key = Vec<Value>;

/// The key of a row: `key![slot, booking]`, in the order of [`Table::key`].
#[macro_export]
macro_rules! key {
    ($($value:expr),+ $(,)?) => { [$($crate::ToValue::to_value(&$value)),+] };
}

/// Columns and what they hold: `row! { name: &listing.name, open: true }`. A literal column
/// name followed by anything that is a [`ToValue`](crate::ToValue); references do as well.
#[macro_export]
macro_rules! row {
    ($($column:ident: $value:expr),* $(,)?) => {
        [$((stringify!($column), $crate::ToValue::to_value(&$value))),*]
    };
}

/// One operation on the rows of one table.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    /// The row is this from now on, whole.
    Put {
        /// Where.
        table: &'static Table,
        /// Which row.
        key: Key,
        /// Its other columns; those not named take their default.
        cells: Cells,
    },
    /// The row is this, unless there is one already.
    PutIfAbsent {
        /// Where.
        table: &'static Table,
        /// Which row.
        key: Key,
        /// Its other columns; those not named take their default.
        cells: Cells,
    },
    /// Some columns of the row are others, if there is such a row.
    Update {
        /// Where.
        table: &'static Table,
        /// Which row.
        key: Key,
        /// Columns and what they hold from now on.
        cells: Cells,
        /// Columns and what is added to them. None of them is in `cells`.
        deltas: BTreeMap<&'static str, i64>,
    },
    /// The row is there no longer.
    Remove {
        /// Where.
        table: &'static Table,
        /// Which row.
        key: Key,
    },
    /// Some columns of all rows that match are others.
    SetWhere {
        /// Where.
        table: &'static Table,
        /// What the rows must hold, all of it.
        matching: Cells,
        /// Columns and what they hold from now on.
        cells: Cells,
    },
    /// The rows that match are there no longer.
    RemoveWhere {
        /// Where.
        table: &'static Table,
        /// What the rows must hold, all of it.
        matching: Cells,
    },
}

/// A projection asked for something that cannot be: a mistake in its code, which pauses it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Defect {
    /// The key has not as many values as the table's key has columns.
    #[error("a key of {table} has {expected} columns")]
    KeyLength {
        /// Which table.
        table: &'static str,
        /// How many columns its key has.
        expected: usize,
    },
    /// A part of the key is nothing.
    #[error("a key of {table} must not be null")]
    NullKey {
        /// Which table.
        table: &'static str,
    },
    /// A column of the key was to be changed.
    #[error("{column} is part of the key of {table}")]
    KeyColumn {
        /// Which table.
        table: &'static str,
        /// Which column.
        column: &'static str,
    },
    /// Nothing says which rows are meant.
    #[error("rows of {table} were to be changed without saying which")]
    NoCondition {
        /// Which table.
        table: &'static str,
    },
}

/// Where [`Projection::apply`](crate::Projection::apply) writes what it wants of the rows.
#[derive(Debug, Default)]
pub struct Writes {
    ops: Vec<Op>,
    defect: Option<Defect>,
}

impl Writes {
    /// The row with this key is this from now on, whole: columns not named take their default.
    pub fn put<const K: usize>(
        &mut self,
        table: &'static Table,
        key: [Value; K],
        cells: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        if let Some((key, cells)) = self.checked(table, key.into(), cells) {
            self.ops.push(Op::Put { table, key, cells });
        }
    }

    /// Like [`put`](Self::put), unless there is such a row already, which then stays as it is.
    pub fn put_if_absent<const K: usize>(
        &mut self,
        table: &'static Table,
        key: [Value; K],
        cells: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        if let Some((key, cells)) = self.checked(table, key.into(), cells) {
            self.ops.push(Op::PutIfAbsent { table, key, cells });
        }
    }

    /// Some columns of the row with this key are others; nothing happens if there is none.
    pub fn set<const K: usize>(
        &mut self,
        table: &'static Table,
        key: [Value; K],
        cells: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        if let Some((key, cells)) = self.checked(table, key.into(), cells)
            && !cells.is_empty()
        {
            let deltas = BTreeMap::new();
            self.ops.push(Op::Update { table, key, cells, deltas });
        }
    }

    /// Adds `delta` to a whole number of the row with this key; nothing happens if there is
    /// no such row, and what is null stays null.
    pub fn add<const K: usize>(
        &mut self,
        table: &'static Table,
        key: [Value; K],
        column: &'static str,
        delta: i64,
    ) {
        let named = [(column, Value::Null)];
        if let Some((key, _)) = self.checked(table, key.into(), named) {
            self.ops.push(Op::Update {
                table,
                key,
                cells: Cells::new(),
                deltas: BTreeMap::from([(column, delta)]),
            });
        }
    }

    /// The row with this key is there no longer.
    pub fn remove<const K: usize>(&mut self, table: &'static Table, key: [Value; K]) {
        if let Some((key, _)) = self.checked(table, key.into(), []) {
            self.ops.push(Op::Remove { table, key });
        }
    }

    /// Some columns of every row that holds all of `matching` are others. Looks through the
    /// table: give it an index on the columns of `matching`, and use it for what is rare.
    pub fn set_where(
        &mut self,
        table: &'static Table,
        matching: impl IntoIterator<Item = (&'static str, Value)>,
        cells: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        let cells: Cells = cells.into_iter().collect();
        if let Some(matching) = self.condition(table, matching)
            && self.no_key_column(table, &cells)
            && !cells.is_empty()
        {
            self.ops.push(Op::SetWhere { table, matching, cells });
        }
    }

    /// Every row that holds all of `matching` is there no longer. As costly as
    /// [`set_where`](Self::set_where).
    pub fn remove_where(
        &mut self,
        table: &'static Table,
        matching: impl IntoIterator<Item = (&'static str, Value)>,
    ) {
        if let Some(matching) = self.condition(table, matching) {
            self.ops.push(Op::RemoveWhere { table, matching });
        }
    }

    /// What was asked for, in order, or the first thing that cannot be.
    pub fn into_ops(self) -> Result<Vec<Op>, Defect> {
        match self.defect {
            None => Ok(self.ops),
            Some(defect) => Err(defect),
        }
    }

    /// How many operations were asked for until now.
    pub fn len(&self) -> usize {
        self.ops.len()
    }

    /// Whether nothing was asked for until now.
    pub fn is_empty(&self) -> bool {
        self.ops.is_empty()
    }

    fn checked(
        &mut self,
        table: &'static Table,
        key: Key,
        cells: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Option<(Key, Cells)> {
        let cells: Cells = cells.into_iter().collect();
        if key.len() != table.key.len() {
            self.refuse(Defect::KeyLength { table: table.name, expected: table.key.len() });
            return None;
        }
        if key.contains(&Value::Null) {
            self.refuse(Defect::NullKey { table: table.name });
            return None;
        }
        self.no_key_column(table, &cells).then_some((key, cells))
    }

    fn condition(
        &mut self,
        table: &'static Table,
        matching: impl IntoIterator<Item = (&'static str, Value)>,
    ) -> Option<Cells> {
        let matching: Cells = matching.into_iter().collect();
        if matching.is_empty() {
            self.refuse(Defect::NoCondition { table: table.name });
            return None;
        }
        Some(matching)
    }

    fn no_key_column(&mut self, table: &'static Table, cells: &Cells) -> bool {
        match table.key.iter().find(|column| cells.contains_key(*column)) {
            Some(column) => {
                self.refuse(Defect::KeyColumn { table: table.name, column });
                false
            }
            None => true,
        }
    }

    fn refuse(&mut self, defect: Defect) {
        self.defect.get_or_insert(defect);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEATS: Table = Table { name: "seats", key: &["slot", "seat"], ddl: "" };

    #[test]
    fn a_key_that_cannot_be_is_a_defect() {
        let defect = |ask: fn(&mut Writes)| {
            let mut out = Writes::default();
            ask(&mut out);
            out.into_ops().unwrap_err()
        };

        assert_eq!(
            defect(|out| out.put(&SEATS, key!["a"], row! {})),
            Defect::KeyLength { table: "seats", expected: 2 }
        );
        assert_eq!(
            defect(|out| out.remove(&SEATS, key!["a", None::<i64>])),
            Defect::NullKey { table: "seats" }
        );
        assert_eq!(
            defect(|out| out.set(&SEATS, key!["a", 1], row! { seat: 2 })),
            Defect::KeyColumn { table: "seats", column: "seat" }
        );
        assert_eq!(
            defect(|out| out.remove_where(&SEATS, row! {})),
            Defect::NoCondition { table: "seats" }
        );
    }
}
