//! Why a platform says no.

use jiff::civil::Date;

use crate::kernel::decider::Refusal;

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum PlatformRefusal {
    /// There is no such platform.
    #[error("there is no such platform")]
    NoSuchPlatform,
    /// The slug is taken.
    #[error("the platform exists already")]
    AlreadyOpen,
    /// A licence is never shortened.
    #[error("the licence runs until {until} already")]
    LicenceRunsLonger {
        /// Its last day.
        until: Date,
    },
    /// The school is no host of the platform.
    #[error("the school is no host of the platform")]
    NotAHost,
    /// The school is a host already.
    #[error("the school is a host already")]
    AlreadyAHost,
    /// There is no such formation, or it was retired.
    #[error("there is no such formation")]
    NoSuchFormation,
    /// The host offers a formation of this level and name already.
    #[error("the host offers this formation already")]
    SameFormation,
    /// The reminder must come before the expiry.
    #[error("the reminder must come before the expiry")]
    ReminderAfterExpiry,
    /// A number is out of its bounds.
    #[error("{field} must be from {least} to {most}")]
    RuleOutOfBounds {
        /// Which rule.
        field: &'static str,
        /// Its least.
        least: u64,
        /// Its most.
        most: u64,
    },
    /// A convention has so many articles at most.
    #[error("a convention has {most} articles at most")]
    TooManyArticles {
        /// The most.
        most: usize,
    },
    /// The colour is not `#rrggbb`, or white text cannot be read on it (contrast under 4.5).
    #[error("the colour must be #rrggbb and dark enough for white text")]
    ColourUnreadable,
    /// The account has the role already.
    #[error("the account has the role already")]
    RoleHeld,
    /// The account does not have the role.
    #[error("the account does not have the role")]
    RoleNotHeld,
}

impl Refusal for PlatformRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
