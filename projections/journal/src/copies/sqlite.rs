//! SQLite: what is copied there, into which every copy is written, and where one may be put back.

use std::{
    fs::{File, OpenOptions},
    path::Path,
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior, params_from_iter};
use tokio::sync::mpsc;

use super::{
    CopyFault,
    layout::{Layout, Table},
    read::Source,
    rows::Lot,
};
use crate::backend::sqlite_file::{durable, migrate};

/// Copies the database in the file `from` into the new file `to`. It keeps no page that was freed.
pub(super) fn copy(layout: &Layout, from: &Path, to: &Path) -> Result<(), CopyFault> {
    let source = open_to_read(from).map_err(|error| layout.fault(error))?;
    private(to)?;
    source
        .execute("VACUUM INTO ?1", [to.to_string_lossy()])
        .map_err(|error| blame(layout, error))?;
    let db = Connection::open(to).map_err(CopyFault::writing)?;
    finish(db, to)
}

/// Whether it was the copy or what is copied that failed is told by what SQLite says only where no
/// room is left, or nothing can be written.
fn blame(layout: &Layout, error: rusqlite::Error) -> CopyFault {
    use rusqlite::ErrorCode::{CannotOpen, DiskFull, PermissionDenied, SystemIoFailure};
    match error.sqlite_error_code() {
        Some(DiskFull | SystemIoFailure | CannotOpen | PermissionDenied) => {
            CopyFault::writing(error)
        }
        _ => layout.fault(error).into(),
    }
}

fn open_to_read(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(10))?;
    Ok(connection)
}

/// Makes the file, for its owner alone.
fn private(path: &Path) -> Result<(), CopyFault> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(CopyFault::file)
}

/// Leaves the file as those that read the log expect it, so that reading changes no byte of it, and
/// has it on the disk.
fn finish(db: Connection, path: &Path) -> Result<(), CopyFault> {
    db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))
        .map_err(CopyFault::writing)?;
    db.close().map_err(|(_, error)| CopyFault::writing(error))?;
    File::open(path).and_then(|file| file.sync_all()).map_err(CopyFault::file)
}

/// Writes what comes into the new file `to`.
pub(super) fn write(
    layout: &Layout,
    to: &Path,
    lots: &mut mpsc::Receiver<Lot>,
) -> Result<(), CopyFault> {
    private(to)?;
    let mut written = || -> rusqlite::Result<Connection> {
        let mut db = Connection::open(to)?;
        // Half a copy is thrown away: nothing is to be undone.
        db.pragma_update_and_check(None, "journal_mode", "OFF", |_| Ok(()))?;
        db.pragma_update(None, "synchronous", "OFF")?;
        migrate(&mut db, layout.migrations)?;
        let transaction = db.transaction()?;
        let mut filling = Filling::begin(&transaction, layout)?;
        while let Some(lot) = lots.blocking_recv() {
            filling.insert(&lot)?;
        }
        filling.end()?;
        transaction.commit()?;
        Ok(db)
    };
    finish(written().map_err(CopyFault::writing)?, to)
}

/// Puts `copy` into the file `to`, made if need be, in one transaction.
pub(super) fn load(layout: &Layout, copy: &Source, to: &Path) -> Result<(), CopyFault> {
    let failed = |error: rusqlite::Error| layout.fault(error);
    if !to.exists() {
        private(to)?;
    }
    let mut db = Connection::open(to).map_err(failed)?;
    durable(&db).map_err(failed)?;
    migrate(&mut db, layout.migrations).map_err(failed)?;
    let transaction =
        db.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    if !holds_nothing(&transaction, layout).map_err(failed)? {
        return Err(CopyFault::NotEmpty);
    }
    let mut filling = Filling::begin(&transaction, layout).map_err(failed)?;
    copy.each_lot(|lot| filling.insert(&lot).map_err(CopyFault::writing))?;
    filling.end().map_err(failed)?;
    transaction.commit().map_err(CopyFault::writing)
}

/// Whether nothing is in the file at `path`, or no file.
pub(super) fn is_empty(layout: &Layout, path: &Path) -> Result<bool, CopyFault> {
    let length = std::fs::metadata(path).map(|file| file.len());
    match length {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(true),
        Ok(0) => Ok(true),
        Ok(_) | Err(_) => {
            let db = open_to_read(path).map_err(|error| layout.fault(error))?;
            let empty = holds_nothing(&db, layout).map_err(|error| layout.fault(error))?;
            Ok(empty)
        }
    }
}

/// Whether no table has a row that is not there from the beginning.
fn holds_nothing(db: &Connection, layout: &Layout) -> rusqlite::Result<bool> {
    for table in layout.tables.iter().filter(|table| !table.single) {
        let made: bool = db.query_row(
            "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1)",
            [table.name],
            |row| row.get(0),
        )?;
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", table.name);
        if made && db.query_row(&sql, [], |row| row.get(0))? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Tables that are being filled, without the triggers that look at each row: what comes in bore them
/// where it comes from.
struct Filling<'t> {
    transaction: &'t Transaction<'t>,
    triggers: Vec<String>,
}

impl<'t> Filling<'t> {
    fn begin(transaction: &'t Transaction<'t>, layout: &Layout) -> rusqlite::Result<Self> {
        let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'";
        let found: Vec<(String, String)> = transaction
            .prepare(sql)?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (name, _) in &found {
            transaction.execute_batch(&format!("DROP TRIGGER {name}"))?;
        }
        for table in layout.tables.iter().filter(|table| table.single) {
            transaction.execute(&format!("DELETE FROM {}", table.name), [])?;
        }
        Ok(Self { transaction, triggers: found.into_iter().map(|(_, sql)| sql).collect() })
    }

    fn insert(&mut self, lot: &Lot) -> rusqlite::Result<()> {
        let mut insert = self.transaction.prepare_cached(&insert_into(lot.table))?;
        for row in &lot.rows {
            insert.execute(params_from_iter(row))?;
        }
        Ok(())
    }

    fn end(self) -> rusqlite::Result<()> {
        self.triggers.iter().try_for_each(|sql| self.transaction.execute_batch(sql))
    }
}

fn insert_into(table: &Table) -> String {
    let marks = vec!["?"; table.columns.len()].join(", ");
    format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, table.names())
}
