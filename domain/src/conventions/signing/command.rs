//! What can be asked while a convention is signed online.

use jiff::{Timestamp, civil::Date};

use super::event::{Channel, Contact, Evidence, LinkCause, Signatory, SigningEnd};
use crate::{
    conventions::terms::Change,
    kernel::{
        ids::{CodeId, ConventionId, LinkId, PersonId},
        personal::Personal,
    },
};

/// Someone to ask, with the link they get.
#[derive(Debug, Clone, PartialEq)]
pub struct ToInvite {
    /// In which box.
    pub role: Signatory,
    /// Who, and how they are reached.
    pub contact: Contact,
    /// Their first link.
    pub link: LinkId,
}

/// What opening a signing takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// Of which convention.
    pub convention: ConventionId,
    /// Whose convention: their key seals the signing.
    pub pupil: PersonId,
    /// SHA-256 of the document to sign, in hexadecimal.
    pub document: Personal<String>,
    /// Who must sign by the rule of the platform.
    pub rule: Vec<Signatory>,
    /// When the pupil was born, if it is known.
    pub born: Option<Date>,
    /// The day of the placement.
    pub day: Date,
    /// When the placement is over.
    pub ends: Timestamp,
    /// Whose signature is printed on the document already.
    pub stored: Vec<Signatory>,
    /// Who is asked.
    pub invited: Vec<ToInvite>,
    /// Now.
    pub at: Timestamp,
}

/// What reaching a signatory elsewhere takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Who, and how they are reached from now on, with their new link.
    pub to: ToInvite,
    /// How the others are reached, as it was read; nothing is decided on what may be erased.
    pub others: Vec<(Signatory, Contact)>,
    /// How many corrections of this round had been read with it.
    pub corrections: u16,
    /// Now.
    pub at: Timestamp,
}

/// What can be asked while a convention is signed online.
#[derive(Debug, Clone, PartialEq, strum::IntoStaticStr)]
pub enum SigningCommand {
    /// « Faire signer en ligne »: asks for the signatures, with a first link to each. Again once
    /// someone declined.
    OpenSigning(Box<Opening>),
    /// The convention says something else: asks anew those whom that concerns, and whoever had
    /// not signed. Where it cannot (someone new must sign, two would share a mailbox, the placement
    /// is over) the signing ends. Nothing to do when no signature is awaited or made.
    AskAgain {
        /// The new document, and all who must sign it, each with a new link.
        opening: Box<Opening>,
        /// What is other in it.
        changes: Vec<Change>,
    },
    /// Sends a new link: by the school at most one a day, role and channel.
    SendSigningLink {
        /// To whom.
        role: Signatory,
        /// The new link.
        link: LinkId,
        /// By what way.
        channel: Channel,
        /// Who asks; never [`LinkCause::Opening`].
        cause: LinkCause,
        /// Now.
        at: Timestamp,
    },
    /// Reaches a signatory elsewhere, by a new link; not the guardian, whose contact is the
    /// booking’s.
    CorrectSignatory(Box<Correction>),
    /// Sends a code to the contact on file.
    RequestSigningCode {
        /// To whom.
        role: Signatory,
        /// By which link.
        link: LinkId,
        /// The new code.
        code: CodeId,
        /// By what way.
        channel: Channel,
        /// Now.
        at: Timestamp,
    },
    /// Signs.
    ApplySignature {
        /// Who.
        role: Signatory,
        /// By which link.
        link: LinkId,
        /// Which code was compared.
        code: CodeId,
        /// Whether what was typed is that code.
        code_is_right: bool,
        /// What proves it.
        evidence: Box<Evidence>,
        /// Now.
        at: Timestamp,
    },
    /// Will not sign.
    DeclineSignature {
        /// Who.
        role: Signatory,
        /// By which link.
        link: LinkId,
        /// Why.
        reason: Personal<String>,
        /// Now.
        at: Timestamp,
    },
    /// Ends it. Nothing to do when there is none, or when it is over.
    CloseSigning {
        /// Why.
        cause: SigningEnd,
    },
}
