//! `scans`: each stack of scans, its pages, and what became of the conventions in it. Read by
//! the pages of deposits, by whoever shows a page « à classer », and by who sorts stacks.

mod row;

use domain::{
    conventions::scan_batch::{PagePlace, ScanEvent},
    facts::Fact,
    kernel::{
        document::StoredDocument,
        envelope::{Actor, Recorded},
        ids::{AccountId, PersonId, ScanBatchId},
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::Side,
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{
    Cells, Columns as _, Page, Projection, Table, ToValue as _, Value, Window, Writes,
    clauses::{Clauses, List},
    key, row,
};

pub use row::{PageStanding, PagesOutcome, Scan, ScanPage, ScanStanding};

const SCANS: Table = Table {
    name: "scans",
    key: &["batch"],
    ddl: "CREATE TABLE scans (
        batch TEXT PRIMARY KEY,
        platform TEXT,
        school TEXT NOT NULL,
        side TEXT NOT NULL,
        account TEXT,
        person TEXT NOT NULL,
        blob TEXT NOT NULL,
        length INTEGER NOT NULL,
        digest TEXT,
        name TEXT,
        state TEXT NOT NULL,
        received_at INTEGER NOT NULL,
        settled_at INTEGER,
        pages INTEGER,
        flaw TEXT,
        flaw_page INTEGER,
        erased INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX scans_by_school ON scans (school, side, received_at);
    CREATE INDEX scans_by_state ON scans (erased, state, received_at);
    CREATE INDEX scans_by_person ON scans (person);",
};

const SCAN_PAGES: Table = Table {
    name: "scan_pages",
    key: &["batch", "page"],
    ddl: "CREATE TABLE scan_pages (
        batch TEXT NOT NULL,
        page INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT,
        convention TEXT,
        number INTEGER,
        total INTEGER,
        guesses TEXT,
        ink TEXT,
        blob TEXT,
        length INTEGER,
        digest TEXT,
        person TEXT,
        PRIMARY KEY (batch, page)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX scan_pages_by_convention ON scan_pages (convention);
    CREATE INDEX scan_pages_by_person ON scan_pages (person);",
};

const SCAN_DEPOSITS: Table = Table {
    name: "scan_deposits",
    key: &["batch", "convention"],
    ddl: "CREATE TABLE scan_deposits (
        batch TEXT NOT NULL,
        convention TEXT NOT NULL,
        pages TEXT NOT NULL,
        cause TEXT,
        at INTEGER NOT NULL,
        PRIMARY KEY (batch, convention)
    ) STRICT, WITHOUT ROWID;",
};

/// The read model.
pub struct Scans;

impl Projection for Scans {
    const NAME: &'static str = "scans";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["scan_batch", "erasure"];
    const TABLES: &'static [&'static Table] = &[&SCANS, &SCAN_PAGES, &SCAN_DEPOSITS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::ScanBatch(what) => happened(event, what, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => forget(*person, out),
            Fact::School(_)
            | Fact::Account(_)
            | Fact::SchoolSpace(_)
            | Fact::Platform(_)
            | Fact::Slot(_)
            | Fact::Signing(_)
            | Fact::Convention(_)
            | Fact::Letter(_) => {}
        }
    }
}

fn forget(person: PersonId, out: &mut Writes) {
    let gone = row! { digest: None::<String>, name: None::<String>, erased: true };
    out.set_where(&SCANS, row! { person: person }, gone);
    out.set_where(&SCAN_PAGES, row! { person: person }, row! { digest: None::<String> });
}

