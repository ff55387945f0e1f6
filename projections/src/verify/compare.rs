//! Two tables side by side, in the order of their key: one digest each, and the first rows
//! that differ, by key and column and never by what they hold.

use std::cmp::Ordering;

use rusqlite::{Connection, Rows};
use sha2::{Digest as _, Sha256};

use crate::{Table, Value, digest};

/// How many differences of one table are named.
const NAMED: usize = 20;

/// What was found of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableReport {
    /// Its name.
    pub table: &'static str,
    /// How many rows it has.
    pub rows: u64,
    /// SHA-256, in hexadecimal, of its live rows.
    pub live: String,
    /// SHA-256, in hexadecimal, of the replayed rows.
    pub replayed: String,
    /// How many rows differ.
    pub differing: u64,
    /// The first of them.
    pub differences: Vec<Difference>,
}

impl TableReport {
    /// Whether both are the same.
    pub fn holds(&self) -> bool {
        self.live == self.replayed
    }
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its key.
    pub key: String,
    /// In what way.
    pub kind: DifferenceKind,
}

/// In what way a row differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DifferenceKind {
    /// The log says that there is such a row; there is none.
    Missing,
    /// There is such a row; the log says nothing of it.
    Unexpected,
    /// These columns hold something else than the log says.
    Columns(Vec<String>),
}

impl std::fmt::Display for Difference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.kind {
            DifferenceKind::Missing => write!(f, "{} is missing", self.key),
            DifferenceKind::Unexpected => write!(f, "{} should not be there", self.key),
            DifferenceKind::Columns(columns) => {
                write!(f, "{} differs in {}", self.key, columns.join(", "))
            }
        }
    }
}

/// The rows of one side, one after the other.
struct Side<'a> {
    rows: Rows<'a>,
    columns: usize,
    key: Vec<usize>,
    next: Option<Vec<Value>>,
    hash: Sha256,
    count: u64,
}

impl<'a> Side<'a> {
    fn new(rows: Rows<'a>, columns: &[String], table: &Table) -> rusqlite::Result<Self> {
        let at = |name: &&str| columns.iter().position(|column| column == name);
        let mut side = Self {
            rows,
            columns: columns.len(),
            key: table.key.iter().filter_map(at).collect(),
            next: None,
            hash: Sha256::new(),
            count: 0,
        };
        side.advance()?;
        Ok(side)
    }

    fn advance(&mut self) -> rusqlite::Result<()> {
        self.next = match self.rows.next()? {
            None => None,
            Some(row) => {
                let cell = |at| row.get_ref(at).map(digest::value);
                let cells: Vec<Value> = (0..self.columns).map(cell).collect::<Result<_, _>>()?;
                self.count += 1;
                for cell in &cells {
                    digest::add(&mut self.hash, cell);
                }
                Some(cells)
            }
        };
        Ok(())
    }

    fn key(&self) -> Option<Vec<&Value>> {
        let next = self.next.as_ref()?;
        Some(self.key.iter().filter_map(|at| next.get(*at)).collect())
    }
}

/// Compares `table` of both databases.
pub(super) fn tables(
    live: &Connection,
    scratch: &Connection,
    table: &'static Table,
) -> rusqlite::Result<TableReport> {
    let select = digest::select(table);
    let (mut of_live, mut of_replay) = (live.prepare(&select)?, scratch.prepare(&select)?);
    let columns: Vec<String> = of_replay.column_names().into_iter().map(str::to_owned).collect();
    let mut live = Side::new(of_live.query([])?, &columns, table)?;
    let mut replayed = Side::new(of_replay.query([])?, &columns, table)?;
    let (mut differing, mut differences) = (0, Vec::new());
    loop {
        let order = match (live.key(), replayed.key()) {
            (None, None) => break,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(live), Some(replayed)) => live.cmp(&replayed),
        };
        let (of, kind) = match order {
            Ordering::Less => (live.key(), Some(DifferenceKind::Unexpected)),
            Ordering::Greater => (replayed.key(), Some(DifferenceKind::Missing)),
            Ordering::Equal => (live.key(), differing_columns(&live, &replayed, &columns)),
        };
        if let Some(kind) = kind {
            differing += 1;
            if differences.len() < NAMED {
                let key = show(table, &of.unwrap_or_default());
                differences.push(Difference { key, kind });
            }
        }
        if order != Ordering::Greater {
            live.advance()?;
        }
        if order != Ordering::Less {
            replayed.advance()?;
        }
    }
    Ok(TableReport {
        table: table.name,
        rows: live.count,
        live: hex::encode(live.hash.finalize()),
        replayed: hex::encode(replayed.hash.finalize()),
        differing,
        differences,
    })
}

fn differing_columns(
    live: &Side<'_>,
    replayed: &Side<'_>,
    columns: &[String],
) -> Option<DifferenceKind> {
    let (Some(live), Some(replayed)) = (&live.next, &replayed.next) else {
        return None;
    };
    let cells = live.iter().zip(replayed).zip(columns);
    let differing: Vec<String> = cells
        .filter(|((live, replayed), _)| live != replayed)
        .map(|(_, column)| column.clone())
        .collect();
    (!differing.is_empty()).then_some(DifferenceKind::Columns(differing))
}

/// `slot=…, seat=2`. Keys are ids, never personal.
fn show(table: &Table, key: &[&Value]) -> String {
    let parts = table.key.iter().zip(key).map(|(column, value)| {
        let value = match value {
            Value::Null => "null".to_owned(),
            Value::Int(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Blob(bytes) => hex::encode(bytes),
        };
        format!("{column}={value}")
    });
    parts.collect::<Vec<_>>().join(", ")
}
