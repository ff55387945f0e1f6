//! A copy read back: audited on its own, or on its way to where it is put back. The file is not
//! changed by it.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
};

use domain::kernel::ids::PersonId;
use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, OptionalExtension as _, types::Value};
use uuid::Uuid;

use super::{
    CopyFault,
    layout::{LOG, Layout, TOMBSTONES, Table},
    rows::{self, LOT, Lot, Row},
};
use crate::{
    Flaw,
    backend::{SQLITE_EVENT, sqlite_event, sqlite_file::migrate, sqlite_head},
    event::{Head, StoredEvent, chain},
};

/// A copy of a log.
#[derive(Debug)]
pub struct LogCopy {
    path: PathBuf,
}

/// An event of a copy, as it is stored: what is personal is sealed.
#[derive(Debug)]
pub struct CopiedEvent {
    /// Its place in the log.
    pub position: u64,
    /// The type of its stream.
    pub stream: String,
    /// When it was appended.
    pub recorded_at: Timestamp,
    /// Its JSON.
    pub payload: serde_json::Value,
}

/// What reading a whole copy found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// How many events there are, from the first on; up to the first that is wrong.
    pub events: u64,
    /// The last link of the chain, in hexadecimal.
    pub chain: String,
    /// The leaf of the first event, in hexadecimal, which no other log has; empty without events.
    pub log: String,
    /// The first thing that is wrong: at which position, and what. Seals are not opened.
    pub wrong: Option<(u64, Flaw)>,
}

impl LogCopy {
    /// The copy in the file `path`; a fault if it is none, or one of a later version.
    pub fn open(path: &Path) -> Result<Self, CopyFault> {
        let db = open(path).map_err(CopyFault::reading)?;
        check_version(&db, &LOG)?;
        Ok(Self { path: path.to_owned() })
    }

    /// Recomputes the whole copy, and shows each event.
    pub fn scan(&self, mut each: impl FnMut(CopiedEvent)) -> Result<Scan, CopyFault> {
        let db = open(&self.path).map_err(CopyFault::reading)?;
        let mut walk = Walk { at: Head::start(), log: String::new() };
        let mut wrong = None;
        visit(&db, "", &[], |event| {
            let step = walk.take(&event).and_then(|()| copied(event));
            match step {
                Ok(event) => each(event),
                Err(found) => wrong = Some(found),
            }
            wrong.is_none()
        })?;
        let head = sqlite_head(&db).map_err(CopyFault::reading)?;
        if wrong.is_none() && walk.at != head {
            wrong = Some((head.position, Flaw::Head));
        }
        let Walk { at, log } = walk;
        Ok(Scan { events: at.position, chain: hex::encode(at.chain), log, wrong })
    }

    /// Shows the events of one type of stream, in no particular order.
    pub fn of_type(
        &self,
        stream: &str,
        mut each: impl FnMut(CopiedEvent),
    ) -> Result<(), CopyFault> {
        let db = open(&self.path).map_err(CopyFault::reading)?;
        visit(&db, "WHERE aggregate_type = ?1", &[&stream], |event| {
            if let Ok(event) = copied(event) {
                each(event);
            }
            true
        })
    }
}

/// Shows events while `each` wants more.
fn visit(
    db: &Connection,
    which: &str,
    parameters: &[&dyn rusqlite::ToSql],
    mut each: impl FnMut(StoredEvent) -> bool,
) -> Result<(), CopyFault> {
    let mut read = || -> rusqlite::Result<()> {
        let order = if which.is_empty() { "ORDER BY position" } else { which };
        let mut statement = db.prepare(&format!("{SQLITE_EVENT} {order}"))?;
        let mut found = statement.query(parameters)?;
        while let Some(row) = found.next()? {
            if !each(sqlite_event(row)?) {
                break;
            }
        }
        Ok(())
    };
    read().map_err(CopyFault::reading)
}

fn copied(event: StoredEvent) -> Result<CopiedEvent, (u64, Flaw)> {
    let flaw = || (event.position, Flaw::Format);
    Ok(CopiedEvent {
        position: event.position,
        recorded_at: Timestamp::from_microsecond(event.recorded_at).map_err(|_| flaw())?,
        payload: serde_json::from_str(&event.payload).map_err(|_| flaw())?,
        stream: event.stream,
    })
}

/// How far the chain holds.
struct Walk {
    at: Head,
    log: String,
}

impl Walk {
    fn take(&mut self, event: &StoredEvent) -> Result<(), (u64, Flaw)> {
        let position = self.at.position + 1;
        if event.position != position {
            return Err((position, Flaw::Missing));
        }
        if event.compute_leaf() != event.leaf {
            return Err((position, Flaw::Leaf));
        }
        let link = chain(&self.at.chain, &event.leaf);
        if link != event.chain {
            return Err((position, Flaw::Chain));
        }
        if position == 1 {
            self.log = hex::encode(&event.leaf);
        }
        self.at = Head { position, chain: link, recorded_at: event.recorded_at };
        Ok(())
    }
}

