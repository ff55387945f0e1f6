//! How a SQLite file is opened for writing, and brought to its present shape: the log's and
//! the keys'.

use rusqlite::{Connection, TransactionBehavior};

/// A commit that was answered survives a power cut; another process that writes is waited for.
pub(crate) fn durable(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "secure_delete", "ON")
}

/// Runs those of `migrations` that this file has not had, in one transaction.
pub(crate) fn migrate(connection: &mut Connection, migrations: &[&str]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(
        "CREATE TABLE IF NOT EXISTS journal_migrations (version INTEGER PRIMARY KEY)",
    )?;
    let done: i64 = transaction.query_row(
        "SELECT coalesce(max(version), 0) FROM journal_migrations",
        [],
        |row| row.get(0),
    )?;
    for (version, sql) in (1..).zip(migrations) {
        if version > done {
            transaction.execute_batch(sql)?;
            transaction.execute("INSERT INTO journal_migrations VALUES (?1)", [version])?;
        }
    }
    transaction.commit()
}
