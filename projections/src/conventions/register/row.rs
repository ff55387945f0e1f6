//! A row of `conventions`.

use domain::{
    conventions::{
        convention::{ConventionLapse, ConventionTab, Parties, Recognition},
        terms::Change,
    },
    kernel::{document::StoredDocument, ids::ConventionId, personal::Personal},
    ministages::slot::Side,
};
use jiff::Timestamp;
use rusqlite::Row;

use crate::Columns as _;

/// Where a convention stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::Display, strum::EnumString)]
pub enum Standing {
    /// The original was made.
    Generated,
    /// A completed one waits for the host's decision.
    Deposited,
    /// It is in order.
    Validated,
    /// It was validated, and is no longer.
    Reopened,
    /// Void, for good.
    Lapsed,
}

impl Standing {
    /// The tab in which it shows.
    pub const fn tab(self) -> Option<ConventionTab> {
        match self {
            Self::Generated | Self::Reopened => Some(ConventionTab::NotReturned),
            Self::Deposited => Some(ConventionTab::AwaitingValidation),
            Self::Validated => Some(ConventionTab::Validated),
            Self::Lapsed => None,
        }
    }
}

/// What came back last and was not set aside since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deposit {
    /// The file.
    pub document: StoredDocument,
    /// Its number of pages.
    pub pages: u16,
    /// Who deposited it.
    pub side: Side,
    /// How it found its convention.
    pub recognised: Recognition,
    /// When.
    pub at: Timestamp,
}

/// A convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Convention {
    /// Which.
    pub id: ConventionId,
    /// Whom and what it binds.
    pub parties: Parties,
    /// The identification printed on it.
    pub reference: String,
    /// The version of its layout.
    pub template: String,
    /// When it was made.
    pub generated_at: Timestamp,
    /// The original.
    pub original: StoredDocument,
    /// Its number of pages.
    pub original_pages: u16,
    /// Which print that is, from 1.
    pub print: u16,
    /// When it was made anew, if it was.
    pub amended_at: Option<Timestamp>,
    /// What is other in it than in the print before.
    pub changes: Vec<Change>,
    /// Where it stands.
    pub state: Standing,
    /// Whether the deposit that waits was found wrong.
    pub non_conforming: bool,
    /// Why it was invalidated, if it was since the last deposit and that is still known.
    pub reason: Option<String>,
    /// What came back last, unless a regeneration set it aside.
    pub deposit: Option<Deposit>,
    /// Since when it is validated; of a void one, since when it was.
    pub validated_at: Option<Timestamp>,
    /// When the school of origin was reminded.
    pub reminded_at: Option<Timestamp>,
    /// Why it is void, if it is.
    pub lapse: Option<ConventionLapse>,
    /// When its state changed last.
    pub changed_at: Timestamp,
    /// How many deposits there ever were.
    pub deposits: u32,
    /// How often it was invalidated.
    pub invalidations: u32,
}

impl Convention {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.parsed("convention")?,
            parties: Parties {
                platform: row.parsed("platform")?,
                slot: row.parsed("slot")?,
                booking: row.parsed("booking")?,
                host: row.parsed("host")?,
                origin: row.parsed("origin")?,
                pupil: row.parsed("person")?,
            },
            reference: row.get("reference")?,
            template: row.get("template")?,
            generated_at: row.instant("generated_at")?,
            original: original(row)?,
            original_pages: row.get("original_pages")?,
            print: row.get("print")?,
            amended_at: row.maybe_instant("amended_at")?,
            changes: read(row.get("changes")?),
            state: row.parsed("state")?,
            non_conforming: row.get("non_conforming")?,
            reason: row.get("reason")?,
            deposit: deposit(row)?,
            validated_at: row.maybe_instant("validated_at")?,
            reminded_at: row.maybe_instant("reminded_at")?,
            lapse: row.maybe_parsed("lapse")?,
            changed_at: row.instant("changed_at")?,
            deposits: row.get("deposits")?,
            invalidations: row.get("invalidations")?,
        })
    }

    /// The tab in which it shows; none once it is void.
    pub fn tab(&self) -> Option<ConventionTab> {
        self.state.tab()
    }

    /// What « Conv. » serves, and its number of pages: the original until the convention is
    /// validated, the completed one from then on, also once it is void.
    pub fn current_document(&self) -> (&StoredDocument, u16) {
        match (&self.deposit, self.validated_at) {
            (Some(deposit), Some(_)) => (&deposit.document, deposit.pages),
            (Some(_) | None, _) => (&self.original, self.original_pages),
        }
    }
}

/// Changes as a row holds them: their names, separated by spaces.
pub(crate) fn written(changes: &[Change]) -> String {
    changes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The changes of a row.
pub(crate) fn read(written: Option<String>) -> Vec<Change> {
    let written = written.unwrap_or_default();
    written.split_whitespace().filter_map(|name| name.parse().ok()).collect()
}

/// The original of the row.
pub(super) fn original(row: &Row<'_>) -> rusqlite::Result<StoredDocument> {
    Ok(StoredDocument {
        blob: row.get("original_blob")?,
        length: row.get("original_length")?,
        digest: digest(row, "original_digest")?,
    })
}

fn deposit(row: &Row<'_>) -> rusqlite::Result<Option<Deposit>> {
    let blob: Option<String> = row.get("deposit_blob")?;
    let Some(blob) = blob else { return Ok(None) };
    Ok(Some(Deposit {
        document: StoredDocument {
            blob,
            length: row.get("deposit_length")?,
            digest: digest(row, "deposit_digest")?,
        },
        pages: row.get("deposit_pages")?,
        side: row.parsed("deposit_side")?,
        recognised: row.parsed("recognised")?,
        at: row.instant("deposited_at")?,
    }))
}

fn digest(row: &Row<'_>, column: &str) -> rusqlite::Result<Personal<String>> {
    let person = row.parsed("person")?;
    let digest: Option<String> = row.get(column)?;
    Ok(match digest {
        Some(digest) => Personal::new(person, digest),
        None => Personal::erased(person),
    })
}
