//! Who joins and who leaves.

use jiff::Timestamp;

use super::{Decision, JoinedThrough, MemberJoined, MemberRole, SchoolSpaceRefusal, Space};
use crate::{
    accounts::school_space::SchoolSpaceEvent,
    kernel::ids::{AccountId, InvitationId},
};

/// Whoever proves the institutional address manages the school, also beside others and after
/// having taught there.
pub(super) fn found(space: &Space, account: AccountId) -> Decision {
    match space.members.get(&account) {
        Some(MemberRole::Manager) => Ok(Vec::new()),
        Some(MemberRole::Teacher) | None => Ok(vec![MemberJoined {
            uai: space.uai.clone(),
            account,
            role: MemberRole::Manager,
            through: JoinedThrough::InstitutionalAddress,
        }]),
    }
}

pub(super) fn join(
    space: &Space,
    invitation: InvitationId,
    account: AccountId,
    at: Timestamp,
) -> Decision {
    if space.members.contains_key(&account) {
        return Err(SchoolSpaceRefusal::AlreadyMember);
    }
    let open = space.invitations.get(&invitation).ok_or(SchoolSpaceRefusal::InvitationUnknown)?;
    if at >= open.expires_at {
        return Err(SchoolSpaceRefusal::InvitationExpired { expired_at: open.expires_at });
    }
    Ok(vec![MemberJoined {
        uai: space.uai.clone(),
        account,
        role: open.role,
        through: JoinedThrough::Invitation { invitation },
    }])
}

pub(super) fn remove(space: &Space, account: AccountId) -> Decision {
    let role = space.members.get(&account).ok_or(SchoolSpaceRefusal::NotAMember)?;
    let managers = space.members.values().filter(|role| **role == MemberRole::Manager);
    if *role == MemberRole::Manager && managers.count() == 1 {
        return Err(SchoolSpaceRefusal::LastManager);
    }
    Ok(vec![SchoolSpaceEvent::MemberRemoved { uai: space.uai.clone(), account }])
}
