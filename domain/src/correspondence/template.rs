//! The letters there are.

use serde::{Deserialize, Serialize};

/// What a letter says. Its snake-case name is the folder of its template.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Template {
    /// To an account: verify your address (a link).
    VerifyEmail,
    /// To an account: choose a new password (a link).
    ResetPassword,
    /// To an account: your password was changed.
    PasswordChanged,
    /// To an account: it is locked after too many wrong passwords.
    AccountLocked,
    /// To an account: sign in by this link.
    SignInLink,
    /// To the address wanted: confirm it (a link).
    EmailChange,
    /// To a school’s managers: someone asks for access; grant it in one click, or decline.
    AccessRequested,
    /// To whoever asked: access was declined.
    AccessDeclined,
    /// To whoever is invited: join the school’s space (a link).
    MemberInvited,
    /// To the school of origin: the booking is made, here is its convention (PDF, .ics).
    ConventionToOrigin,
    /// To the host: a seat was booked.
    BookingToHost,
    /// To the other side: a convention was deposited.
    ConventionDeposited,
    /// To the school of origin: the convention is validated.
    ConventionValidated,
    /// To the school of origin: the convention is not in order, and why.
    ConventionInvalidated,
    /// To the school of origin: the convention is its original again (PDF).
    ConventionRegenerated,
    /// To the school of origin: the convention says something else; the new original (PDF).
    ConventionAmended,
    /// To the school of origin: the convention is still awaited.
    ConventionReminder,
    /// To a signatory: sign the convention by this link.
    SigningInvitation,
    /// To a signatory: the code that proves them.
    SigningCode,
    /// To the school of origin: someone will not sign, and why.
    SigningDeclined,
    /// To both schools and to whoever signed: the signed convention (PDF).
    SigningCompleted,
    /// To the other side: a booking was cancelled.
    BookingCancelled,
    /// To both: a booking expired.
    BookingExpired,
    /// To the school of origin: the slot will not take place.
    SlotWithdrawn,
    /// To the school of origin: room, teacher or note of the slot are others.
    SlotChanged,
    /// To the school of origin: the pupil is on the waiting list.
    WaitlistJoined,
    /// To the school of origin: a seat is kept for the pupil until a deadline.
    WaitlistPromoted,
    /// To the school of origin: the seat is kept no longer.
    WaitlistLapsed,
    /// To the school of origin: the pupil did not come.
    AbsenceRecorded,
    /// To an auditor: the last signed note of the log, to keep (joined).
    SignedNote,
}

impl Template {
    /// Whether it bears a signatory’s link or code: how often these leave is a rule of signing,
    /// which sending the letter once more would get around.
    pub const fn is_of_a_signatory(self) -> bool {
        match self {
            Self::SigningInvitation | Self::SigningCode => true,
            Self::VerifyEmail
            | Self::ResetPassword
            | Self::PasswordChanged
            | Self::AccountLocked
            | Self::SignInLink
            | Self::EmailChange
            | Self::AccessRequested
            | Self::AccessDeclined
            | Self::MemberInvited
            | Self::ConventionToOrigin
            | Self::BookingToHost
            | Self::ConventionDeposited
            | Self::ConventionValidated
            | Self::ConventionInvalidated
            | Self::ConventionRegenerated
            | Self::ConventionAmended
            | Self::ConventionReminder
            | Self::SigningDeclined
            | Self::SigningCompleted
            | Self::BookingCancelled
            | Self::BookingExpired
            | Self::SlotWithdrawn
            | Self::SlotChanged
            | Self::WaitlistJoined
            | Self::WaitlistPromoted
            | Self::WaitlistLapsed
            | Self::AbsenceRecorded
            | Self::SignedNote => false,
        }
    }
}
