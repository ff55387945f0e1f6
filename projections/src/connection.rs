//! Connections to a file of read models: how each is set up, and what all of them know.

use std::{path::Path, time::Duration};

use rusqlite::{Connection, OpenFlags, functions::FunctionFlags};

use crate::Fault;

/// How long a connection waits for another's lock.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 256;

/// From how many pages on (64 MB) the write-ahead log is moved into the file. While much is
/// written, a page that changes often is then moved once and not each time.
const CHECKPOINT: i64 = 16_000;

/// Where a database of read models is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a file.
    File(std::path::PathBuf),
    /// In memory, under a name that the connections of this process share.
    Memory(String),
}

impl Place {
    /// What SQLite's ATTACH takes.
    pub(crate) fn address(&self) -> String {
        match self {
            Self::File(path) => path.to_string_lossy().into_owned(),
            Self::Memory(name) => format!("file:/{name}?vfs=memdb"),
        }
    }

    /// The place beside it for what is called `what`.
    pub(crate) fn beside(&self, what: &str) -> Self {
        match self {
            Self::File(path) => Self::File(path.with_extension(format!("{what}.db"))),
            Self::Memory(name) => Self::Memory(format!("{name}-{what}")),
        }
    }

    /// Removes what is there, which nobody has open. What is in memory goes by itself.
    pub(crate) fn remove(&self) -> Result<(), Fault> {
        let Self::File(path) = self else {
            return Ok(());
        };
        for suffix in ["", "-wal", "-shm"] {
            let mut file = path.clone().into_os_string();
            file.push(suffix);
            match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Fault::file(file)(error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        Ok(())
    }

    /// A connection that writes. It overwrites what it deletes, and a crash of the machine
    /// may cost it the last transactions but never half of one: the log has them still.
    pub(crate) fn writer(&self) -> rusqlite::Result<Connection> {
        let db = self.open(OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        if let Self::File(_) = self {
            db.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        }
        db.pragma_update(None, "synchronous", "NORMAL")?;
        db.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
        db.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
        db.pragma_update(None, "foreign_keys", "OFF")?;
        db.pragma_update(None, "cache_size", -64_000)?;
        Ok(db)
    }

    /// A connection that can only read.
    pub(crate) fn reader(&self) -> rusqlite::Result<Connection> {
        let db = self.open(OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        db.pragma_update(None, "query_only", "ON")?;
        Ok(db)
    }

    fn open(&self, flags: OpenFlags) -> rusqlite::Result<Connection> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let db = match self {
            Self::File(path) => Connection::open_with_flags(Path::new(path), flags)?,
            Self::Memory(_) => Connection::open_with_flags(self.address(), flags)?,
        };
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(STATEMENTS);
        teach(&db)?;
        Ok(db)
    }
}

/// A database that no other connection sees, for the tests of one read model.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn private() -> rusqlite::Result<Connection> {
    let db = Connection::open_in_memory()?;
    teach(&db)?;
    Ok(db)
}

/// Registers `folded(text)`: the form in which names are searched.
fn teach(db: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    db.create_scalar_function("folded", 1, flags, |arguments| {
        let text: Option<String> = arguments.get(0)?;
        Ok(text.as_deref().map(domain::kernel::text::folded))
    })
}
