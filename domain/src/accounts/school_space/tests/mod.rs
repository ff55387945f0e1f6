//! The rules, one test each, by theme; then every state × command, and random sequences.

mod access;
mod members;
mod table;

use jiff::{SignedDuration, Timestamp};

use super::{
    JoinedThrough, MemberRole, Requester, SchoolSpace, SchoolSpaceCommand, SchoolSpaceEvent,
    SchoolSpaceRefusal, SchoolSpaceState,
};
use crate::kernel::{
    decider::Decider,
    document::StoredDocument,
    email::Email,
    ids::{AccessRequestId, AccountId, InvitationId, PersonId},
    personal::Personal,
    spec::{given, replayed},
    uai::Uai,
};

const PAULE: AccountId = AccountId::from_u128(1);
const ALI: AccountId = AccountId::from_u128(2);
const ALI_HIMSELF: PersonId = PersonId::from_u128(3);
const INVITATION: InvitationId = InvitationId::from_u128(4);
const REQUEST: AccessRequestId = AccessRequestId::from_u128(5);
const NOON: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn vilar() -> Uai {
    "0491234A".parse().unwrap()
}

fn after(minutes: i64) -> Timestamp {
    NOON + SignedDuration::from_mins(minutes)
}

fn email() -> Personal<Email> {
    Personal::new(ALI_HIMSELF, "ali.benali@ac-nantes.fr".parse().unwrap())
}

fn requester() -> Personal<Requester> {
    Personal::new(
        ALI_HIMSELF,
        Requester {
            last_name: "Benali".to_owned(),
            first_name: "Ali".to_owned(),
            function: "Professeur".to_owned(),
            email: "ali.benali@ac-nantes.fr".parse().unwrap(),
        },
    )
}

fn picture() -> StoredDocument {
    StoredDocument {
        blob: "ab".repeat(32),
        length: 2048,
        digest: Personal::new(PersonId::from_u128(9), "cd".repeat(32)),
    }
}

fn found(account: AccountId) -> SchoolSpaceCommand {
    SchoolSpaceCommand::FoundSpace { uai: vilar(), account }
}

fn invite(role: MemberRole) -> SchoolSpaceCommand {
    SchoolSpaceCommand::InviteMember {
        uai: vilar(),
        invitation: INVITATION,
        email: email(),
        role,
        expires_at: after(60),
    }
}

fn join(account: AccountId, at: Timestamp) -> SchoolSpaceCommand {
    SchoolSpaceCommand::JoinSpace { invitation: INVITATION, account, at }
}

fn remove(account: AccountId) -> SchoolSpaceCommand {
    SchoolSpaceCommand::RemoveMember { account }
}

fn request(request: AccessRequestId, at: Timestamp) -> SchoolSpaceCommand {
    SchoolSpaceCommand::RequestAccess { uai: vilar(), request, requester: requester(), at }
}

fn grant(request: AccessRequestId) -> SchoolSpaceCommand {
    SchoolSpaceCommand::GrantAccess { request, invitation: INVITATION, expires_at: after(60) }
}

fn decline(request: AccessRequestId) -> SchoolSpaceCommand {
    SchoolSpaceCommand::DeclineAccess { request }
}

fn hint(at: Timestamp) -> SchoolSpaceCommand {
    SchoolSpaceCommand::ShowLoginHint { at, most: 3 }
}

fn founded(account: AccountId) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberJoined {
        uai: vilar(),
        account,
        role: MemberRole::Manager,
        through: JoinedThrough::InstitutionalAddress,
    }
}

fn invited(role: MemberRole) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberInvited {
        uai: vilar(),
        invitation: INVITATION,
        email: email(),
        role,
        expires_at: after(60),
    }
}

fn joined(account: AccountId, role: MemberRole) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberJoined {
        uai: vilar(),
        account,
        role,
        through: JoinedThrough::Invitation { invitation: INVITATION },
    }
}

fn removed(account: AccountId) -> SchoolSpaceEvent {
    SchoolSpaceEvent::MemberRemoved { uai: vilar(), account }
}

fn requested(request: AccessRequestId, at: Timestamp) -> SchoolSpaceEvent {
    SchoolSpaceEvent::AccessRequested { uai: vilar(), request, requester: requester(), at }
}

fn granted(request: AccessRequestId) -> SchoolSpaceEvent {
    SchoolSpaceEvent::AccessGranted { uai: vilar(), request, invitation: INVITATION }
}

fn declined(request: AccessRequestId) -> SchoolSpaceEvent {
    SchoolSpaceEvent::AccessDeclined { uai: vilar(), request }
}

fn shown(at: Timestamp) -> SchoolSpaceEvent {
    SchoolSpaceEvent::LoginHintShown { uai: vilar(), at }
}
