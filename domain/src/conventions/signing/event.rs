//! What happened while a convention was signed online. All that is about a person is sealed with
//! the pupil’s key: one erasure reaches the whole signing.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conventions::terms::Change,
    kernel::{
        decider::Event,
        document::StoredDocument,
        email::Email,
        ids::{CodeId, ConventionId, LinkId},
        personal::Personal,
    },
};

/// Who signs a convention: one box of it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "camelCase")]
#[strum(serialize_all = "snake_case")]
pub enum Signatory {
    /// The head of the school of origin.
    Origin,
    /// The pupil’s legal guardian.
    Guardian,
    /// The pupil.
    Pupil,
    /// The head of the host.
    Host,
}

/// By what way a signatory is reached.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// By mail.
    Mail,
}

/// How a signatory is called and reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// Their name.
    pub name: String,
    /// Where links and codes go.
    pub email: Email,
    /// Their telephone, if they gave one.
    pub phone: Option<String>,
}

/// Someone who is asked to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invited {
    /// In which box.
    pub role: Signatory,
    /// Who, and how they are reached.
    pub contact: Personal<Contact>,
}

/// Who had a link sent.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "camelCase")]
pub enum LinkCause {
    /// The signing was opened.
    Opening,
    /// A school asked for it.
    School,
    /// The signatory had lost the last one.
    Lost,
    /// The convention says something else.
    Amended,
    /// The signatory is reached elsewhere.
    Corrected,
}

/// How a signature was made.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "camelCase")]
pub enum SignatureMethod {
    /// Drawn with a finger, a pen or a mouse.
    Drawn,
    /// The name, typed.
    Typed,
}

/// What proves who signed, kept beside the signature and printed on the signed document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The name under which they signed.
    pub name: Personal<String>,
    /// How the signature was made.
    pub method: SignatureMethod,
    /// The drawn signature, redrawn by us before it was kept.
    pub picture: Option<StoredDocument>,
    /// « lu et approuvé », as they typed it.
    pub words: Personal<String>,
    /// From where: a network address cut to /24 or /48.
    pub network: Option<Personal<String>>,
    /// SHA-256 of the document that was shown to them, in hexadecimal.
    pub document: Personal<String>,
    /// By what way the code came that proved them.
    pub channel: Channel,
}

/// Why a signing is over without being complete, or counts no longer.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString,
)]
#[serde(rename_all = "camelCase")]
pub enum SigningEnd {
    /// The convention came back by another way.
    Deposited,
    /// The convention is void.
    Lapsed,
    /// The convention is its original again.
    Regenerated,
    /// The convention says something else, and who signs it is to be said anew.
    Amended,
}

/// What happened while a convention was signed online.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum SigningEvent {
    /// A school asks for the signatures; those of an earlier round count no longer.
    SigningOpened {
        /// Of which convention.
        convention: ConventionId,
        /// Which round, from 1.
        round: u16,
        /// SHA-256 of the document to sign, in hexadecimal.
        document: Personal<String>,
        /// Who is asked.
        invited: Vec<Invited>,
        /// Whose signature a school had stored: printed on the original already.
        stored: Vec<Signatory>,
        /// After this instant nobody can sign: the placement is over.
        ends: Timestamp,
    },
    /// The convention says something else: some sign again, the signatures of the others are kept.
    SignaturesAskedAgain {
        /// Of which convention.
        convention: ConventionId,
        /// Which round: one more than the last.
        round: u16,
        /// SHA-256 of the document to sign, in hexadecimal.
        document: Personal<String>,
        /// What is other in it.
        changes: Vec<Change>,
        /// Whose signature is kept.
        kept: Vec<Signatory>,
        /// Who is asked.
        invited: Vec<Invited>,
        /// Whose signature a school had stored: printed on the original already.
        stored: Vec<Signatory>,
        /// After this instant nobody can sign: the placement is over.
        ends: Timestamp,
    },
    /// Someone is called or reached otherwise than was said; their link and code are dead.
    SignatoryCorrected {
        /// Of which convention.
        convention: ConventionId,
        /// Who, and how they are reached from now on.
        to: Invited,
    },
    /// A personal link leaves; the one before it is dead.
    SigningLinkSent {
        /// Of which convention.
        convention: ConventionId,
        /// To whom.
        role: Signatory,
        /// The link.
        link: LinkId,
        /// By what way.
        channel: Channel,
        /// Why.
        cause: LinkCause,
        /// When, by the clock of whoever asked.
        at: Timestamp,
        /// Until when it may be used.
        expires: Timestamp,
    },
    /// A code of six digits leaves, to the contact on file; the one before it is dead.
    SigningCodeSent {
        /// Of which convention.
        convention: ConventionId,
        /// To whom.
        role: Signatory,
        /// What the code derives from.
        code: CodeId,
        /// By what way.
        channel: Channel,
        /// When, by the clock of whoever asked.
        at: Timestamp,
        /// Until when it may be used.
        expires: Timestamp,
    },
    /// Another code was typed; the fifth time burns it.
    SigningCodeFailed {
        /// Of which convention.
        convention: ConventionId,
        /// By whom.
        role: Signatory,
        /// Which code.
        code: CodeId,
    },
    /// Someone signed; their link is dead.
    SignatureApplied {
        /// Which convention.
        convention: ConventionId,
        /// Who.
        role: Signatory,
        /// What proves it.
        evidence: Evidence,
    },
    /// Someone will not sign: the round is over, and the school is told why.
    SignatureDeclined {
        /// Which convention.
        convention: ConventionId,
        /// Who.
        role: Signatory,
        /// Why.
        reason: Personal<String>,
    },
    /// All who must have signed.
    SigningCompleted {
        /// Which convention.
        convention: ConventionId,
        /// Who signed online.
        roles: Vec<Signatory>,
    },
    /// The signing counts no longer: every link is dead.
    SigningClosed {
        /// Of which convention.
        convention: ConventionId,
        /// Why.
        cause: SigningEnd,
    },
}

impl Event for SigningEvent {
    fn name(&self) -> &'static str {
        self.into()
    }
}
