//! Rows of `signings`.

use domain::{
    conventions::{
        signing::{LinkCause, Signatory, SignatureMethod},
        terms::Change,
    },
    kernel::{
        document::StoredDocument,
        email::Email,
        ids::{ConventionId, LinkId},
        personal::Personal,
    },
};
use jiff::Timestamp;
use rusqlite::Row;

use crate::{Columns as _, conventions::register::row::read as changes};

/// Where a round of signatures stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
pub enum SigningStanding {
    /// Signatures are awaited.
    Open,
    /// Someone declined.
    Declined,
    /// All have signed.
    Completed,
    /// It counts no longer.
    Closed,
}

/// Where a signatory stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
pub enum SignerStanding {
    /// Has not signed yet.
    Awaited,
    /// The school's stored signature is printed on the document.
    Stored,
    /// Has signed online.
    Signed,
    /// Will not sign.
    Declined,
}

/// A round of signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// Of which convention.
    pub convention: ConventionId,
    /// Which round, from 1.
    pub round: u16,
    /// Where it stands.
    pub state: SigningStanding,
    /// SHA-256 of the document to sign; none once the pupil was erased.
    pub document: Option<String>,
    /// When the placement is over.
    pub ends: Timestamp,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When the last signed.
    pub completed_at: Option<Timestamp>,
    /// What is other in the document than in that of the round before; nothing in a first round.
    pub changes: Vec<Change>,
    /// Who must sign, in the order of the boxes.
    pub signers: Vec<Signer>,
}

/// A signatory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// In which box.
    pub role: Signatory,
    /// Where they stand.
    pub standing: SignerStanding,
    /// Their name, as the school gave it.
    pub name: Option<String>,
    /// Where their links and codes go.
    pub email: Option<Email>,
    /// Their telephone, if they gave one.
    pub phone: Option<String>,
    /// The link that counts.
    pub link: Option<LinkId>,
    /// Why it was sent.
    pub link_cause: Option<LinkCause>,
    /// Until when.
    pub link_expires: Option<Timestamp>,
    /// When it left.
    pub link_sent_at: Option<Timestamp>,
    /// When the last code left.
    pub code_sent_at: Option<Timestamp>,
    /// Their signature, once they signed.
    pub signed: Option<Signed>,
    /// Why they declined.
    pub reason: Option<String>,
}

/// A signature that was made online.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// When.
    pub at: Timestamp,
    /// Under which name; none once the pupil was erased.
    pub name: Option<String>,
    /// How.
    pub method: SignatureMethod,
    /// What was drawn.
    pub picture: Option<StoredDocument>,
    /// From which network.
    pub network: Option<String>,
    /// SHA-256 of the document that was shown.
    pub document: Option<String>,
}

/// The signed document of a convention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedDigest {
    /// Of which convention.
    pub convention: ConventionId,
    /// Its SHA-256 in hexadecimal; none once the pupil was erased.
    pub digest: Option<String>,
    /// Whether it counts no longer: the convention says something else, or was signed anew.
    pub replaced: bool,
}

impl Signing {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            convention: row.parsed("convention")?,
            round: row.get("round")?,
            state: row.parsed("state")?,
            document: row.get("document")?,
            ends: row.instant("ends")?,
            opened_at: row.instant("opened_at")?,
            completed_at: row.maybe_instant("completed_at")?,
            changes: changes(row.get("changes")?),
            signers: Vec::new(),
        })
    }
}

impl Signer {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            role: row.parsed("role")?,
            standing: row.parsed("standing")?,
            name: row.get("name")?,
            email: row.maybe_parsed("email")?,
            phone: row.get("phone")?,
            link: row.maybe_parsed("link")?,
            link_cause: row.maybe_parsed("link_cause")?,
            link_expires: row.maybe_instant("link_expires")?,
            link_sent_at: row.maybe_instant("link_sent_at")?,
            code_sent_at: row.maybe_instant("code_sent_at")?,
            signed: signed(row)?,
            reason: row.get("reason")?,
        })
    }
}

fn signed(row: &Row<'_>) -> rusqlite::Result<Option<Signed>> {
    let Some(at) = row.maybe_instant("signed_at")? else { return Ok(None) };
    Ok(Some(Signed {
        at,
        name: row.get("signed_name")?,
        method: row.parsed("method")?,
        picture: picture(row)?,
        network: row.get("network")?,
        document: row.get("document")?,
    }))
}

fn picture(row: &Row<'_>) -> rusqlite::Result<Option<StoredDocument>> {
    let blob: Option<String> = row.get("picture_blob")?;
    let Some(blob) = blob else { return Ok(None) };
    let person = row.parsed("person")?;
    let digest: Option<String> = row.get("picture_digest")?;
    Ok(Some(StoredDocument {
        blob,
        length: row.get("picture_length")?,
        digest: match digest {
            Some(digest) => Personal::new(person, digest),
            None => Personal::erased(person),
        },
    }))
}

impl SignedDigest {
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            convention: row.parsed("convention")?,
            digest: row.get("digest")?,
            replaced: row.get("replaced")?,
        })
    }
}
