//! The rows of a table in the order of their keys, and what they come to in one number.

use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use crate::{Table, Value};

/// Every row of `table`, columns in the order of the DDL, in the order of the key.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn rows(db: &rusqlite::Connection, table: &Table) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = db.prepare(&select(table))?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let cells: rusqlite::Result<Vec<Value>> =
            (0..columns).map(|i| row.get_ref(i).map(value)).collect();
        all.push(cells?);
    }
    Ok(all)
}

/// The query that gives the rows of `table` in the order of its key.
pub(crate) fn select(table: &Table) -> String {
    let key = table.key.iter().map(|column| format!("\"{column}\""));
    let key = key.collect::<Vec<_>>().join(", ");
    format!("SELECT * FROM \"{}\" ORDER BY {key}", table.name)
}

/// Adds one cell to a digest: its type, its length and its bytes, so that no two different
/// rows read alike.
pub(crate) fn add(hash: &mut Sha256, cell: &Value) {
    let mut part = |tag: u8, bytes: &[u8]| {
        hash.update([tag]);
        hash.update((bytes.len() as u64).to_be_bytes());
        hash.update(bytes);
    };
    match cell {
        Value::Null => part(0, &[]),
        Value::Int(number) => part(1, &number.to_be_bytes()),
        Value::Real(number) => part(2, &number.to_bits().to_be_bytes()),
        Value::Text(text) => part(3, text.as_bytes()),
        Value::Blob(bytes) => part(4, bytes),
    }
}

/// The cell as a value.
pub(crate) fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