fn happened(event: &Recorded<Fact>, what: &ScanEvent, out: &mut Writes) {
    use ScanEvent as E;
    let at = event.recorded_at;
    match what {
        E::ScanReceived { batch, .. } => {
            let cells = received(what, account(&event.context.actor));
            out.put(&SCANS, key![batch], cells.into_iter().chain(row! { received_at: at }));
        }
        E::PageRecognised { batch, page, .. } | E::PageUnclassified { batch, page, .. } => {
            out.put(&SCAN_PAGES, key![batch, *page], read(what));
        }
        E::ScanSorted { batch, counts } => {
            let state = Value::name(ScanStanding::Sorted);
            let cells = row! { state: state, settled_at: at, pages: counts.pages };
            out.set(&SCANS, key![batch], cells);
        }
        E::ScanRefused { batch, flaw, page } => {
            let state = Value::name(ScanStanding::Refused);
            let (flaw, page) = (Value::name(flaw), page.map(i64::from));
            let cells = row! { state: state, settled_at: at, flaw: flaw, flaw_page: page };
            out.set(&SCANS, key![batch], cells);
        }
        E::PageAssigned { batch, page, place } => {
            let cells = stands(PageStanding::Assigned, Some(*place));
            out.set(&SCAN_PAGES, key![batch, *page], cells);
        }
        E::PageDiscarded { batch, page } => {
            let cells = stands(PageStanding::Discarded, None);
            out.set(&SCAN_PAGES, key![batch, *page], cells);
        }
        E::IncompleteAccepted { .. } => {}
        E::PagesDeposited { batch, convention, pages } => {
            let cells = row! { pages: row::list(pages), cause: None::<String>, at: at };
            out.put(&SCAN_DEPOSITS, key![batch, convention], cells);
        }
        E::PagesRefused { batch, convention, pages, cause } => {
            let cells = row! { pages: row::list(pages), cause: Value::name(cause), at: at };
            out.put(&SCAN_DEPOSITS, key![batch, convention], cells);
        }
    }
}

fn account(actor: &Actor) -> Option<AccountId> {
    match actor {
        Actor::Account { account, .. } => Some(*account),
        Actor::Visitor
        | Actor::Link { .. }
        | Actor::Policy { .. }
        | Actor::Import
        | Actor::Operator => None,
    }
}

fn received(what: &ScanEvent, account: Option<AccountId>) -> Cells {
    let ScanEvent::ScanReceived { platform, sender, side, document, name, .. } = what else {
        return Cells::new();
    };
    let mut cells = file(Some(document));
    cells.extend(row! {
        platform: platform.as_ref(),
        school: sender,
        side: Value::name(side),
        account: account,
        name: name.as_ref().and_then(|name| name.known()),
        state: Value::name(ScanStanding::Received),
    });
    cells
}

fn read(what: &ScanEvent) -> Cells {
    match what {
        ScanEvent::PageRecognised { place, ink, .. } => {
            let mut cells = stands(PageStanding::Recognised, Some(*place));
            cells.extend(row! { ink: ink.map(|ink| serde_json::json!(ink).to_string()) });
            cells
        }
        ScanEvent::PageUnclassified { reason, place, guesses, picture, .. } => {
            let mut cells = stands(PageStanding::Unclassified, *place);
            cells.extend(file(picture.as_ref()));
            cells.extend(row! {
                reason: Value::name(reason),
                guesses: serde_json::json!(guesses).to_string(),
            });
            cells
        }
        ScanEvent::ScanReceived { .. }
        | ScanEvent::ScanSorted { .. }
        | ScanEvent::ScanRefused { .. }
        | ScanEvent::PageAssigned { .. }
        | ScanEvent::PageDiscarded { .. }
        | ScanEvent::IncompleteAccepted { .. }
        | ScanEvent::PagesDeposited { .. }
        | ScanEvent::PagesRefused { .. } => Cells::new(),
    }
}

fn stands(state: PageStanding, place: Option<PagePlace>) -> Cells {
    Cells::from(row! {
        state: Value::name(state),
        convention: place.map(|it| it.convention),
        number: place.map(|it| it.number),
        total: place.map(|it| it.of),
    })
}

/// A file, sealed with the stack’s key.
fn file(document: Option<&StoredDocument>) -> Cells {
    Cells::from(row! {
        blob: document.map(|it| &it.blob),
        length: document.map(|it| it.length),
        digest: document.and_then(|it| it.digest.known()),
        person: document.map(|it| it.digest.person()),
    })
}

/// The stack `id`.
pub fn by_id(db: &Connection, id: ScanBatchId) -> rusqlite::Result<Option<Scan>> {
    db.prepare_cached("SELECT * FROM scans WHERE batch = ?1")?
        .query_row([id.uuid().to_string()], Scan::read)
        .optional()
}

