//! What follows from events of accounts and schools’ spaces.

use jiff::Timestamp;

use super::*;
use crate::accounts::{
    account::{AccountEvent, PasswordChange},
    school_space::{MemberRole, Requester, SchoolSpaceEvent},
};

const EXPIRES_AT: Timestamp = Timestamp::UNIX_EPOCH;

fn about_account(link: Option<LinkId>) -> About {
    About { account: Some(ACCOUNT), link, ..About::default() }
}

fn to_account(template: Template, link: Option<LinkId>) -> Reaction {
    letter(template, Recipient::Account { account: ACCOUNT }, about_account(link))
}

fn about_request() -> About {
    About { school: Some(college()), request: Some(REQUEST), ..About::default() }
}

#[test]
fn a_verified_institutional_address_founds_the_schools_space() {
    let verified = |school| AccountEvent::EmailVerified { account: ACCOUNT, school };

    follows(
        verified(Some(college())),
        &[Reaction::FoundSpace { uai: college(), account: ACCOUNT }],
    );
    follows(verified(None), &[]);
}

#[test]
fn a_link_that_was_asked_for_is_mailed_to_the_account() {
    follows(
        AccountEvent::VerificationRequested {
            account: ACCOUNT,
            link: LINK,
            expires_at: EXPIRES_AT,
        },
        &[to_account(Template::VerifyEmail, Some(LINK))],
    );
    follows(
        AccountEvent::PasswordResetRequested {
            account: ACCOUNT,
            link: LINK,
            expires_at: EXPIRES_AT,
        },
        &[to_account(Template::ResetPassword, Some(LINK))],
    );
    follows(
        AccountEvent::SignInLinkRequested { account: ACCOUNT, link: LINK, expires_at: EXPIRES_AT },
        &[to_account(Template::SignInLink, Some(LINK))],
    );
}

#[test]
fn the_link_that_changes_the_login_goes_to_the_address_wanted() {
    follows(
        AccountEvent::EmailChangeRequested {
            account: ACCOUNT,
            link: LINK,
            login: Personal::new(ZOE, "zoe@college.fr".parse().unwrap()),
            expires_at: EXPIRES_AT,
        },
        &[letter(
            Template::EmailChange,
            Recipient::NewAddress { account: ACCOUNT },
            about_account(Some(LINK)),
        )],
    );
}

#[test]
fn the_holder_is_told_of_a_new_password_and_of_a_lock() {
    for how in [PasswordChange::ByHolder, PasswordChange::ByLink] {
        follows(
            AccountEvent::PasswordChanged { account: ACCOUNT, how },
            &[to_account(Template::PasswordChanged, None)],
        );
    }
    follows(
        AccountEvent::AccountLocked { account: ACCOUNT, until: EXPIRES_AT },
        &[to_account(Template::AccountLocked, None)],
    );
}

#[test]
fn the_managers_of_a_school_are_told_who_asks_for_access() {
    let requester = Requester {
        last_name: "Martin".to_owned(),
        first_name: "Paul".to_owned(),
        function: "CPE".to_owned(),
        email: "paul.martin@ac-lille.fr".parse().unwrap(),
    };

    follows(
        SchoolSpaceEvent::AccessRequested {
            uai: college(),
            request: REQUEST,
            requester: Personal::new(ZOE, requester),
            at: EXPIRES_AT,
        },
        &[letter(Template::AccessRequested, Recipient::School { uai: college() }, about_request())],
    );
}

#[test]
fn whoever_asked_is_told_of_a_refusal() {
    follows(
        SchoolSpaceEvent::AccessDeclined { uai: college(), request: REQUEST },
        &[letter(
            Template::AccessDeclined,
            Recipient::Requester { uai: college(), request: REQUEST },
            about_request(),
        )],
    );
}

#[test]
fn an_invitation_is_mailed_to_the_invited_alone() {
    follows(
        SchoolSpaceEvent::MemberInvited {
            uai: college(),
            invitation: INVITATION,
            email: Personal::new(ZOE, "zoe@college.fr".parse().unwrap()),
            role: MemberRole::Manager,
            expires_at: EXPIRES_AT,
        },
        &[letter(
            Template::MemberInvited,
            Recipient::Invited { uai: college(), invitation: INVITATION },
            About { school: Some(college()), invitation: Some(INVITATION), ..About::default() },
        )],
    );
    follows(
        SchoolSpaceEvent::AccessGranted {
            uai: college(),
            request: REQUEST,
            invitation: INVITATION,
        },
        &[],
    );
}

#[test]
fn whoever_is_erased_signs_in_no_more() {
    use crate::operations::erasure::{ErasureEvent, ErasureGround};

    follows(
        ErasureEvent::SubjectErased { person: ZOE, ground: ErasureGround::Request },
        &[Reaction::CloseAccess { person: ZOE }, Reaction::EraseScans { person: ZOE }],
    );
}

#[test]
fn a_stack_that_is_erased_erases_no_other() {
    use crate::operations::erasure::{ErasureEvent, ErasureGround};

    follows(
        ErasureEvent::SubjectErased { person: ZOE, ground: ErasureGround::Scan },
        &[Reaction::CloseAccess { person: ZOE }],
    );
}
