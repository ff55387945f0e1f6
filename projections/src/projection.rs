//! What a read model is: its tables, and a pure function from an event to row operations.
//!
//! How to add one:
//!
//! 1. Write `src/<context>/<read_model>.rs`, top to bottom: module doc that says which screen
//!    reads it; one `const …: Table` per table; `pub struct Name;` with `impl Projection`;
//!    the row struct; query functions `fn(&Connection, …) -> rusqlite::Result<…>`; tests.
//! 2. Add one line to [`catalogue::ALL`](crate::catalogue::ALL).
//! 3. DDL: `CREATE TABLE … STRICT` (with `WITHOUT ROWID` unless rows are large), the key as
//!    its `PRIMARY KEY`, indices named `<table>_by_<what>`; no other uniqueness, no foreign
//!    key, no trigger, no view, no generated id. Several statements may stand in one `ddl`.
//! 4. `apply` matches its streams exhaustively (no `_ =>`). It cannot read what is in the
//!    tables: what a later event needs is either in that event, or reached by
//!    [`Writes::set_where`], or joined by the query. Time is `event.recorded_at`.
//! 5. A column with a personal value stands beside a column with its person's id, and
//!    `SubjectErased` sets it to null. An erased [`Personal`](domain::kernel::personal::Personal)
//!    value is written as null as well, so a rebuilt row equals the one that was erased while live.
//! 6. Search: a column filled with [`Value::folded`](crate::Value::folded), compared with
//!    `LIKE '%' || folded(?1) || '%'`.
//! 7. Three tests at least, with [`spec::given`](crate::spec::given): the row is built;
//!    `unchanged_by_a_rebuild`; a person is forgotten.
//! 8. A change of `apply` or of the DDL raises `VERSION`: the tables are then built anew when
//!    the new program starts.

use domain::{facts::Fact, kernel::envelope::Recorded};

use crate::writes::Writes;

/// A table of a read model.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// The columns of its primary key, in order. Never personal values: they are shown to
    /// operators.
    pub key: &'static [&'static str],
    /// The statements that create it and its indices.
    pub ddl: &'static str,
}

/// A read model.
pub trait Projection: 'static {
    /// Its name, as operators give it.
    const NAME: &'static str;
    /// Raised when [`apply`](Self::apply) or a table changes.
    const VERSION: u32;
    /// The types of the streams whose events it wants (`school`, `slot`…). It sees no others,
    /// and an event that cannot be read pauses it only when it is of one of these.
    const STREAMS: &'static [&'static str];
    /// What it fills.
    const TABLES: &'static [&'static Table];

    /// What `event` changes in the rows. Pure: no clock, no chance, no reading.
    fn apply(event: &Recorded<Fact>, out: &mut Writes);
}

/// A read model as a value, so that all can stand in one list.
#[derive(Debug, Clone, Copy)]
pub struct Definition {
    /// [`Projection::NAME`].
    pub name: &'static str,
    /// [`Projection::VERSION`].
    pub version: u32,
    /// [`Projection::STREAMS`].
    pub streams: &'static [&'static str],
    /// [`Projection::TABLES`].
    pub tables: &'static [&'static Table],
    /// [`Projection::apply`].
    pub apply: fn(&Recorded<Fact>, &mut Writes),
}

impl Definition {
    /// The read model `P`.
    pub const fn of<P: Projection>() -> Self {
        Self {
            name: P::NAME,
            version: P::VERSION,
            streams: P::STREAMS,
            tables: P::TABLES,
            apply: P::apply,
        }
    }

    /// Whether it wants the events of streams of type `stream`.
    pub fn wants(&self, stream: &str) -> bool {
        self.streams.contains(&stream)
    }

    /// SHA-256, in hexadecimal, of all that decides the shape of its tables.
    pub fn shape(&self) -> String {
        use sha2::{Digest, Sha256};
        let mut hash = Sha256::new();
        for table in self.tables {
            for text in [table.name, table.ddl] {
                hash.update((text.len() as u64).to_be_bytes());
                hash.update(text);
            }
        }
        hex::encode(hash.finalize())
    }
}
