//! Rows of `scans`, `scan_pages` and `scan_deposits`.

use domain::{
    conventions::scan_batch::{InkedBoxes, NotDeposited, PagePlace, ScanFlaw, Unclassified},
    kernel::{
        document::StoredDocument,
        ids::{AccountId, ConventionId, ScanBatchId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::Side,
};
use jiff::Timestamp;
use rusqlite::{Row, types::Type};
use serde::de::DeserializeOwned;

use crate::Columns as _;

/// Where a stack stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
pub enum ScanStanding {
    /// It waits to be read, or is being read.
    Received,
    /// Its pages are known.
    Sorted,
    /// It could not be sorted.
    Refused,
}

/// Where a page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
pub enum PageStanding {
    /// Its code attached it.
    Recognised,
    /// A person did.
    Assigned,
    /// It is attached to nothing.
    Unclassified,
    /// A person set it aside.
    Discarded,
}

/// A stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// Which.
    pub id: ScanBatchId,
    /// On which platform it was sent, if on one.
    pub platform: Option<Slug>,
    /// Who sent it.
    pub school: Uai,
    /// On which side.
    pub side: Side,
    /// By which account.
    pub account: Option<AccountId>,
    /// The file as it came.
    pub document: StoredDocument,
    /// The name it had, while that is known.
    pub name: Option<String>,
    /// Where it stands.
    pub state: ScanStanding,
    /// When it came.
    pub received_at: Timestamp,
    /// When it was sorted or refused.
    pub settled_at: Option<Timestamp>,
    /// Its number of pages, once it is sorted.
    pub pages: Option<u16>,
    /// Why it was not sorted, if it was not.
    pub flaw: Option<ScanFlaw>,
    /// At which page.
    pub flaw_page: Option<u16>,
    /// Whether its file and pictures are gone for good.
    pub erased: bool,
}

impl Scan {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.parsed("batch")?,
            platform: row.maybe_parsed("platform")?,
            school: row.parsed("school")?,
            side: row.parsed("side")?,
            account: row.maybe_parsed("account")?,
            document: StoredDocument {
                blob: row.get("blob")?,
                length: row.get("length")?,
                digest: digest(row)?,
            },
            name: row.get("name")?,
            state: row.parsed("state")?,
            received_at: row.instant("received_at")?,
            settled_at: row.maybe_instant("settled_at")?,
            pages: row.get("pages")?,
            flaw: row.maybe_parsed("flaw")?,
            flaw_page: row.get("flaw_page")?,
            erased: row.get("erased")?,
        })
    }
}

/// A page of a stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScanPage {
    /// Which page of the file, from 1.
    pub page: u16,
    /// Where it stands.
    pub state: PageStanding,
    /// Why no code attached it, if none did.
    pub reason: Option<Unclassified>,
    /// Where it belongs, or what its code says.
    pub place: Option<PagePlace>,
    /// Where it may belong.
    pub guesses: Vec<PagePlace>,
    /// Which boxes seem signed.
    pub ink: Option<InkedBoxes>,
    /// What it looks like.
    pub picture: Option<StoredDocument>,
}

impl ScanPage {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let convention = row.maybe_parsed::<ConventionId>("convention")?;
        let (number, of): (Option<u16>, Option<u16>) = (row.get("number")?, row.get("total")?);
        let place = convention.zip(number).zip(of);
        let blob: Option<String> = row.get("blob")?;
        let picture = match blob {
            Some(blob) => {
                Some(StoredDocument { blob, length: row.get("length")?, digest: digest(row)? })
            }
            None => None,
        };
        Ok(Self {
            page: row.get("page")?,
            state: row.parsed("state")?,
            reason: row.maybe_parsed("reason")?,
            place: place.map(|((convention, number), of)| PagePlace { convention, number, of }),
            guesses: json(row, "guesses")?.unwrap_or_default(),
            ink: json(row, "ink")?,
            picture,
        })
    }

    /// The place that it fills: what its code says fills none while it is not attached.
    pub fn attached(&self) -> Option<PagePlace> {
        match self.state {
            PageStanding::Recognised | PageStanding::Assigned => self.place,
            PageStanding::Unclassified | PageStanding::Discarded => None,
        }
    }
}

/// What became of the pages of a convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagesOutcome {
    /// Which convention.
    pub convention: ConventionId,
    /// Which pages of the file.
    pub pages: Vec<u16>,
    /// Why they were not deposited, if they were not.
    pub refused: Option<NotDeposited>,
    /// When.
    pub at: Timestamp,
}

impl PagesOutcome {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            convention: row.parsed("convention")?,
            pages: json(row, "pages")?.unwrap_or_default(),
            refused: row.maybe_parsed("cause")?,
            at: row.instant("at")?,
        })
    }
}

/// Pages as a cell holds them.
pub(super) fn list(pages: &[u16]) -> String {
    serde_json::json!(pages).to_string()
}

fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(|err| {
        let index = row.as_ref().column_index(column).unwrap_or_default();
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(err))
    })
}

fn digest(row: &Row<'_>) -> rusqlite::Result<Personal<String>> {
    let person = row.parsed("person")?;
    let digest: Option<String> = row.get("digest")?;
    Ok(match digest {
        Some(digest) => Personal::new(person, digest),
        None => Personal::erased(person),
    })
}
