//! What can be asked of a school’s space.

use jiff::Timestamp;

use super::event::{MemberRole, Requester};
use crate::kernel::{
    document::StoredDocument,
    email::Email,
    ids::{AccessRequestId, AccountId, InvitationId},
    personal::Personal,
    uai::Uai,
};

/// What can be asked of a school’s space.
#[derive(Debug, Clone, PartialEq)]
pub enum SchoolSpaceCommand {
    /// The holder of the verified institutional address becomes a manager. Nothing to do for
    /// one who is.
    FoundSpace {
        /// Which school.
        uai: Uai,
        /// Which account.
        account: AccountId,
    },
    /// A manager invites someone.
    InviteMember {
        /// Which school.
        uai: Uai,
        /// The new invitation.
        invitation: InvitationId,
        /// To which address.
        email: Personal<Email>,
        /// For which role.
        role: MemberRole,
        /// Until when it may be accepted.
        expires_at: Timestamp,
    },
    /// The invited person accepts, with their account.
    JoinSpace {
        /// The invitation.
        invitation: InvitationId,
        /// The account, whose login is the address invited (checked by the caller).
        account: AccountId,
        /// Now.
        at: Timestamp,
    },
    /// A manager removes a member; the last manager stays.
    RemoveMember {
        /// Which account.
        account: AccountId,
    },
    /// A visitor asks for access. The same person within 24 h: nothing to do.
    RequestAccess {
        /// Which school.
        uai: Uai,
        /// The new request.
        request: AccessRequestId,
        /// Who; the person’s id is that of the address.
        requester: Personal<Requester>,
        /// Now.
        at: Timestamp,
    },
    /// A manager agrees.
    GrantAccess {
        /// The request.
        request: AccessRequestId,
        /// The new invitation, to the requester’s address.
        invitation: InvitationId,
        /// Until when it may be accepted.
        expires_at: Timestamp,
    },
    /// A manager does not.
    DeclineAccess {
        /// The request.
        request: AccessRequestId,
    },
    /// A visitor asks which address manages the school; at most `most` times an hour.
    ShowLoginHint {
        /// Now.
        at: Timestamp,
        /// The most that is shown within an hour.
        most: u32,
    },
    /// Stores the signature.
    StoreSignature {
        /// The picture.
        picture: StoredDocument,
    },
    /// Prints it no longer.
    RemoveSignature,
    /// Stores the stamp.
    StoreStamp {
        /// The picture.
        picture: StoredDocument,
    },
    /// Prints it no longer.
    RemoveStamp,
}
