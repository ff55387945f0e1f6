//! `deposits`: everything that was ever deposited of a convention, in order. Read by its
//! history: what was set aside stays. With what their electronic signatures said.

mod signatures;

use domain::{
    conventions::convention::{ConventionEvent, Recognition},
    facts::Fact,
    kernel::{document::StoredDocument, envelope::Recorded, ids::ConventionId, personal::Personal},
    ministages::slot::Side,
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};
use signatures::SIGNATURES;

pub use signatures::check;

const DEPOSITS: Table = Table {
    name: "deposits",
    key: &["convention", "sequence"],
    ddl: "CREATE TABLE deposits (
        convention TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        at INTEGER NOT NULL,
        side TEXT NOT NULL,
        recognised TEXT NOT NULL,
        blob TEXT NOT NULL,
        length INTEGER NOT NULL,
        digest TEXT,
        person TEXT NOT NULL,
        pages INTEGER NOT NULL,
        checked TEXT NOT NULL,
        original TEXT,
        PRIMARY KEY (convention, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX deposits_by_person ON deposits (person);",
};

/// The read model.
pub struct Deposits;

impl Projection for Deposits {
    const NAME: &'static str = "deposits";
    const VERSION: u32 = 2;
    const STREAMS: &'static [&'static str] = &["convention", "erasure"];
    const TABLES: &'static [&'static Table] = &[&DEPOSITS, &SIGNATURES];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Convention(what) => happened(event, what, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let erased = row! { digest: None::<String> };
                out.set_where(&DEPOSITS, row! { person: person }, erased);
                signatures::forget(out, person);
            }
            Fact::School(_)
            | Fact::Account(_)
            | Fact::SchoolSpace(_)
            | Fact::Platform(_)
            | Fact::Slot(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_) => {}
        }
    }
}

fn happened(event: &Recorded<Fact>, what: &ConventionEvent, out: &mut Writes) {
    use ConventionEvent as E;
    match what {
        E::ConventionDeposited { convention, document, pages, side, recognised, signatures } => {
            let cells = row! {
                at: event.recorded_at,
                side: Value::name(side),
                recognised: Value::name(recognised),
                blob: &document.blob,
                length: document.length,
                digest: &document.digest,
                person: document.digest.person(),
                pages: *pages,
            };
            let cells = cells.into_iter().chain(signatures::outcome(signatures));
            out.put(&DEPOSITS, key![convention, event.sequence], cells);
            let person = document.digest.person();
            signatures::put(out, (convention, event.sequence), person, signatures);
        }
        E::ConventionGenerated { .. }
        | E::ConventionAmended { .. }
        | E::ConventionValidated { .. }
        | E::ConventionInvalidated { .. }
        | E::ConventionRegenerated { .. }
        | E::ConventionLapsed { .. }
        | E::ReminderSent { .. } => {}
    }
}

/// Something that was deposited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDeposit {
    /// Of which convention.
    pub convention: ConventionId,
    /// Which of its events said so.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub side: Side,
    /// How it found its convention.
    pub recognised: Recognition,
    /// The file.
    pub document: StoredDocument,
    /// Its number of pages.
    pub pages: u16,
}

impl PastDeposit {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let person = row.parsed("person")?;
        let digest: Option<String> = row.get("digest")?;
        Ok(Self {
            convention: row.parsed("convention")?,
            sequence: row.get("sequence")?,
            at: row.instant("at")?,
            side: row.parsed("side")?,
            recognised: row.parsed("recognised")?,
            document: StoredDocument {
                blob: row.get("blob")?,
                length: row.get("length")?,
                digest: match digest {
                    Some(digest) => Personal::new(person, digest),
                    None => Personal::erased(person),
                },
            },
            pages: row.get("pages")?,
        })
    }
}

/// All that was ever deposited of `convention`, the first first.
pub fn of_convention(
    db: &Connection,
    convention: ConventionId,
) -> rusqlite::Result<Vec<PastDeposit>> {
    db.prepare_cached("SELECT * FROM deposits WHERE convention = ?1 ORDER BY sequence")?
        .query_map([convention.uuid().to_string()], PastDeposit::read)?
        .collect()
}

/// The deposit that event `sequence` of `convention` said.
pub fn one(
    db: &Connection,
    convention: ConventionId,
    sequence: u64,
) -> rusqlite::Result<Option<PastDeposit>> {
    db.prepare_cached("SELECT * FROM deposits WHERE convention = ?1 AND sequence = ?2")?
        .query_row((convention.uuid().to_string(), sequence), PastDeposit::read)
        .optional()
}

#[cfg(test)]
mod tests;