/// What proves under which master key the keys of a copy are wrapped.
pub(super) fn master_check(path: &Path) -> Result<Option<Vec<u8>>, CopyFault> {
    let db = open(path).map_err(CopyFault::reading)?;
    db.query_row("SELECT mac FROM master_check", [], |row| row.get(0))
        .optional()
        .map_err(CopyFault::reading)
}

/// A copy to put back.
#[derive(Debug)]
pub(super) struct Source {
    layout: &'static Layout,
    path: PathBuf,
    /// Removed when it was put back.
    scratch: Option<PathBuf>,
    erased: HashMap<Uuid, i64>,
}

impl Source {
    /// The copy in the file `path`. One of an earlier version is brought to the present shape in a
    /// file in the folder `scratch`.
    pub(super) fn open(
        layout: &'static Layout,
        path: &Path,
        scratch: &Path,
        erased: Vec<(PersonId, Timestamp)>,
    ) -> Result<Self, CopyFault> {
        let db = open(path).map_err(CopyFault::reading)?;
        let erased =
            erased.into_iter().map(|(person, at)| (person.uuid(), at.as_microsecond())).collect();
        if check_version(&db, layout)? {
            return Ok(Self { layout, path: path.to_owned(), scratch: None, erased });
        }
        let name = if layout.is_keys { "restored-keys.tmp" } else { "restored-log.tmp" };
        let newer = scratch.join(name);
        let source = Self { layout, path: newer.clone(), scratch: Some(newer.clone()), erased };
        std::fs::copy(path, &newer).map_err(CopyFault::file)?;
        let mut db = Connection::open(&newer).map_err(CopyFault::writing)?;
        migrate(&mut db, layout.migrations).map_err(CopyFault::writing)?;
        db.close().map_err(|(_, error)| CopyFault::writing(error))?;
        Ok(source)
    }

    /// Gives every row of every table, but nothing by which an erased person was known, and a
    /// tombstone for each of them.
    pub(super) fn each_lot(
        &self,
        mut give: impl FnMut(Lot) -> Result<(), CopyFault>,
    ) -> Result<(), CopyFault> {
        let db = open(&self.path).map_err(CopyFault::reading)?;
        for table in self.layout.tables {
            let mut statement = db.prepare(&select(table)).map_err(CopyFault::reading)?;
            let mut found = statement.query([]).map_err(CopyFault::reading)?;
            let mut rows = Vec::with_capacity(LOT);
            while let Some(row) = found.next().map_err(CopyFault::reading)? {
                let row = values(table, row).map_err(CopyFault::reading)?;
                if !self.is_of_an_erased(table, &row) {
                    rows.push(row);
                }
                if rows.len() == LOT {
                    give(Lot { table, rows: std::mem::take(&mut rows) })?;
                }
            }
            if table.name == TOMBSTONES {
                rows.extend(self.erased.iter().map(|(person, at)| {
                    vec![Value::Blob(person.as_bytes().to_vec()), Value::Integer(*at)]
                }));
            }
            if !rows.is_empty() {
                give(Lot { table, rows })?;
            }
        }
        Ok(())
    }

    fn is_of_an_erased(&self, table: &Table, row: &Row) -> bool {
        let person = table.columns.iter().position(|(name, _)| *name == "person");
        let person = person.and_then(|at| row.get(at)).and_then(rows::id);
        self.layout.is_keys && person.is_some_and(|person| self.erased.contains_key(&person))
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        if let Some(scratch) = &self.scratch {
            // It may never have been made.
            std::fs::remove_file(scratch).ok();
        }
    }
}

fn select(table: &Table) -> String {
    format!("SELECT {} FROM {} ORDER BY {}", table.names(), table.name, table.order)
}

fn values(table: &Table, row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    (0..table.columns.len()).map(|at| row.get(at)).collect()
}

/// Opens a copy, which nobody writes to: nothing is made beside it.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    let escaped =
        path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

/// Whether the copy has the present shape; if not, it has an earlier one.
fn check_version(db: &Connection, layout: &Layout) -> Result<bool, CopyFault> {
    let version: usize = db
        .query_row("SELECT coalesce(max(version), 0) FROM journal_migrations", [], |row| row.get(0))
        .map_err(CopyFault::reading)?;
    match version.cmp(&layout.migrations.len()) {
        std::cmp::Ordering::Less => Ok(false),
        std::cmp::Ordering::Equal => Ok(true),
        std::cmp::Ordering::Greater => Err(CopyFault::Later),
    }
}
