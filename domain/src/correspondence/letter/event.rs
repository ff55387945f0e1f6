//! What happened to a letter. No address and no text: both are found by the ids when it is sent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conventions::signing::Signatory,
    correspondence::template::Template,
    kernel::{
        decider::Event,
        ids::{
            AccessRequestId, AccountId, BookingId, CodeId, ConventionId, InvitationId, LetterId,
            LinkId, SlotId,
        },
        slug::Slug,
        uai::Uai,
    },
};

/// To whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Recipient {
    /// The holder of an account, at its login.
    Account {
        /// Which.
        account: AccountId,
    },
    /// The new address that an account asked for.
    NewAddress {
        /// Which account.
        account: AccountId,
    },
    /// A school: its managers’ logins; its institutional address when it has none.
    School {
        /// Which.
        uai: Uai,
    },
    /// The school of origin of the booking or convention that the letter is about.
    Origin,
    /// The host of the slot, booking or convention that the letter is about: its notification
    /// address on the platform, else as [`Recipient::School`].
    Host,
    /// Whoever was invited.
    Invited {
        /// To which school.
        uai: Uai,
        /// By which invitation.
        invitation: InvitationId,
    },
    /// Whoever signs the convention that the letter is about, at the contact on file.
    Signatory {
        /// In which box.
        role: Signatory,
    },
    /// Whoever asked for access.
    Requester {
        /// To which school.
        uai: Uai,
        /// In which request.
        request: AccessRequestId,
    },
}

/// What a letter is about: the ids from which it is rendered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct About {
    /// The platform.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub platform: Option<Slug>,
    /// The account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountId>,
    /// The personal link in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<LinkId>,
    /// The school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub school: Option<Uai>,
    /// The request for access.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<AccessRequestId>,
    /// The invitation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub invitation: Option<InvitationId>,
    /// The slot.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slot: Option<SlotId>,
    /// The booking.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub booking: Option<BookingId>,
    /// The convention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub convention: Option<ConventionId>,
    /// The signatory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Signatory>,
    /// The code in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<CodeId>,
}

/// Why an attempt came to nothing; never the server’s own words, which may quote an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryFault {
    /// What went wrong.
    pub kind: DeliveryFaultKind,
    /// The server’s status code, if it spoke.
    pub code: Option<u16>,
}

/// What went wrong.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum DeliveryFaultKind {
    /// The server could not be reached, or did not answer.
    Unreachable,
    /// The server asks to try later (4xx).
    Deferred,
    /// The server refuses for good (5xx).
    Rejected,
    /// There is no address to write to.
    NoAddress,
    /// What it is about is gone (erased, void): there is nothing to write.
    NothingToSay,
}

/// What happened to a letter.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum LetterEvent {
    /// It is to be sent.
    LetterRequested {
        /// Which.
        letter: LetterId,
        /// What it says.
        template: Template,
        /// To whom.
        recipient: Recipient,
        /// What about.
        about: About,
    },
    /// The server took it.
    LetterSent {
        /// Which.
        letter: LetterId,
        /// At which attempt, from 1.
        attempt: u16,
    },
    /// An attempt came to nothing; another follows.
    LetterFailed {
        /// Which.
        letter: LetterId,
        /// Which attempt, from 1.
        attempt: u16,
        /// Why.
        error: DeliveryFault,
        /// When the next is.
        next_attempt: Timestamp,
    },
    /// No further attempt is made.
    LetterAbandoned {
        /// Which.
        letter: LetterId,
        /// The last attempt.
        attempt: u16,
        /// Why.
        error: DeliveryFault,
    },
    /// Someone asked to send it once more.
    LetterResendRequested {
        /// Which.
        letter: LetterId,
    },
}

impl Event for LetterEvent {
    fn name(&self) -> &'static str {
        self.into()
    }
}
