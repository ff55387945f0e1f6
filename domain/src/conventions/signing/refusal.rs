//! The rules of signing that say no.

use jiff::Timestamp;

use super::event::Signatory;
use crate::kernel::decider::Refusal;

/// Why not.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum SigningRefusal {
    /// Nobody was asked to sign, or all is over.
    #[error("no signing is open")]
    NotOpen,
    /// The signatures are asked for already.
    #[error("the signing is open already")]
    AlreadyOpen,
    /// All have signed.
    #[error("all have signed")]
    AlreadyComplete,
    /// The placement is over.
    #[error("the placement is over")]
    PlacementOver,
    /// Someone who must sign cannot be reached.
    #[error("{role} must sign and has no contact")]
    NoContact {
        /// Who.
        role: Signatory,
    },
    /// Someone is asked who must not sign, or twice.
    #[error("{role} is not to be asked")]
    NotToAsk {
        /// Who.
        role: Signatory,
    },
    /// Two signatories have one mail address or one telephone.
    #[error("{role} has the mail or the telephone of {other}")]
    SameContact {
        /// Who.
        role: Signatory,
        /// Who has it too.
        other: Signatory,
    },
    /// The guardian is reached as the booking says: it is corrected there.
    #[error("the contact of the guardian is the booking’s")]
    OfBooking,
    /// The contacts are not those that were read.
    #[error("the contacts changed meanwhile")]
    ContactsChanged,
    /// The contacts of one round were corrected too often.
    #[error("too many corrections")]
    TooManyCorrections,
    /// The link was replaced, used, or its time is over.
    #[error("the link is dead")]
    LinkOver,
    /// This role has signed.
    #[error("this role has signed")]
    AlreadySigned,
    /// A school sent a link less than a day ago.
    #[error("no new link before {after}")]
    TooSoon {
        /// When the next may leave.
        after: Timestamp,
    },
    /// Five codes within the hour.
    #[error("no new code before {after}")]
    TooManyCodes {
        /// When the next may leave.
        after: Timestamp,
    },
    /// No code was sent, or it was used up, replaced, or is over.
    #[error("there is no code that counts")]
    CodeOver,
    /// The words « lu et approuvé » were not typed.
    #[error("the words were not typed")]
    WordsMissing,
    /// The signature itself is missing: drawn without a picture.
    #[error("there is no signature")]
    NoSignature,
}

impl Refusal for SigningRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
