//! What can be asked of a convention.

use jiff::Timestamp;

use super::{
    event::{ConventionLapse, Parties, Recognition},
    signatures::SignatureCheck,
};
use crate::{
    conventions::terms::{Change, Terms},
    kernel::{document::StoredDocument, ids::ConventionId, personal::Personal},
    ministages::slot::Side,
};

/// What can be asked of a convention.
#[derive(Debug, Clone, PartialEq, strum::IntoStaticStr)]
pub enum ConventionCommand {
    /// Records the original just made.
    GenerateConvention {
        /// The new convention.
        convention: ConventionId,
        /// Whom and what it binds.
        parties: Parties,
        /// The identification printed on it.
        reference: String,
        /// The original.
        original: StoredDocument,
        /// Its number of pages.
        pages: u16,
        /// The version of the layout.
        template: String,
        /// What it says.
        terms: Personal<Terms>,
    },
    /// Records that it was made anew, saying something else. Nothing to do when it is void, nor
    /// for a misspelt name once it came back signed otherwise than online: that paper stands.
    AmendConvention {
        /// Which print this is: one more than the last, or it is refused.
        print: u16,
        /// The new original.
        original: StoredDocument,
        /// Its number of pages.
        pages: u16,
        /// The version of the layout.
        template: String,
        /// What it says.
        terms: Personal<Terms>,
        /// What is other in it.
        changes: Vec<Change>,
        /// Now.
        at: Timestamp,
    },
    /// Deposits a completed one; replaces one that waits.
    DepositConvention {
        /// What came.
        document: StoredDocument,
        /// Its number of pages.
        pages: u16,
        /// Who deposits.
        side: Side,
        /// How it found its convention.
        recognised: Recognition,
        /// What its electronic signatures say.
        signatures: SignatureCheck,
        /// Of which print it is, where that is known; refused when there is a newer one.
        print: Option<u16>,
    },
    /// « Valider la conformité ».
    ValidateConvention,
    /// « Invalider la conformité ».
    InvalidateConvention {
        /// Why.
        reason: Personal<String>,
    },
    /// « Régénérer la convention ».
    RegenerateConvention,
    /// Makes it void. Nothing to do when it is.
    LapseConvention {
        /// Why.
        cause: ConventionLapse,
    },
    /// Notes that the school of origin is reminded; once. Nothing to do when it was, or when
    /// the convention is validated or void.
    RemindConvention,
}
