//! The rows of a table in the order of their keys, and what they come to in one number.

use rusqlite::{Connection, types::ValueRef};

use crate::{Table, Value};

/// Every row of `table`, columns in the order of the DDL, in the order of the key.
pub(crate) fn rows(db: &Connection, table: &Table) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut statement = db.prepare(&select(table, "main"))?;
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

/// The query for [`rows`], in the attached database `of`.
pub(crate) fn select(table: &Table, of: &str) -> String {
    let key: Vec<String> = table
        .key
        .iter()
        .map(|column| format!("\"{column}\""))
        .collect();
    let key = key.join(", ");
    format!("SELECT * FROM {of}.\"{}\" ORDER BY {key}", table.name)
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
