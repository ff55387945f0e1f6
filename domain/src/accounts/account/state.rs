//! Where an account stands, and the links that are out.

use jiff::Timestamp;

use crate::kernel::{
    email::Email,
    ids::{AccountId, LinkId},
    personal::Personal,
    uai::Uai,
};

/// Where an account stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AccountState {
    /// Nobody signed up under this id.
    #[default]
    Absent,
    /// Signed up; the address is not proved.
    Unverified(Unverified),
    /// The address is its holder’s.
    Verified(Verified),
    /// Closed for good.
    Closed,
}

/// An account whose address is not proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    /// What every account has.
    pub known: Known,
    /// The school whose space it founds once verified.
    pub school: Option<Uai>,
    /// The link that verifies the address.
    pub verification: Option<Pending>,
}

/// An account that may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What every account has.
    pub known: Known,
    /// The link that signs in.
    pub sign_in: Option<Pending>,
    /// The link that changes the login, and the login wanted.
    pub email_change: Option<(Pending, Personal<Email>)>,
    /// Whether it runs the service.
    pub operator: bool,
}

/// What every account has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Which account.
    pub account: AccountId,
    /// What it signs in with. Carried, never looked at.
    pub login: Personal<Email>,
    /// How many wrong passwords in a row.
    pub failures: u32,
    /// Until when it is locked, or was.
    pub locked_until: Option<Timestamp>,
    /// The link that changes the password.
    pub reset: Option<Pending>,
    /// The version of the terms accepted last.
    pub terms: Option<String>,
}

/// A link that was asked for and not used: the last of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pending {
    /// Which.
    pub link: LinkId,
    /// Until when it may be used.
    pub expires_at: Timestamp,
}
