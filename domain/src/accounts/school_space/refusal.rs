//! Why a school’s space says no.

use jiff::Timestamp;

use crate::kernel::decider::Refusal;

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum SchoolSpaceRefusal {
    /// Nobody manages the school yet.
    #[error("nobody manages the school yet")]
    NotFounded,
    /// There is no such invitation, or it was used.
    #[error("the invitation is not, or no longer, valid")]
    InvitationUnknown,
    /// The invitation’s time is over.
    #[error("the invitation expired at {expired_at}")]
    InvitationExpired {
        /// When.
        expired_at: Timestamp,
    },
    /// The account is a member already.
    #[error("the account is a member already")]
    AlreadyMember,
    /// The account is no member.
    #[error("the account is no member")]
    NotAMember,
    /// A school keeps one manager at least.
    #[error("a school keeps one manager at least")]
    LastManager,
    /// There is no such request, or it was answered.
    #[error("the request is not, or no longer, open")]
    RequestUnknown,
    /// Too many asked within the hour.
    #[error("too many asked; again after {after}")]
    TooManyHints {
        /// When one may ask again.
        after: Timestamp,
    },
    /// Nothing of the kind is stored.
    #[error("nothing of the kind is stored")]
    NothingStored,
}

impl Refusal for SchoolSpaceRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
