//! Signing in by password, the lock, and how it opens.

use super::*;

#[test]
fn the_right_password_signs_in() {
    given::<Account>(&verified(&[])).when(sign_in(true, NOON)).then(&[SIGNED_IN]);
}

#[test]
fn the_right_password_of_an_unverified_account_is_refused() {
    given::<Account>(&[registered()])
        .when(sign_in(true, NOON))
        .then_refused(&AccountRefusal::NotVerified);
}

#[test]
fn a_wrong_password_is_recorded() {
    given::<Account>(&verified(&[FAILED])).when(sign_in(false, NOON)).then(&[FAILED]);
}

#[test]
fn the_third_wrong_password_in_a_row_locks() {
    given::<Account>(&verified(&[FAILED, FAILED]))
        .when(sign_in(false, NOON))
        .then(&[FAILED, locked()]);
}

#[test]
fn an_unverified_account_locks_too() {
    given::<Account>(&[registered(), FAILED, FAILED])
        .when(sign_in(false, NOON))
        .then(&[FAILED, locked()]);
}

#[test]
fn a_success_in_between_clears_the_count() {
    given::<Account>(&verified(&[FAILED, FAILED, SIGNED_IN]))
        .when(sign_in(false, NOON))
        .then(&[FAILED]);
}

#[test]
fn a_locked_account_refuses_whatever_the_password() {
    let log = verified(&[FAILED, FAILED, FAILED, locked()]);
    let refusal = AccountRefusal::Locked { until: after(15) };

    given::<Account>(&log).when(sign_in(true, after(14))).then_refused(&refusal);
    given::<Account>(&log).when(sign_in(false, after(14))).then_refused(&refusal);
}

#[test]
fn the_lock_opens_at_its_time() {
    given::<Account>(&verified(&[FAILED, FAILED, FAILED, locked()]))
        .when(sign_in(true, after(15)))
        .then(&[SIGNED_IN]);
}

#[test]
fn after_a_lock_the_count_starts_again() {
    let log = verified(&[FAILED, FAILED, FAILED, locked(), FAILED]);

    given::<Account>(&log).when(sign_in(false, after(15))).then(&[FAILED]);
}

#[test]
fn a_lock_opens_before_its_time_once() {
    let unlocked = AccountEvent::AccountUnlocked { account: ACCOUNT };

    given::<Account>(&verified(&[locked()]))
        .when(AccountCommand::UnlockAccount)
        .then(std::slice::from_ref(&unlocked));
    given::<Account>(&verified(&[locked(), unlocked.clone()]))
        .when(AccountCommand::UnlockAccount)
        .then_refused(&AccountRefusal::NotLocked);
    given::<Account>(&verified(&[locked(), unlocked])).when(sign_in(true, NOON)).then(&[SIGNED_IN]);
}

#[test]
fn a_new_password_opens_the_lock_and_clears_the_count() {
    let changed = password_changed(PasswordChange::ByLink);

    given::<Account>(&verified(&[locked(), changed.clone()]))
        .when(sign_in(true, NOON))
        .then(&[SIGNED_IN]);
    given::<Account>(&verified(&[FAILED, FAILED, changed]))
        .when(sign_in(false, NOON))
        .then(&[FAILED]);
}

#[test]
fn a_lock_length_beyond_the_calendar_lasts_for_ever() {
    let attempt = AccountCommand::SignIn {
        right: false,
        at: Timestamp::MAX,
        lockout: Lockout { failures: 1, minutes: u32::MAX },
    };

    given::<Account>(&verified(&[]))
        .when(attempt)
        .then(&[FAILED, AccountEvent::AccountLocked { account: ACCOUNT, until: Timestamp::MAX }]);
}
