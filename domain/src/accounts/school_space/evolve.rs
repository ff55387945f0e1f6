//! What an event changes.

use jiff::Timestamp;

use super::{
    Invitation, JoinedThrough, Requester,
    SchoolSpaceEvent::{
        self, AccessDeclined, AccessGranted, AccessRequested, LoginHintShown, MemberInvited,
        MemberJoined, MemberRemoved, SignatureRemoved, SignatureStored, StampRemoved, StampStored,
    },
    SchoolSpaceState::{self, Founded, Unfounded},
    Space,
    decide::{ONCE_IN, WINDOW},
};
use crate::kernel::{email::Email, ids::AccessRequestId, personal::Personal};

pub(super) fn evolve(state: SchoolSpaceState, event: &SchoolSpaceEvent) -> SchoolSpaceState {
    match (state, event) {
        (Founded(space), event) => Founded(space.after(event)),
        (Unfounded, MemberJoined { uai, .. }) => {
            let space = Space {
                uai: uai.clone(),
                members: [].into(),
                invitations: [].into(),
                requests: [].into(),
                asked: [].into(),
                hints: Vec::new(),
                signature: false,
                stamp: false,
            };
            Founded(space.after(event))
        }
        (
            Unfounded,
            MemberInvited { .. }
            | MemberRemoved { .. }
            | AccessRequested { .. }
            | AccessGranted { .. }
            | AccessDeclined { .. }
            | LoginHintShown { .. }
            | SignatureStored { .. }
            | SignatureRemoved { .. }
            | StampStored { .. }
            | StampRemoved { .. },
        ) => Unfounded,
    }
}

impl Space {
    fn after(mut self, event: &SchoolSpaceEvent) -> Self {
        match event {
            MemberInvited { invitation, role, expires_at, .. } => {
                let open = Invitation { role: *role, expires_at: *expires_at };
                self.invitations.insert(*invitation, open);
            }
            MemberJoined { account, role, through, .. } => {
                self.members.insert(*account, *role);
                match through {
                    JoinedThrough::Invitation { invitation } => {
                        self.invitations.remove(invitation);
                    }
                    JoinedThrough::InstitutionalAddress => {}
                }
            }
            MemberRemoved { account, .. } => {
                self.members.remove(account);
            }
            AccessRequested { request, requester, at, .. } => {
                self.requested(*request, requester, *at);
            }
            AccessGranted { request, .. } | AccessDeclined { request, .. } => {
                self.answered(*request);
            }
            LoginHintShown { at, .. } => {
                self.hints.retain(|shown| at.duration_since(*shown) < WINDOW);
                self.hints.push(*at);
            }
            SignatureStored { .. } => self.signature = true,
            SignatureRemoved { .. } => self.signature = false,
            StampStored { .. } => self.stamp = true,
            StampRemoved { .. } => self.stamp = false,
        }
        self
    }

    fn requested(
        &mut self,
        request: AccessRequestId,
        requester: &Personal<Requester>,
        at: Timestamp,
    ) {
        let person = requester.person();
        let email = match requester.known() {
            Some(requester) => Personal::new(person, requester.email.clone()),
            None => Personal::erased(person),
        };
        self.requests.insert(request, email);
        self.asked.retain(|_, before| at.duration_since(*before) < ONCE_IN);
        self.asked.insert(person, at);
    }

    /// One answer is for all that the same person asked.
    fn answered(&mut self, request: AccessRequestId) {
        let person = self.requests.get(&request).map(Personal::<Email>::person);
        self.requests.retain(|_, email| Some(email.person()) != person);
    }
}
