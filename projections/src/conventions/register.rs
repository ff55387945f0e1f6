//! `conventions`: where each convention stands and which files it has. Read by the three
//! tabs, by the page of a booking, by whoever serves a file or looks for whose deposit one is.

pub(crate) mod row;

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
        print INTEGER NOT NULL DEFAULT 1,
        amended_at INTEGER,
        changes TEXT,
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

const PRINTS: Table = Table {
    name: "convention_prints",
    key: &["convention", "print"],
    ddl: "CREATE TABLE convention_prints (
        convention TEXT NOT NULL,
        print INTEGER NOT NULL,
        person TEXT NOT NULL,
        length INTEGER NOT NULL,
        digest TEXT,
        PRIMARY KEY (convention, print)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX convention_prints_by_person ON convention_prints (person);",
};

/// The read model.
pub struct Conventions;

impl Projection for Conventions {
    const NAME: &'static str = "conventions";
    const VERSION: u32 = 2;
    const STREAMS: &'static [&'static str] = &["convention", "erasure"];
    const TABLES: &'static [&'static Table] = &[&CONVENTIONS, &PRINTS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Convention(what) => happened(event, what, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let gone = row! {
                    original_digest: None::<String>,
                    deposit_digest: None::<String>,
                    reason: None::<String>,
                };
                out.set_where(&CONVENTIONS, row! { person: person }, gone);
                out.set_where(&PRINTS, row! { person: person }, row! { digest: None::<String> });
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
    let at = event.recorded_at;
    match what {
        E::ConventionGenerated { convention, original, .. } => {
            printed(out, convention, 1, original);
            let cells = generated(what).into_iter().chain(stands(Standing::Generated, at));
            out.put(&CONVENTIONS, key![convention], cells.chain(row! { generated_at: at }));
        }
        E::ConventionAmended { convention, print, original, .. } => {
            printed(out, convention, *print, original);
            let mut cells = set_aside();
            cells.extend(amended(what));
            becomes(out, convention, Standing::Generated, at, cells);
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
            becomes(out, convention, Standing::Generated, at, set_aside());
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

fn printed(out: &mut Writes, which: &ConventionId, print: u16, original: &StoredDocument) {
    let cells = row! {
        person: original.digest.person(), length: original.length, digest: &original.digest,
    };
    out.put(&PRINTS, key![which, print], cells);
}

/// Nothing came back that counts.
fn set_aside() -> Cells {
    let mut cells = file(None);
    cells.extend(row! {
        deposit_pages: None::<i64>, deposit_side: None::<String>,
        recognised: None::<String>, deposited_at: None::<i64>,
        validated_at: None::<i64>, non_conforming: false, reason: None::<String>,
    });
    cells
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

fn amended(what: &ConventionEvent) -> Cells {
    let ConventionEvent::ConventionAmended {
        print, original, pages, template, changes, at, ..
    } = what
    else {
        return Cells::new();
    };
    Cells::from(row! {
        template: template,
        original_blob: &original.blob,
        original_length: original.length,
        original_digest: &original.digest,
        original_pages: *pages,
        print: *print,
        amended_at: *at,
        changes: row::written(changes),
        reminded_at: None::<i64>,
    })
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
    /// Which print that is, from 1.
    pub print: u16,
}

impl Candidate {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            convention: row.parsed("convention")?,
            original: row::original(row)?,
            print: row.get("print")?,
        })
    }
}

/// The conventions of pupils of `origin` for which a deposit may come, on all platforms.
pub fn candidates_of_origin(db: &Connection, origin: &Uai) -> rusqlite::Result<Vec<Candidate>> {
    candidates(db, Scope::Origin, origin.as_str())
}

/// The conventions of placements at `host` for which a deposit may come, on all platforms.
pub fn candidates_of_host(db: &Connection, host: &Uai) -> rusqlite::Result<Vec<Candidate>> {
    candidates(db, Scope::Host, host.as_str())
}

fn candidates(db: &Connection, scope: Scope, of: &str) -> rusqlite::Result<Vec<Candidate>> {
    let column = scope.column();
    db.prepare_cached(&format!(
        "SELECT * FROM conventions
         WHERE {column} = ?1 AND tab IN ('NotReturned', 'AwaitingValidation')
         ORDER BY generated_at DESC, convention"
    ))?
    .query_map([of], Candidate::read)?
    .collect()
}

/// Of which conventions a deposit may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Of pupils of a school.
    Origin,
    /// Of placements at a school.
    Host,
    /// Of the one that was named.
    Named,
}

impl Scope {
    const fn column(self) -> &'static str {
        match self {
            Self::Origin => "origin",
            Self::Host => "host",
            Self::Named => "convention",
        }
    }
}

/// The prints that were replaced, of conventions for which a deposit may come: a file of one of
/// these is of no use any more. Of `of`, a school or a convention.
pub fn superseded(db: &Connection, scope: Scope, of: &str) -> rusqlite::Result<Vec<Candidate>> {
    let column = scope.column();
    db.prepare_cached(&format!(
        "SELECT convention, person, prints.print AS print, '' AS original_blob,
                prints.length AS original_length, prints.digest AS original_digest
         FROM conventions JOIN convention_prints AS prints USING (convention, person)
         WHERE {column} = ?1 AND tab IN ('NotReturned', 'AwaitingValidation')
           AND prints.print < conventions.print
         ORDER BY convention, prints.print DESC"
    ))?
    .query_map([of], Candidate::read)?
    .collect()
}

#[cfg(test)]
mod tests;
