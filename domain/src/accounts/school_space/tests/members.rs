//! Founding, inviting, joining, leaving; the signature and the stamp.

use super::*;

#[test]
fn the_institutional_address_founds_the_space() {
    given::<SchoolSpace>(&[]).when(found(PAULE)).then(&[founded(PAULE)]);
}

#[test]
fn founding_twice_does_nothing_more() {
    given::<SchoolSpace>(&[founded(PAULE)]).when(found(PAULE)).then_nothing();
}

#[test]
fn another_account_of_the_institutional_address_manages_too() {
    given::<SchoolSpace>(&[founded(PAULE)]).when(found(ALI)).then(&[founded(ALI)]);
}

#[test]
fn a_teacher_who_proves_the_institutional_address_manages() {
    let log = [founded(PAULE), invited(MemberRole::Teacher), joined(ALI, MemberRole::Teacher)];

    given::<SchoolSpace>(&log).when(found(ALI)).then(&[founded(ALI)]);
}

#[test]
fn an_invitation_is_accepted_in_the_role_it_is_for() {
    for role in [MemberRole::Manager, MemberRole::Teacher] {
        given::<SchoolSpace>(&[founded(PAULE)]).when(invite(role)).then(&[invited(role)]);
        given::<SchoolSpace>(&[founded(PAULE), invited(role)])
            .when(join(ALI, NOON))
            .then(&[joined(ALI, role)]);
    }
}

#[test]
fn an_invitation_is_accepted_once() {
    let log = [founded(PAULE), invited(MemberRole::Teacher), joined(ALI, MemberRole::Teacher)];

    given::<SchoolSpace>(&log)
        .when(join(AccountId::from_u128(8), NOON))
        .then_refused(&SchoolSpaceRefusal::InvitationUnknown);
}

#[test]
fn an_invitation_expires_on_the_instant() {
    let log = [founded(PAULE), invited(MemberRole::Teacher)];

    given::<SchoolSpace>(&log)
        .when(join(ALI, after(60)))
        .then_refused(&SchoolSpaceRefusal::InvitationExpired { expired_at: after(60) });
    given::<SchoolSpace>(&log).when(join(ALI, after(59))).then(&[joined(ALI, MemberRole::Teacher)]);
}

#[test]
fn a_member_does_not_join_again() {
    given::<SchoolSpace>(&[founded(PAULE), invited(MemberRole::Teacher)])
        .when(join(PAULE, NOON))
        .then_refused(&SchoolSpaceRefusal::AlreadyMember);
}

#[test]
fn a_member_is_removed_and_may_be_invited_back() {
    let log = [founded(PAULE), invited(MemberRole::Teacher), joined(ALI, MemberRole::Teacher)];
    given::<SchoolSpace>(&log).when(remove(ALI)).then(&[removed(ALI)]);

    let log = [&log[..], &[removed(ALI), invited(MemberRole::Manager)]].concat();
    given::<SchoolSpace>(&log).when(join(ALI, NOON)).then(&[joined(ALI, MemberRole::Manager)]);
}

#[test]
fn a_stranger_is_not_removed() {
    given::<SchoolSpace>(&[founded(PAULE)])
        .when(remove(ALI))
        .then_refused(&SchoolSpaceRefusal::NotAMember);
}

#[test]
fn the_last_manager_stays() {
    let with_teacher =
        [founded(PAULE), invited(MemberRole::Teacher), joined(ALI, MemberRole::Teacher)];

    given::<SchoolSpace>(&with_teacher)
        .when(remove(PAULE))
        .then_refused(&SchoolSpaceRefusal::LastManager);
    given::<SchoolSpace>(&[founded(PAULE), founded(ALI)])
        .when(remove(PAULE))
        .then(&[removed(PAULE)]);
}

#[test]
fn the_signature_is_removed_once() {
    let stored = SchoolSpaceEvent::SignatureStored { uai: vilar(), picture: picture() };
    let gone = SchoolSpaceEvent::SignatureRemoved { uai: vilar() };

    given::<SchoolSpace>(&[founded(PAULE)])
        .when(SchoolSpaceCommand::StoreSignature { picture: picture() })
        .then(std::slice::from_ref(&stored));
    given::<SchoolSpace>(&[founded(PAULE), stored.clone()])
        .when(SchoolSpaceCommand::RemoveSignature)
        .then(std::slice::from_ref(&gone));
    given::<SchoolSpace>(&[founded(PAULE), stored, gone])
        .when(SchoolSpaceCommand::RemoveSignature)
        .then_refused(&SchoolSpaceRefusal::NothingStored);
}

#[test]
fn the_stamp_is_removed_once() {
    let stored = SchoolSpaceEvent::StampStored { uai: vilar(), picture: picture() };
    let gone = SchoolSpaceEvent::StampRemoved { uai: vilar() };

    given::<SchoolSpace>(&[founded(PAULE)])
        .when(SchoolSpaceCommand::StoreStamp { picture: picture() })
        .then(std::slice::from_ref(&stored));
    given::<SchoolSpace>(&[founded(PAULE), stored.clone()])
        .when(SchoolSpaceCommand::RemoveStamp)
        .then(std::slice::from_ref(&gone));
    given::<SchoolSpace>(&[founded(PAULE), stored, gone])
        .when(SchoolSpaceCommand::RemoveStamp)
        .then_refused(&SchoolSpaceRefusal::NothingStored);
}
