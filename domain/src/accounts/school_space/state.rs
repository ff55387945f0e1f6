//! Who manages a school, and what is open in its space.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::event::MemberRole;
use crate::kernel::{
    email::Email,
    ids::{AccessRequestId, AccountId, InvitationId, PersonId},
    personal::Personal,
    uai::Uai,
};

/// Where a school’s space stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SchoolSpaceState {
    /// Nobody manages the school yet.
    #[default]
    Unfounded,
    /// Someone does, from then on.
    Founded(Space),
}

/// What the rules need to know of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Which school.
    pub uai: Uai,
    /// Who belongs to it.
    pub members: BTreeMap<AccountId, MemberRole>,
    /// The invitations that nobody accepted yet.
    pub invitations: BTreeMap<InvitationId, Invitation>,
    /// The requests that nobody answered, with the address an invitation would go to. Carried,
    /// never looked at; erased once its person is.
    pub requests: BTreeMap<AccessRequestId, Personal<Email>>,
    /// When each person asked for access last, within the last 24 h that were seen.
    pub asked: BTreeMap<PersonId, Timestamp>,
    /// When the hint was shown, within the last hour that was seen; oldest first.
    pub hints: Vec<Timestamp>,
    /// Whether a signature is stored.
    pub signature: bool,
    /// Whether a stamp is stored.
    pub stamp: bool,
}

/// An invitation that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invitation {
    /// For which role.
    pub role: MemberRole,
    /// Until when it may be accepted.
    pub expires_at: Timestamp,
}
