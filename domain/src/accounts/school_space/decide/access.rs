//! Requests for access: heard once in 24 h, granted by an invitation, or declined.

use jiff::{SignedDuration, Timestamp};

use super::{Decision, MemberRole, SchoolSpaceRefusal, Space};
use crate::{
    accounts::school_space::{Requester, SchoolSpaceEvent},
    kernel::{
        ids::{AccessRequestId, InvitationId},
        personal::Personal,
    },
};

/// For so long the same person is not heard again.
pub(crate) const ONCE_IN: SignedDuration = SignedDuration::from_hours(24);

pub(super) fn request(
    space: &Space,
    request: AccessRequestId,
    requester: Personal<Requester>,
    at: Timestamp,
) -> Decision {
    let before = space.asked.get(&requester.person());
    if before.is_some_and(|before| at.duration_since(*before) < ONCE_IN) {
        return Ok(Vec::new());
    }
    Ok(vec![SchoolSpaceEvent::AccessRequested { uai: space.uai.clone(), request, requester, at }])
}

/// The invitation goes to the requester’s address; to nobody when the requester was erased
/// meanwhile, which the letter then says.
pub(super) fn grant(
    space: &Space,
    request: AccessRequestId,
    invitation: InvitationId,
    expires_at: Timestamp,
) -> Decision {
    let email = space.requests.get(&request).ok_or(SchoolSpaceRefusal::RequestUnknown)?;
    let uai = &space.uai;
    Ok(vec![
        SchoolSpaceEvent::AccessGranted { uai: uai.clone(), request, invitation },
        SchoolSpaceEvent::MemberInvited {
            uai: uai.clone(),
            invitation,
            email: email.clone(),
            role: MemberRole::Manager,
            expires_at,
        },
    ])
}

pub(super) fn decline(space: &Space, request: AccessRequestId) -> Decision {
    if !space.requests.contains_key(&request) {
        return Err(SchoolSpaceRefusal::RequestUnknown);
    }
    Ok(vec![SchoolSpaceEvent::AccessDeclined { uai: space.uai.clone(), request }])
}
