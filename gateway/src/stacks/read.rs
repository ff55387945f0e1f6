//! Reads the pages of a stack, and says where each belongs.

use std::collections::BTreeMap;

use documents::codes::{self, BadCode};
use domain::{
    conventions::scan_batch::{
        Awaited, InkedBoxes, KnownConvention, PageFound, PageReading, PrintedPlace, ReadCode,
        Received, ScanCommand, ScanFlaw, SortedPage, Unclassified, sort,
    },
    kernel::{document::StoredDocument, ids::ScanBatchId},
};
use projections::conventions::register::{self, Convention, Standing};
use scans::{BadScan, BoxesInk, Limits};
use schema::ports::ScanProgress;
use tokio::sync::oneshot;

use super::{accept::MOST_PAGES, print::printed};
use crate::{
    app::App,
    reactions::ReactionFault,
    store::{Document, StoreFault},
};

/// What a stack may be. Larger ones are refused before a page is drawn.
pub(super) const LIMITS: Limits =
    Limits { bytes: 100_000_000, pages: MOST_PAGES, pixels: 70_000_000 };

/// What comes of reading a stack; none when it was erased meanwhile.
pub(super) async fn read(app: &App, of: &Received) -> Result<Option<ScanCommand>, ReactionFault> {
    let bytes = match app.store.get(&of.document).await? {
        Document::Clear(bytes) => bytes,
        Document::Erased => return Ok(None),
    };
    let pages = match pages_of(app, of.batch, bytes).await? {
        Ok(pages) => pages,
        Err(bad) => {
            tracing::info!(scan.id = %of.batch, %bad, "a stack could not be read");
            let (flaw, page) = flaw(bad);
            return Ok(Some(ScanCommand::RefuseScan { flaw, page }));
        }
    };
    let readings = readings(app, &pages, printed(&pages).await);
    let known = known(app, &readings).await?;
    let sorted = sort(&readings, &known, &of.sender);
    let mut found = Vec::with_capacity(pages.len());
    for (page, sorted) in pages.iter().zip(sorted) {
        found.push(match sorted {
            SortedPage::Attached(place) => {
                PageFound::Recognised { place, ink: page.ink.map(inked) }
            }
            SortedPage::Unclassified { reason, place, guesses } => {
                let shown = reason != Unclassified::Blank;
                let picture = match picture(app, of.batch, &page.picture, shown).await {
                    Err(StoreFault::Erased(_)) => return Ok(None),
                    picture => picture?,
                };
                PageFound::Unclassified { reason, place, guesses, picture }
            }
        });
    }
    Ok(Some(ScanCommand::RecordReading { pages: found }))
}

/// The pages as the child process reads them, which is told as it goes on.
async fn pages_of(
    app: &App,
    batch: ScanBatchId,
    bytes: Vec<u8>,
) -> Result<Result<Vec<scans::PageReading>, BadScan>, ReactionFault> {
    let (reader, progress) = (app.reader.clone(), app.scans.clone());
    let reading = apart(move || {
        let told = |read, pages| ScanProgress { batch, read: small(read), pages };
        progress.send_replace(Some(told(0, None)));
        let read = reader.read(&bytes, &LIMITS, |now| {
            progress.send_replace(Some(told(now.read, Some(small(now.pages)))));
        });
        progress.send_replace(None);
        read
    });
    let read = reading.await.ok_or(ReactionFault::Missing { what: "the reading thread" })?;
    Ok(read?.map(|reading| reading.pages))
}

/// Does long work on a thread that nobody waits for when the service stops: the child that it
/// talks to ends with it.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (done, result) = oneshot::channel();
    std::thread::spawn(move || drop(done.send(work())));
    result.await.ok()
}

fn small(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}

/// The codes of each page, authenticated, beside what it says in print.
fn readings(
    app: &App,
    pages: &[scans::PageReading],
    printed: Vec<Option<codes::PrintedPlace>>,
) -> Vec<PageReading> {
    let key = app.journal.keyring().mac("page codes", &[]);
    let code = |text: &String| match codes::decode(text, &key) {
        Ok(code) => Some(ReadCode::Authentic {
            reference: code.reference,
            number: code.page.into(),
            of: code.pages.into(),
            print: code.print,
        }),
        Err(BadCode::Forged) => Some(ReadCode::Forged),
        Err(BadCode::NotOurs) => None,
    };
    let print = |it: codes::PrintedPlace| PrintedPlace {
        reference: it.reference,
        number: it.page.map(u16::from),
    };
    let reading = |(page, printed): (&scans::PageReading, Option<_>)| PageReading {
        codes: page.found.iter().filter_map(code).collect(),
        printed: printed.map(print),
        blank: page.blank,
    };
    pages.iter().zip(printed).map(reading).collect()
}

/// What the log knows of the conventions named.
async fn known(
    app: &App,
    readings: &[PageReading],
) -> Result<BTreeMap<String, KnownConvention>, ReactionFault> {
    let codes = readings.iter().flat_map(|reading| &reading.codes);
    let in_codes = codes.filter_map(|code| match code {
        ReadCode::Authentic { reference, .. } => Some(reference),
        ReadCode::Forged => None,
    });
    let in_print = readings.iter().filter_map(|reading| Some(&reading.printed.as_ref()?.reference));
    let mut references: Vec<String> = in_codes.chain(in_print).cloned().collect();
    references.sort_unstable();
    references.dedup();
    let found = app.read.query(move |db| {
        let mut known = BTreeMap::new();
        for reference in references {
            if let Some(row) = register::by_reference(db, &reference)? {
                known.insert(reference, known_as(row));
            }
        }
        Ok(known)
    });
    Ok(found.await?)
}

fn known_as(row: Convention) -> KnownConvention {
    KnownConvention {
        convention: row.id,
        pages: row.original_pages,
        print: row.print,
        platform: row.parties.platform,
        origin: row.parties.origin,
        host: row.parties.host,
        awaited: match row.state {
            Standing::Generated | Standing::Deposited | Standing::Reopened => Awaited::Yes,
            Standing::Validated => Awaited::Validated,
            Standing::Lapsed => Awaited::Lapsed,
        },
    }
}

async fn picture(
    app: &App,
    batch: ScanBatchId,
    picture: &[u8],
    shown: bool,
) -> Result<Option<StoredDocument>, StoreFault> {
    if !shown || picture.is_empty() {
        return Ok(None);
    }
    app.store.put(batch.key(), picture).await.map(Some)
}

fn inked(ink: BoxesInk) -> InkedBoxes {
    let BoxesInk { origin, guardian, pupil, host } = ink;
    InkedBoxes { origin, guardian, pupil, host }
}

/// Why the stack is refused, and at which page, counted from 1.
fn flaw(bad: BadScan) -> (ScanFlaw, Option<u16>) {
    let flaw = match bad {
        BadScan::UnknownFormat => ScanFlaw::UnknownFormat,
        BadScan::Heic => ScanFlaw::Heic,
        BadScan::TooLarge { .. } | BadScan::TooManyPixels { .. } => ScanFlaw::TooLarge,
        BadScan::Encrypted => ScanFlaw::Encrypted,
        BadScan::Damaged => ScanFlaw::Damaged,
        BadScan::NoPage => ScanFlaw::NoPage,
        BadScan::TooManyPages { .. } => ScanFlaw::TooManyPages,
        BadScan::RareForm => ScanFlaw::RareForm,
        BadScan::Unreadable { page } => {
            return (ScanFlaw::Unreadable, page.map(|page| small(page.saturating_add(1))));
        }
    };
    (flaw, None)
}
