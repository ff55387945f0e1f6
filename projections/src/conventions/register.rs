//! `conventions`: where each convention stands and which files it has. Read by the three
//! tabs, by the page of a booking, by whoever serves a file or looks for whose deposit one is.

mod row;

use domain::{
    conventions::convention::{ConventionEvent, Parties},
    facts::Fact,
    kernel::{
        document::StoredDocument,
        envelope::Recorded,
        ids::{BookingId, ConventionId},
        uai::Uai,
    },
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Cells, Columns as _, Projection, Table, Value, Writes, key, row};

pub use row::{Convention, Deposit, Standing};

const CONVENTIONS: Table = Table {
    name: "conventions",
    key: &["convention"],
    ddl: "CREATE TABLE conventions (
        convention TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        slot TEXT NOT NULL,
        booking TEXT NOT NULL,
        host TEXT NOT NULL,
        origin TEXT NOT NULL,
        person TEXT NOT NULL,
        reference TEXT NOT NULL,
        template TEXT NOT NULL,
        generated_at INTEGER NOT NULL,
        original_blob TEXT NOT NULL,
        original_length INTEGER NOT NULL,
        original_digest TEXT,
        original_pages INTEGER NOT NULL,
        state TEXT NOT NULL,
        tab TEXT,
        non_conforming INTEGER NOT NULL DEFAULT 0,
        reason TEXT,
        deposit_blob TEXT,
        deposit_length INTEGER,
        deposit_digest TEXT,
        deposit_pages INTEGER,
        deposit_side TEXT,
        recognised TEXT,
        deposited_at INTEGER,
        validated_at INTEGER,
        reminded_at INTEGER,
        lapse TEXT,
        changed_at INTEGER NOT NULL,
        deposits INTEGER NOT NULL DEFAULT 0,
        invalidations INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX conventions_by_host ON conventions (host, platform, tab, non_conforming);
    CREATE INDEX conventions_by_origin ON conventions (origin, platform, tab, non_conforming);
    CREATE INDEX conventions_by_platform ON conventions (platform, tab, non_conforming);
    CREATE INDEX conventions_by_booking ON conventions (booking);
    CREATE INDEX conventions_by_reference ON conventions (reference);
    CREATE INDEX conventions_by_person ON conventions (person);",
};

/// The read model.
pub struct Conventions;

