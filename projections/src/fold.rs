//! Folding: what many operations on one row come to, so that a batch writes each row once or
//! twice. Writing what [`fold`] returns leaves the tables as writing its input would; a
//! property test beside this file holds it to that.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    projection::Table,
    value::Value,
    writes::{Cells, Key, Op},
};

/// One thing to do to one row.
enum Step {
    Put(Cells),
    PutIfAbsent(Cells),
    Update(Cells, BTreeMap<&'static str, i64>),
    Remove,
}

/// What is left to do to each row of one table.
#[derive(Default)]
struct Pending(BTreeMap<Key, Vec<Step>>);

/// The operations that come to the same as `ops`: fewer, and in the order of the tables and
/// their keys, between those that concern many rows, which stay where they are.
pub(crate) fn fold(ops: Vec<Op>) -> Vec<Op> {
    let mut folded = Vec::new();
    let mut tables: Vec<(&'static Table, Pending)> = Vec::new();
    for op in ops {
        let table = table_of(&op);
        let at = tables.iter().position(|(seen, _)| seen.name == table.name).unwrap_or_else(|| {
            tables.push((table, Pending::default()));
            tables.len() - 1
        });
        let pending = &mut tables[at].1;
        match op {
            Op::Put { key, cells, .. } => pending.take(key, Step::Put(cells)),
            Op::PutIfAbsent { key, cells, .. } => pending.take(key, Step::PutIfAbsent(cells)),
            Op::Update { key, cells, deltas, .. } => pending.take(key, Step::Update(cells, deltas)),
            Op::Remove { key, .. } => pending.take(key, Step::Remove),
            many @ (Op::SetWhere { .. } | Op::RemoveWhere { .. }) => {
                std::mem::take(pending).release(table, &mut folded);
                folded.push(many);
            }
        }
    }
    for (table, pending) in tables {
        pending.release(table, &mut folded);
    }
    folded
}

fn table_of(op: &Op) -> &'static Table {
    match op {
        Op::Put { table, .. }
        | Op::PutIfAbsent { table, .. }
        | Op::Update { table, .. }
        | Op::Remove { table, .. }
        | Op::SetWhere { table, .. }
        | Op::RemoveWhere { table, .. } => table,
    }
}

impl Pending {
    fn take(&mut self, key: Key, step: Step) {
        let steps = self.0.entry(key).or_default();
        match (steps.last_mut(), step) {
            // Whatever came before, the row is this, or is gone.
            (_, step @ (Step::Put(_) | Step::Remove)) => {
                steps.clear();
                steps.push(step);
            }
            // There is a row: the one that was there, or the one just put.
            (Some(Step::Put(_) | Step::PutIfAbsent(_)), Step::PutIfAbsent(_))
            | (Some(Step::Remove), Step::Update(..)) => {}
            (Some(last @ Step::Remove), Step::PutIfAbsent(cells)) => *last = Step::Put(cells),
            (Some(Step::Put(row)), Step::Update(cells, deltas)) => {
                row.extend(cells);
                let left = add_to_cells(row, deltas);
                if !left.is_empty() {
                    steps.push(Step::Update(Cells::new(), left));
                }
            }
            (Some(Step::Update(row, sums)), Step::Update(cells, deltas)) => {
                sums.retain(|column, _| !cells.contains_key(column));
                row.extend(cells);
                let left = add_to_cells(row, deltas);
                let left = add_to_sums(row, sums, left);
                if !left.is_empty() {
                    steps.push(Step::Update(Cells::new(), left));
                }
            }
            (None | Some(Step::PutIfAbsent(_)), step @ Step::Update(..))
            | (None | Some(Step::Update(..)), step @ Step::PutIfAbsent(_)) => steps.push(step),
        }
    }

    fn release(self, table: &'static Table, folded: &mut Vec<Op>) {
        for (key, mut steps) in self.0 {
            let last = steps.pop();
            folded.extend(steps.into_iter().map(|step| step.of(table, key.clone())));
            folded.extend(last.map(|step| step.of(table, key)));
        }
    }
}

impl Step {
    fn of(self, table: &'static Table, key: Key) -> Op {
        match self {
            Self::Put(cells) => Op::Put { table, key, cells },
            Self::PutIfAbsent(cells) => Op::PutIfAbsent { table, key, cells },
            Self::Update(cells, deltas) => Op::Update { table, key, cells, deltas },
            Self::Remove => Op::Remove { table, key },
        }
    }
}

/// Adds `deltas` to what `row` is known to hold; what it cannot add (the column's default is
/// the database's to know) is left.
fn add_to_cells(
    row: &mut Cells,
    deltas: BTreeMap<&'static str, i64>,
) -> BTreeMap<&'static str, i64> {
    let mut left = BTreeMap::new();
    for (column, delta) in deltas {
        match row.get_mut(column) {
            Some(Value::Null) => {}
            Some(Value::Int(number)) if number.checked_add(delta).is_some() => *number += delta,
            Some(_) | None => {
                left.insert(column, delta);
            }
        }
    }
    left
}

/// Adds `deltas` to the sums of the same update, unless the update also sets that column.
fn add_to_sums(
    row: &Cells,
    sums: &mut BTreeMap<&'static str, i64>,
    deltas: BTreeMap<&'static str, i64>,
) -> BTreeMap<&'static str, i64> {
    let set: BTreeSet<_> = row.keys().copied().collect();
    let mut left = BTreeMap::new();
    for (column, delta) in deltas {
        let sum = sums.get(column).copied().unwrap_or(0).checked_add(delta);
        match sum {
            Some(sum) if !set.contains(column) => {
                sums.insert(column, sum);
            }
            Some(_) | None => {
                left.insert(column, delta);
            }
        }
    }
    left
}

#[cfg(test)]
mod tests;
