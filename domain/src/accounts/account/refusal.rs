//! Why an account says no.

use jiff::Timestamp;

use crate::kernel::decider::Refusal;

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum AccountRefusal {
    /// Nobody signed up under this id.
    #[error("there is no such account")]
    NoSuchAccount,
    /// The address is verified: the account cannot be registered anew.
    #[error("the account exists already")]
    AlreadyRegistered,
    /// The address is not verified yet.
    #[error("the address is not verified")]
    NotVerified,
    /// The link is not the one last sent, or was used.
    #[error("the link is not, or no longer, valid")]
    LinkUnknown,
    /// The link’s time is over.
    #[error("the link expired at {expired_at}")]
    LinkExpired {
        /// When.
        expired_at: Timestamp,
    },
    /// Too many wrong passwords.
    #[error("the account is locked until {until}")]
    Locked {
        /// When it opens again.
        until: Timestamp,
    },
    /// The account is not locked.
    #[error("the account is not locked")]
    NotLocked,
    /// The account is closed.
    #[error("the account is closed")]
    AccountIsClosed,
    /// It runs the service already, or does not.
    #[error("the account’s office is that already")]
    SameOffice,
}

impl Refusal for AccountRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