impl Projection for Conventions {
    const NAME: &'static str = "conventions";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["convention", "erasure"];
    const TABLES: &'static [&'static Table] = &[&CONVENTIONS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Convention(what) => happened(event, what, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => out.set_where(
                &CONVENTIONS,
                row! { person: person },
                row! {
                    original_digest: None::<String>,
                    deposit_digest: None::<String>,
                    reason: None::<String>,
                },
            ),
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
    let at = event.recorded_at;
    match what {
        E::ConventionGenerated { convention, .. } => {
            let cells = generated(what).into_iter().chain(stands(Standing::Generated, at));
            out.put(&CONVENTIONS, key![convention], cells.chain(row! { generated_at: at }));
        }
        E::ConventionDeposited { convention, .. } => {
            let cells = deposited(what, at);
            becomes(out, convention, Standing::Deposited, at, cells);
            out.add(&CONVENTIONS, key![convention], "deposits", 1);
        }
        E::ConventionValidated { convention } => {
            let cells = row! { validated_at: at, non_conforming: false, reason: None::<String> };
            becomes(out, convention, Standing::Validated, at, cells.into());
        }
        E::ConventionInvalidated { convention, reason, was_validated } => {
            let state = if *was_validated { Standing::Reopened } else { Standing::Deposited };
            let cells = row! {
                reason: reason, non_conforming: !*was_validated, validated_at: None::<i64>,
            };
            becomes(out, convention, state, at, cells.into());
            out.add(&CONVENTIONS, key![convention], "invalidations", 1);
        }
        E::ConventionRegenerated { convention } => {
            let mut cells = file(None);
            cells.extend(row! {
                deposit_pages: None::<i64>, deposit_side: None::<String>,
                recognised: None::<String>, deposited_at: None::<i64>,
                validated_at: None::<i64>, non_conforming: false, reason: None::<String>,
            });
            becomes(out, convention, Standing::Generated, at, cells);
        }
        E::ConventionLapsed { convention, cause } => {
            let cells = row! { lapse: Value::name(cause) };
            becomes(out, convention, Standing::Lapsed, at, cells.into());
        }
        E::ReminderSent { convention } => {
            out.set(&CONVENTIONS, key![convention], row! { reminded_at: at });
        }
    }
}

fn becomes(out: &mut Writes, which: &ConventionId, state: Standing, at: Timestamp, cells: Cells) {
    let cells = cells.into_iter().chain(stands(state, at));
    out.set(&CONVENTIONS, key![which], cells);
}

fn stands(state: Standing, at: Timestamp) -> [(&'static str, Value); 3] {
    row! { state: Value::name(state), tab: state.tab().map(Value::name), changed_at: at }
}

fn generated(what: &ConventionEvent) -> Cells {
    let ConventionEvent::ConventionGenerated {
        parties, reference, original, pages, template, ..
    } = what
    else {
        return Cells::new();
    };
    let mut cells = bound(parties);
    cells.extend(row! {
        reference: reference,
        template: template,
        original_blob: &original.blob,
        original_length: original.length,
        original_digest: &original.digest,
        original_pages: *pages,
    });
    cells
}

fn deposited(what: &ConventionEvent, at: Timestamp) -> Cells {
    let ConventionEvent::ConventionDeposited { document, pages, side, recognised, .. } = what
    else {
        return Cells::new();
    };
    let mut cells = file(Some(document));
    cells.extend(row! {
        deposit_pages: *pages,
        deposit_side: Value::name(side),
        recognised: Value::name(recognised),
        deposited_at: at,
        non_conforming: false,
        reason: None::<String>,
    });
    cells
}

fn bound(parties: &Parties) -> Cells {
    Cells::from(row! {
        platform: &parties.platform,
        slot: parties.slot,
        booking: parties.booking,
        host: &parties.host,
        origin: &parties.origin,
        person: parties.pupil,
    })
}

/// The file of a deposit. Like the original it is sealed with the pupil's key.
fn file(document: Option<&StoredDocument>) -> Cells {
    Cells::from(row! {
        deposit_blob: document.map(|it| &it.blob),
        deposit_length: document.map(|it| it.length),
        deposit_digest: document.and_then(|it| it.digest.known()),
    })
}

/// The convention `id`.
pub fn by_id(db: &Connection, id: ConventionId) -> rusqlite::Result<Option<Convention>> {
    db.prepare_cached("SELECT * FROM conventions WHERE convention = ?1")?
        .query_row([id.uuid().to_string()], Convention::read)
        .optional()
}

/// Those of `ids` that there are, in no order.
pub fn by_ids(db: &Connection, ids: &[ConventionId]) -> rusqlite::Result<Vec<Convention>> {
    let ids = serde_json::json!(ids).to_string();
    db.prepare_cached(
        "SELECT * FROM conventions WHERE convention IN (SELECT value FROM json_each(?1))",
    )?
    .query_map([ids], Convention::read)?
    .collect()
}

/// The convention of `booking`, once it is made.
pub fn of_booking(db: &Connection, booking: BookingId) -> rusqlite::Result<Option<Convention>> {
    by_id(db, ConventionId::of(booking))
}

/// The convention on which `reference` is printed.
pub fn by_reference(db: &Connection, reference: &str) -> rusqlite::Result<Option<Convention>> {
    db.prepare_cached("SELECT * FROM conventions WHERE reference = ?1 ORDER BY convention LIMIT 1")?
        .query_row([reference], Convention::read)
        .optional()
}

/// A convention that an unnamed deposit may be of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub convention: ConventionId,
    /// Its original: the deposit is of this one if it begins with these bytes.
    pub original: StoredDocument,
}

impl Candidate {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { convention: row.parsed("convention")?, original: row::original(row)? })
    }
}

/// The conventions of pupils of `origin` for which a deposit may come, on all platforms.
pub fn candidates_of_origin(db: &Connection, origin: &Uai) -> rusqlite::Result<Vec<Candidate>> {
    candidates(db, "origin", origin)
}

/// The conventions of placements at `host` for which a deposit may come, on all platforms.
pub fn candidates_of_host(db: &Connection, host: &Uai) -> rusqlite::Result<Vec<Candidate>> {
    candidates(db, "host", host)
}

fn candidates(db: &Connection, side: &str, school: &Uai) -> rusqlite::Result<Vec<Candidate>> {
    db.prepare_cached(&format!(
        "SELECT * FROM conventions
         WHERE {side} = ?1 AND tab IN ('NotReturned', 'AwaitingValidation')
         ORDER BY generated_at DESC, convention"
    ))?
    .query_map([school.as_str()], Candidate::read)?
    .collect()
}

#[cfg(test)]
mod tests;
