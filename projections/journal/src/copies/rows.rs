//! Rows on their way from one database to another.

use rusqlite::types::Value;
use uuid::Uuid;

use super::layout::Table;

/// How many rows go at once.
pub(super) const LOT: usize = 1000;

/// A row: a value for each column of its table.
pub(super) type Row = Vec<Value>;

/// Some rows of a table.
#[derive(Debug)]
pub(super) struct Lot {
    pub(super) table: &'static Table,
    pub(super) rows: Vec<Row>,
}

/// The number of a column; nothing where it holds none.
pub(super) fn number(value: &Value) -> Option<i64> {
    if let Value::Integer(number) = value { Some(*number) } else { None }
}

/// The text of a column.
pub(super) fn text(value: &Value) -> Option<String> {
    if let Value::Text(text) = value { Some(text.clone()) } else { None }
}

/// The bytes of a column.
pub(super) fn bytes(value: &Value) -> Option<Vec<u8>> {
    if let Value::Blob(bytes) = value { Some(bytes.clone()) } else { None }
}

/// The id of a column, which SQLite keeps as sixteen bytes.
pub(super) fn id(value: &Value) -> Option<Uuid> {
    if let Value::Blob(bytes) = value { Uuid::from_slice(bytes).ok() } else { None }
}
