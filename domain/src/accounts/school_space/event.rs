//! What happened to a school’s space.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::kernel::{
    decider::Event,
    document::StoredDocument,
    email::Email,
    ids::{AccessRequestId, AccountId, InvitationId},
    personal::Personal,
    uai::Uai,
};

/// What a member may do for the school.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum MemberRole {
    /// Everything; also the host’s side where the school is a host.
    Manager,
    /// The slots, lists of the day, attendance and appreciations of a host.
    Teacher,
}

/// How a member came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum JoinedThrough {
    /// By verifying the school’s institutional address.
    InstitutionalAddress,
    /// By an invitation.
    Invitation {
        /// Which.
        invitation: InvitationId,
    },
}

/// Who asks for access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Requester {
    /// « Nom ».
    pub last_name: String,
    /// « Prénom ».
    pub first_name: String,
    /// « Fonction ».
    pub function: String,
    /// « Adresse académique ».
    pub email: Email,
}

/// What happened to a school’s space.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum SchoolSpaceEvent {
    /// Someone was invited; the invitation is mailed.
    MemberInvited {
        /// Which school.
        uai: Uai,
        /// The invitation.
        invitation: InvitationId,
        /// To which address.
        email: Personal<Email>,
        /// For which role.
        role: MemberRole,
        /// Until when it may be accepted.
        expires_at: Timestamp,
    },
    /// An account manages the school, or teaches there.
    MemberJoined {
        /// Which school.
        uai: Uai,
        /// Which account.
        account: AccountId,
        /// In which role.
        role: MemberRole,
        /// How.
        through: JoinedThrough,
    },
    /// It does no longer.
    MemberRemoved {
        /// Which school.
        uai: Uai,
        /// Which account.
        account: AccountId,
    },
    /// Someone asked for access; the managers are told by mail.
    AccessRequested {
        /// Which school.
        uai: Uai,
        /// The request.
        request: AccessRequestId,
        /// Who.
        requester: Personal<Requester>,
        /// When: the same person is heard once in 24 h.
        at: Timestamp,
    },
    /// A manager agreed: an invitation follows.
    AccessGranted {
        /// Which school.
        uai: Uai,
        /// The request.
        request: AccessRequestId,
        /// The invitation that follows.
        invitation: InvitationId,
    },
    /// A manager did not.
    AccessDeclined {
        /// Which school.
        uai: Uai,
        /// The request.
        request: AccessRequestId,
    },
    /// The first two letters of the manager’s address were shown to a visitor.
    LoginHintShown {
        /// Which school.
        uai: Uai,
        /// When: it is shown so many times an hour.
        at: Timestamp,
    },
    /// The signature printed on conventions.
    SignatureStored {
        /// Which school.
        uai: Uai,
        /// The picture, sealed with the key of the person who signs.
        picture: StoredDocument,
    },
    /// It is printed no longer.
    SignatureRemoved {
        /// Which school.
        uai: Uai,
    },
    /// The stamp printed on conventions.
    StampStored {
        /// Which school.
        uai: Uai,
        /// The picture.
        picture: StoredDocument,
    },
    /// It is printed no longer.
    StampRemoved {
        /// Which school.
        uai: Uai,
    },
}

impl Event for SchoolSpaceEvent {
    fn name(&self) -> &'static str {
        self.into()
    }
}
