//! Every state × command, and random sequences of commands.

use proptest::prelude::*;

use super::*;
use crate::kernel::table::table;

fn commands() -> Vec<(&'static str, SchoolSpaceCommand)> {
    vec![
        ("FoundSpace", found(PAULE)),
        ("InviteMember", invite(MemberRole::Teacher)),
        ("JoinSpace", join(ALI, NOON)),
        ("RemoveMember Paule", remove(PAULE)),
        ("RemoveMember Ali", remove(ALI)),
        ("RequestAccess", request(REQUEST, NOON)),
        ("GrantAccess", grant(REQUEST)),
        ("DeclineAccess", decline(REQUEST)),
        ("ShowLoginHint", hint(NOON)),
        ("StoreSignature", SchoolSpaceCommand::StoreSignature { picture: picture() }),
        ("RemoveSignature", SchoolSpaceCommand::RemoveSignature),
        ("StoreStamp", SchoolSpaceCommand::StoreStamp { picture: picture() }),
        ("RemoveStamp", SchoolSpaceCommand::RemoveStamp),
    ]
}

fn phases() -> Vec<(&'static str, Vec<SchoolSpaceEvent>)> {
    let signature = SchoolSpaceEvent::SignatureStored { uai: vilar(), picture: picture() };
    let stamp = SchoolSpaceEvent::StampStored { uai: vilar(), picture: picture() };
    vec![
        ("Unfounded", vec![]),
        ("One manager", vec![founded(PAULE)]),
        ("Invited", vec![founded(PAULE), invited(MemberRole::Teacher)]),
        ("Asked", vec![founded(PAULE), requested(REQUEST, NOON), shown(NOON)]),
        ("Two managers, signed", vec![founded(PAULE), founded(ALI), signature, stamp]),
    ]
}

#[test]
fn every_state_meets_every_command() {
    assert_eq!(table::<SchoolSpace>(&phases(), &commands()), "
                    Unfounded     One manager         Invited          Asked                        Two managers, signed
FoundSpace          MemberJoined  -                   -                -                            -
InviteMember        ✗NotFounded   MemberInvited       MemberInvited    MemberInvited                MemberInvited
JoinSpace           ✗NotFounded   ✗InvitationUnknown  MemberJoined     ✗InvitationUnknown           ✗AlreadyMember
RemoveMember Paule  ✗NotFounded   ✗LastManager        ✗LastManager     ✗LastManager                 MemberRemoved
RemoveMember Ali    ✗NotFounded   ✗NotAMember         ✗NotAMember      ✗NotAMember                  MemberRemoved
RequestAccess       ✗NotFounded   AccessRequested     AccessRequested  -                            AccessRequested
GrantAccess         ✗NotFounded   ✗RequestUnknown     ✗RequestUnknown  AccessGranted+MemberInvited  ✗RequestUnknown
DeclineAccess       ✗NotFounded   ✗RequestUnknown     ✗RequestUnknown  AccessDeclined               ✗RequestUnknown
ShowLoginHint       ✗NotFounded   LoginHintShown      LoginHintShown   LoginHintShown               LoginHintShown
StoreSignature      ✗NotFounded   SignatureStored     SignatureStored  SignatureStored              SignatureStored
RemoveSignature     ✗NotFounded   ✗NothingStored      ✗NothingStored   ✗NothingStored               SignatureRemoved
StoreStamp          ✗NotFounded   StampStored         StampStored      StampStored                  StampStored
RemoveStamp         ✗NotFounded   ✗NothingStored      ✗NothingStored   ✗NothingStored               StampRemoved");
}

fn any_command() -> impl Strategy<Value = SchoolSpaceCommand> {
    let account = || (1_u128..4).prop_map(AccountId::from_u128);
    let now = || (0_i64..3000).prop_map(after);
    let asked = (1_u128..4).prop_map(AccessRequestId::from_u128);
    prop_oneof![
        prop::sample::select(commands()).prop_map(|(_, command)| command),
        account().prop_map(found),
        account().prop_map(remove),
        (account(), now()).prop_map(|(account, at)| join(account, at)),
        (asked, now()).prop_map(|(id, at)| request(id, at)),
        now().prop_map(hint),
    ]
}

proptest! {
    #[test]
    fn a_space_once_founded_always_has_a_manager(
        commands in prop::collection::vec(any_command(), 0..60)
    ) {
        let mut state = SchoolSpaceState::default();
        let mut log = Vec::new();
        for command in commands {
            let Ok(events) = SchoolSpace::decide(&state, command) else { continue };
            state = events.iter().fold(state, SchoolSpace::evolve);
            log.extend(events);

            match &state {
                SchoolSpaceState::Unfounded => prop_assert!(log.is_empty()),
                SchoolSpaceState::Founded(space) => {
                    prop_assert!(space.members.values().any(|role| *role == MemberRole::Manager));
                }
            }
        }

        prop_assert_eq!(replayed::<SchoolSpace>(&log).unwrap(), state);
    }

    #[test]
    fn no_more_than_three_hints_fall_within_any_hour(
        mut minutes in prop::collection::vec(0_i64..300, 0..60)
    ) {
        minutes.sort_unstable();
        let mut state = [founded(PAULE)].iter().fold(SchoolSpaceState::default(), SchoolSpace::evolve);
        let mut shown_at = Vec::new();
        for minute in minutes {
            if let Ok(events) = SchoolSpace::decide(&state, hint(after(minute))) {
                state = events.iter().fold(state, SchoolSpace::evolve);
                shown_at.push(minute);
            }
        }

        for window in shown_at.windows(4) {
            prop_assert!(window[3] - window[0] >= 60);
        }
    }
}
