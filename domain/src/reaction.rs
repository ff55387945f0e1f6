//! What policies ask for: each context says, in its `policy.rs`, what follows from an event;
//! here every event finds its policies.

mod dispatch;
#[cfg(test)]
mod tests;

pub use dispatch::reactions;

use crate::{
    conventions::{convention::ConventionLapse, signing::SigningEnd, terms::Change},
    correspondence::{
        letter::{About, Recipient},
        template::Template,
    },
    kernel::ids::{AccountId, BookingId, ConventionId, PersonId, SlotId},
    kernel::uai::Uai,
};

/// One thing to do because of one event. Its effect has an id derived from the event, so that
/// doing it twice changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reaction {
    /// The account becomes a manager of the school.
    FoundSpace {
        /// Which school.
        uai: Uai,
        /// Which account.
        account: AccountId,
    },
    /// Ends the sessions and forgets the password of whatever accounts the person held.
    CloseAccess {
        /// Who was erased.
        person: PersonId,
    },
    /// Destroys the keys of the stacks of scans that show the person, or may.
    EraseScans {
        /// Who was erased.
        person: PersonId,
    },
    /// Makes the convention of a booking, stores it and records it.
    GenerateConvention {
        /// In which slot.
        slot: SlotId,
        /// For which booking.
        booking: BookingId,
    },
    /// Makes the booking’s convention anew, if it has one that says something else.
    AmendConvention {
        /// Whose.
        booking: BookingId,
    },
    /// Has those whom the changes concern sign the convention again, if it is signed online.
    AskSignaturesAgain {
        /// The convention.
        convention: ConventionId,
        /// What is other in it.
        changes: Vec<Change>,
    },
    /// Makes the booking’s convention void, if it has one.
    LapseConvention {
        /// Whose.
        booking: BookingId,
        /// Why.
        cause: ConventionLapse,
    },
    /// Confirms the convention’s booking.
    ConfirmBooking {
        /// The convention.
        convention: ConventionId,
    },
    /// Takes the confirmation back.
    UnconfirmBooking {
        /// The convention.
        convention: ConventionId,
    },
    /// Ends the signing of the convention, if there is one.
    CloseSigning {
        /// The convention.
        convention: ConventionId,
        /// Why.
        cause: SigningEnd,
    },
    /// Makes the signed document of the convention, seals, stores and deposits it.
    DepositSigned {
        /// The convention.
        convention: ConventionId,
    },
    /// Has a letter sent.
    SendLetter {
        /// What it says.
        template: Template,
        /// To whom.
        recipient: Recipient,
        /// What about.
        about: About,
    },
}
