//! Links: the last of each kind, once, in time; and what makes them die.

use super::*;

/// A link’s kind: the event that sends it, the command that uses it, what follows.
type Kind =
    (fn(LinkId) -> AccountEvent, fn(LinkId, Timestamp) -> AccountCommand, Vec<AccountEvent>);

fn reset_by(link: LinkId, at: Timestamp) -> AccountCommand {
    AccountCommand::ResetPassword { link, at }
}

fn sign_in_by(link: LinkId, at: Timestamp) -> AccountCommand {
    AccountCommand::UseSignInLink { link, at }
}

fn change_by(link: LinkId, at: Timestamp) -> AccountCommand {
    AccountCommand::ChangeEmail { link, at }
}

fn link_used(link: LinkId) -> AccountEvent {
    AccountEvent::SignInLinkUsed { account: ACCOUNT, link }
}

fn kinds() -> [Kind; 3] {
    [
        (reset, reset_by, vec![password_changed(PasswordChange::ByLink)]),
        (sign_in_link, sign_in_by, vec![link_used(SECOND), SIGNED_IN]),
        (email_change, change_by, vec![email_changed()]),
    ]
}

#[test]
fn the_link_last_sent_works_once() {
    for (sent, used, effect) in kinds() {
        let log = verified(&[sent(FIRST), sent(SECOND)]);

        given::<Account>(&log).when(used(FIRST, NOON)).then_refused(&AccountRefusal::LinkUnknown);
        given::<Account>(&log).when(used(SECOND, NOON)).then(&effect);
        given::<Account>(&[log, effect].concat())
            .when(used(SECOND, NOON))
            .then_refused(&AccountRefusal::LinkUnknown);
    }
}

#[test]
fn a_link_expires_on_the_instant() {
    let over = AccountRefusal::LinkExpired { expired_at: after(5) };
    for (sent, used, effect) in kinds() {
        let log = verified(&[sent(SECOND)]);

        given::<Account>(&log)
            .when(used(SECOND, after(5) - SignedDuration::from_nanos(1)))
            .then(&effect);
        given::<Account>(&log).when(used(SECOND, after(5))).then_refused(&over);
    }
    given::<Account>(&[registered(), verification(FIRST)])
        .when(AccountCommand::VerifyEmail { link: FIRST, at: after(5) })
        .then_refused(&over);
}

#[test]
fn a_link_that_was_never_sent_is_unknown() {
    for (_, used, _) in kinds() {
        given::<Account>(&verified(&[]))
            .when(used(FIRST, NOON))
            .then_refused(&AccountRefusal::LinkUnknown);
    }
}

#[test]
fn a_link_of_another_kind_is_unknown() {
    given::<Account>(&verified(&[sign_in_link(FIRST)]))
        .when(reset_by(FIRST, NOON))
        .then_refused(&AccountRefusal::LinkUnknown);
}

#[test]
fn resetting_the_password_verifies_the_address_first() {
    given::<Account>(&[registered(), reset(FIRST)])
        .when(reset_by(FIRST, NOON))
        .then(&[proved(), password_changed(PasswordChange::ByLink)]);
}

#[test]
fn a_lock_holds_for_sign_in_links_too() {
    given::<Account>(&verified(&[sign_in_link(FIRST), locked()]))
        .when(sign_in_by(FIRST, NOON))
        .then_refused(&AccountRefusal::Locked { until: after(15) });
}

#[test]
fn a_locked_account_may_reset_its_password() {
    given::<Account>(&verified(&[reset(FIRST), locked()]))
        .when(reset_by(FIRST, NOON))
        .then(&[password_changed(PasswordChange::ByLink)]);
}

#[test]
fn a_new_password_kills_the_links_that_are_out() {
    let changed = password_changed(PasswordChange::ByHolder);
    let log = verified(&[reset(FIRST), sign_in_link(SECOND), changed]);

    given::<Account>(&log).when(reset_by(FIRST, NOON)).then_refused(&AccountRefusal::LinkUnknown);
    given::<Account>(&log)
        .when(sign_in_by(SECOND, NOON))
        .then_refused(&AccountRefusal::LinkUnknown);
}

#[test]
fn what_was_mailed_to_the_former_address_opens_nothing() {
    let third = LinkId::from_u128(13);
    let log = verified(&[reset(FIRST), sign_in_link(SECOND), email_change(third), email_changed()]);

    given::<Account>(&log).when(reset_by(FIRST, NOON)).then_refused(&AccountRefusal::LinkUnknown);
    given::<Account>(&log)
        .when(sign_in_by(SECOND, NOON))
        .then_refused(&AccountRefusal::LinkUnknown);
}
