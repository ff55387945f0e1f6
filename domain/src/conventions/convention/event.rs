//! What happened to a convention.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::signatures::SignatureCheck;
use crate::{
    conventions::terms::{Change, Terms},
    kernel::{
        decider::Event,
        document::StoredDocument,
        ids::{BookingId, ConventionId, PersonId, SlotId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::Side,
};

/// Whom and what a convention binds; never changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Parties {
    /// On which platform.
    pub platform: Slug,
    /// For which slot.
    pub slot: SlotId,
    /// For which booking.
    pub booking: BookingId,
    /// The host.
    pub host: Uai,
    /// The school of origin.
    pub origin: Uai,
    /// The pupil.
    pub pupil: PersonId,
}

/// How a deposit found its convention.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum Recognition {
    /// It begins with the bytes of our original.
    OriginalBytes,
    /// A person chose the pupil.
    ByHand,
    /// All who must had signed it online.
    SignedOnline,
    /// The codes on its pages, read in a stack of scans.
    PageCodes,
}

/// What happened to a convention.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum ConventionEvent {
    /// The original was made.
    ConventionGenerated {
        /// Which.
        convention: ConventionId,
        /// Whom and what it binds.
        parties: Parties,
        /// The identification printed on it, `C-7F3K-92QD`.
        reference: String,
        /// The original, for ever.
        original: StoredDocument,
        /// Its number of pages.
        pages: u16,
        /// The version of the layout it was made with.
        template: String,
        /// What it says; not kept by those made before it could become other.
        #[serde(default)]
        terms: Option<Personal<Terms>>,
    },
    /// It says something else than before: it was made anew, and whatever had come back is set
    /// aside. The print before it is worth nothing any more.
    ConventionAmended {
        /// Which.
        convention: ConventionId,
        /// Which print this is: the first made again is the second.
        print: u16,
        /// The new original, for ever.
        original: StoredDocument,
        /// Its number of pages.
        pages: u16,
        /// The version of the layout it was made with.
        template: String,
        /// What it says.
        terms: Personal<Terms>,
        /// What is other in it.
        changes: Vec<Change>,
        /// When, by the clock of whoever made it: the day is printed on it.
        at: Timestamp,
    },
    /// A completed one came back and waits for the host’s decision.
    ConventionDeposited {
        /// Which.
        convention: ConventionId,
        /// What came.
        document: StoredDocument,
        /// Its number of pages.
        pages: u16,
        /// Who deposited it.
        side: Side,
        /// How it found its convention.
        recognised: Recognition,
        /// What its electronic signatures said then.
        #[serde(default)]
        signatures: SignatureCheck,
    },
    /// « Valider la conformité ».
    ConventionValidated {
        /// Which.
        convention: ConventionId,
    },
    /// « Invalider la conformité »: of a deposit, which stays and is marked non conforme; or of
    /// a validated convention, which is « non retournée » again.
    ConventionInvalidated {
        /// Which.
        convention: ConventionId,
        /// Why.
        reason: Personal<String>,
        /// Whether it was validated until now.
        was_validated: bool,
    },
    /// « Régénérer la convention »: the original again, to the byte.
    ConventionRegenerated {
        /// Which.
        convention: ConventionId,
    },
    /// Void, for good.
    ConventionLapsed {
        /// Which.
        convention: ConventionId,
        /// Why.
        cause: ConventionLapse,
    },
    /// The school of origin was reminded that the convention is not validated.
    ReminderSent {
        /// Which.
        convention: ConventionId,
    },
}

/// Why a convention is void.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum ConventionLapse {
    /// The booking was cancelled.
    BookingCancelled,
    /// The booking expired.
    BookingExpired,
    /// The slot was withdrawn.
    SlotWithdrawn,
}

impl Event for ConventionEvent {
    fn name(&self) -> &'static str {
        self.into()
    }

    fn version(&self) -> &'static str {
        match self {
            // What its signatures said came into a deposit; what it says, into a convention.
            Self::ConventionDeposited { .. } | Self::ConventionGenerated { .. } => "2",
            Self::ConventionAmended { .. }
            | Self::ConventionValidated { .. }
            | Self::ConventionInvalidated { .. }
            | Self::ConventionRegenerated { .. }
            | Self::ConventionLapsed { .. }
            | Self::ReminderSent { .. } => "1",
        }
    }
}