/// Its pages, in the order of the file.
pub fn pages(db: &Connection, id: ScanBatchId) -> rusqlite::Result<Vec<ScanPage>> {
    db.prepare_cached("SELECT * FROM scan_pages WHERE batch = ?1 ORDER BY page")?
        .query_map([id.uuid().to_string()], ScanPage::read)?
        .collect()
}

/// What became of its conventions.
pub fn outcomes(db: &Connection, id: ScanBatchId) -> rusqlite::Result<Vec<PagesOutcome>> {
    db.prepare_cached("SELECT * FROM scan_deposits WHERE batch = ?1 ORDER BY convention")?
        .query_map([id.uuid().to_string()], PagesOutcome::read)?
        .collect()
}

/// The stacks that `school` sent on one side, the latest first; on `platform` only, if it is
/// said.
pub fn of_school(
    db: &Connection,
    school: &Uai,
    side: Side,
    platform: Option<&Slug>,
    window: Window,
) -> rusqlite::Result<Page<Scan>> {
    let mut clauses = Clauses::default();
    clauses.with("school = ?", school);
    clauses.with("side = ?", &Value::name(side));
    clauses.maybe("platform = ?", platform);
    let list = List { columns: "*", from: "scans", order: "received_at DESC, batch" };
    clauses.page(db, &list, window, Scan::read)
}

/// The stacks that wait to be read, the first come first.
pub fn to_read(db: &Connection) -> rusqlite::Result<Vec<ScanBatchId>> {
    ids(db, "state = 'Received'")
}

/// The stacks that were sorted and are still kept.
pub fn sorted(db: &Connection) -> rusqlite::Result<Vec<ScanBatchId>> {
    ids(db, "state = 'Sorted'")
}

fn ids(db: &Connection, condition: &str) -> rusqlite::Result<Vec<ScanBatchId>> {
    db.prepare_cached(&format!(
        "SELECT batch FROM scans WHERE erased = 0 AND {condition} ORDER BY received_at, batch"
    ))?
    .query_map([], batch)?
    .collect()
}

fn batch(row: &Row<'_>) -> rusqlite::Result<ScanBatchId> {
    row.parsed("batch")
}

/// The stacks received before `instant` and still kept.
pub fn kept_since(db: &Connection, instant: Timestamp) -> rusqlite::Result<Vec<ScanBatchId>> {
    db.prepare_cached(
        "SELECT batch FROM scans WHERE erased = 0 AND received_at < ?1 ORDER BY received_at",
    )?
    .query_map([instant.to_value()], batch)?
    .collect()
}

/// The stacks still kept that show `person`, or may: a page is attached to one of their
/// conventions; or not all pages are known, and the sender is a school of theirs, or a page is
/// nobody’s whom the sender may know.
pub fn showing(db: &Connection, person: PersonId) -> rusqlite::Result<Vec<ScanBatchId>> {
    db.prepare_cached(
        "SELECT batch FROM scans WHERE erased = 0 AND (
             batch IN (
                 SELECT scan_pages.batch FROM conventions JOIN scan_pages USING (convention)
                 WHERE conventions.person = ?1
             )
             OR EXISTS (SELECT 1 FROM conventions WHERE person = ?1) AND (
                 batch IN (
                     SELECT batch FROM scan_pages
                     WHERE reason IN ('NotTheirs', 'OtherPlatform', 'Unknown', 'Forged')
                 )
                 OR (
                     school IN (
                         SELECT origin FROM conventions WHERE person = ?1
                         UNION SELECT host FROM conventions WHERE person = ?1
                     )
                     AND (
                         state <> 'Sorted'
                         OR batch IN (
                             SELECT batch FROM scan_pages
                             WHERE state IN ('Unclassified', 'Discarded') AND reason <> 'Blank'
                         )
                     )
                 )
             )
         ) ORDER BY batch",
    )?
    .query_map([person.uuid().to_string()], batch)?
    .collect()
}

#[cfg(test)]
mod tests;
