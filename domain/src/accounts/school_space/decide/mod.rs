//! What a command does.

mod access;
mod hint;
mod members;

pub(super) use access::ONCE_IN;
pub(super) use hint::WINDOW;

use super::{
    JoinedThrough, MemberRole,
    SchoolSpaceCommand::{
        self, DeclineAccess, FoundSpace, GrantAccess, InviteMember, JoinSpace, RemoveMember,
        RemoveSignature, RemoveStamp, RequestAccess, ShowLoginHint, StoreSignature, StoreStamp,
    },
    SchoolSpaceEvent::{
        self, MemberJoined, SignatureRemoved, SignatureStored, StampRemoved, StampStored,
    },
    SchoolSpaceRefusal::{self, NotFounded, NothingStored},
    SchoolSpaceState::{self, Founded, Unfounded},
    Space,
};

type Decision = Result<Vec<SchoolSpaceEvent>, SchoolSpaceRefusal>;

pub(super) fn decide(state: &SchoolSpaceState, command: SchoolSpaceCommand) -> Decision {
    match state {
        Unfounded => unfounded(command),
        Founded(space) => founded(space, command),
    }
}

fn unfounded(command: SchoolSpaceCommand) -> Decision {
    match command {
        FoundSpace { uai, account } => Ok(vec![MemberJoined {
            uai,
            account,
            role: MemberRole::Manager,
            through: JoinedThrough::InstitutionalAddress,
        }]),
        InviteMember { .. }
        | JoinSpace { .. }
        | RemoveMember { .. }
        | RequestAccess { .. }
        | GrantAccess { .. }
        | DeclineAccess { .. }
        | ShowLoginHint { .. }
        | StoreSignature { .. }
        | RemoveSignature
        | StoreStamp { .. }
        | RemoveStamp => Err(NotFounded),
    }
}

fn founded(space: &Space, command: SchoolSpaceCommand) -> Decision {
    let uai = || space.uai.clone();
    match command {
        FoundSpace { account, .. } => members::found(space, account),
        InviteMember { invitation, email, role, expires_at, .. } => {
            Ok(vec![SchoolSpaceEvent::MemberInvited {
                uai: uai(),
                invitation,
                email,
                role,
                expires_at,
            }])
        }
        JoinSpace { invitation, account, at } => members::join(space, invitation, account, at),
        RemoveMember { account } => members::remove(space, account),
        RequestAccess { request, requester, at, .. } => {
            access::request(space, request, requester, at)
        }
        GrantAccess { request, invitation, expires_at } => {
            access::grant(space, request, invitation, expires_at)
        }
        DeclineAccess { request } => access::decline(space, request),
        ShowLoginHint { at, most } => hint::show(space, at, most),
        StoreSignature { picture } => Ok(vec![SignatureStored { uai: uai(), picture }]),
        StoreStamp { picture } => Ok(vec![StampStored { uai: uai(), picture }]),
        RemoveSignature => stored(space.signature, SignatureRemoved { uai: uai() }),
        RemoveStamp => stored(space.stamp, StampRemoved { uai: uai() }),
    }
}

fn stored(is_stored: bool, removed: SchoolSpaceEvent) -> Decision {
    if is_stored { Ok(vec![removed]) } else { Err(NothingStored) }
}
