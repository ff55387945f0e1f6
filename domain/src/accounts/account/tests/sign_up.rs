//! Signing up, verifying, changing what is known of the holder, closing.

use super::*;
use crate::accounts::account::LOGIN;

fn verify(link: LinkId, at: Timestamp) -> AccountCommand {
    AccountCommand::VerifyEmail { link, at }
}

#[test]
fn a_visitor_signs_up() {
    given::<Account>(&[]).when(register()).then(&[registered()]);
}

#[test]
fn signing_up_again_before_verifying_supersedes_on_the_same_account() {
    let again = AccountCommand::RegisterAccount {
        account: AccountId::from_u128(99),
        school: vilar(),
        login: login(),
        holder: holder("Durand"),
    };
    let superseded = AccountEvent::AccountRegistered {
        account: ACCOUNT,
        school: vilar(),
        login: login(),
        holder: holder("Durand"),
    };

    given::<Account>(&[registered(), verification(FIRST)]).when(again).then(&[superseded]);
}

#[test]
fn the_links_of_a_superseded_sign_up_are_dead() {
    let log = [registered(), verification(FIRST), reset(SECOND), registered()];

    given::<Account>(&log).when(verify(FIRST, NOON)).then_refused(&AccountRefusal::LinkUnknown);
    given::<Account>(&log)
        .when(AccountCommand::ResetPassword { link: SECOND, at: NOON })
        .then_refused(&AccountRefusal::LinkUnknown);
}

#[test]
fn whoever_reads_the_mailbox_may_say_that_it_was_not_them_late_too() {
    let decline = |link| AccountCommand::DeclineSignUp { link };
    let log = [registered(), verification(FIRST), verification(SECOND)];

    given::<Account>(&log).when(decline(FIRST)).then_refused(&AccountRefusal::LinkUnknown);
    given::<Account>(&log).when(decline(SECOND)).then(&[account_closed()]);
    given::<Account>(&verified(&[]))
        .when(decline(FIRST))
        .then_refused(&AccountRefusal::AlreadyRegistered);
}

#[test]
fn the_link_that_verifies_may_choose_another_password_instead() {
    let choose = |link, at| AccountCommand::ResetPassword { link, at };
    let log = [registered(), verification(FIRST), reset(SECOND)];
    let effect = [proved(), password_changed(PasswordChange::ByLink)];

    given::<Account>(&log).when(choose(FIRST, NOON)).then(&effect);
    given::<Account>(&log).when(choose(SECOND, NOON)).then(&effect);
    given::<Account>(&log)
        .when(choose(FIRST, after(5)))
        .then_refused(&AccountRefusal::LinkExpired { expired_at: after(5) });
    given::<Account>(&verified(&[]))
        .when(choose(FIRST, NOON))
        .then_refused(&AccountRefusal::LinkUnknown);
}

#[test]
fn an_invitation_that_came_back_proves_the_address() {
    let proved = AccountEvent::EmailVerified { account: ACCOUNT, school: vilar() };

    given::<Account>(&[registered()]).when(AccountCommand::ProveEmail).then(&[proved]);
    given::<Account>(&verified(&[])).when(AccountCommand::ProveEmail).then_nothing();
}

#[test]
fn a_verified_account_cannot_be_registered_anew() {
    given::<Account>(&verified(&[]))
        .when(register())
        .then_refused(&AccountRefusal::AlreadyRegistered);
}

#[test]
fn verifying_says_which_school_is_founded() {
    given::<Account>(&[registered(), verification(FIRST)])
        .when(verify(FIRST, NOON))
        .then(&[proved()]);
}

#[test]
fn only_the_link_last_sent_verifies() {
    let log = [registered(), verification(FIRST), verification(SECOND)];

    given::<Account>(&log).when(verify(FIRST, NOON)).then_refused(&AccountRefusal::LinkUnknown);
    given::<Account>(&log).when(verify(SECOND, NOON)).then(&[proved()]);
}

#[test]
fn verifying_twice_does_no_harm() {
    given::<Account>(&verified(&[])).when(verify(FIRST, after(60))).then_nothing();
}

#[test]
fn a_verified_account_asks_for_no_verification() {
    given::<Account>(&verified(&[]))
        .when(AccountCommand::RequestVerification { link: SECOND, expires_at: after(5) })
        .then_nothing();
}

#[test]
fn a_version_of_the_terms_is_accepted_once() {
    given::<Account>(&verified(&[])).when(terms("2026-09")).then(&[terms_accepted("2026-09")]);
    given::<Account>(&verified(&[terms_accepted("2026-09")])).when(terms("2026-09")).then_nothing();
    given::<Account>(&verified(&[terms_accepted("2026-09")]))
        .when(terms("2027-01"))
        .then(&[terms_accepted("2027-01")]);
}

#[test]
fn the_office_of_operator_is_given_and_taken_once() {
    let appointed = AccountEvent::OperatorAppointed { account: ACCOUNT };
    let dismissed = AccountEvent::OperatorDismissed { account: ACCOUNT };

    given::<Account>(&verified(&[]))
        .when(AccountCommand::AppointOperator)
        .then(std::slice::from_ref(&appointed));
    given::<Account>(&verified(std::slice::from_ref(&appointed)))
        .when(AccountCommand::AppointOperator)
        .then_refused(&AccountRefusal::SameOffice);
    given::<Account>(&verified(std::slice::from_ref(&appointed)))
        .when(AccountCommand::DismissOperator)
        .then(std::slice::from_ref(&dismissed));
    given::<Account>(&verified(&[appointed, dismissed]))
        .when(AccountCommand::DismissOperator)
        .then_refused(&AccountRefusal::SameOffice);
}

#[test]
fn a_sign_up_takes_its_login_and_a_closed_account_gives_it_back() {
    let key = || ClaimKey::Personal(HOLDER, "ce.0491234a@ac-nantes.fr".to_owned());
    let take = Claim::Take { scope: LOGIN, key: key() };
    let release = Claim::Release { scope: LOGIN, key: key() };

    assert_eq!(claims(&registered()), [take]);
    assert_eq!(claims(&account_closed()), [release]);
}

#[test]
fn an_account_closes_with_the_login_it_has_by_then() {
    given::<Account>(&verified(&[email_change(SECOND), email_changed()]))
        .when(AccountCommand::CloseAccount)
        .then(&[AccountEvent::AccountClosed { account: ACCOUNT, login: new_login() }]);
}

fn claims(event: &AccountEvent) -> Vec<Claim> {
    crate::kernel::decider::Event::claims(event)
}
