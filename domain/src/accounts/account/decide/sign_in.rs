//! Signing in, and the lock after too many wrong passwords.

use jiff::{SignedDuration, Timestamp};

use super::{Decision, links};
use crate::{
    accounts::account::{AccountEvent, AccountRefusal, Known, Lockout, Verified},
    kernel::ids::LinkId,
};

/// A password was given, right or wrong.
pub(super) struct Attempt {
    pub(super) right: bool,
    pub(super) at: Timestamp,
    pub(super) lockout: Lockout,
}

/// A locked account says so whatever the password, so that nothing is learnt by trying on.
pub(super) fn by_password(known: &Known, verified: bool, attempt: &Attempt) -> Decision {
    refuse_locked(known, attempt.at)?;
    match (attempt.right, verified) {
        (false, _) => Ok(failed(known, attempt)),
        (true, false) => Err(AccountRefusal::NotVerified),
        (true, true) => Ok(vec![AccountEvent::SignedIn { account: known.account }]),
    }
}

/// A lock holds for links too.
pub(super) fn by_link(state: &Verified, link: LinkId, at: Timestamp) -> Decision {
    refuse_locked(&state.known, at)?;
    links::check(state.sign_in.as_ref(), link, at)?;
    let account = state.known.account;
    Ok(vec![AccountEvent::SignInLinkUsed { account, link }, AccountEvent::SignedIn { account }])
}

fn refuse_locked(known: &Known, at: Timestamp) -> Result<(), AccountRefusal> {
    match known.locked_until {
        Some(until) if at < until => Err(AccountRefusal::Locked { until }),
        Some(_) | None => Ok(()),
    }
}

fn failed(known: &Known, attempt: &Attempt) -> Vec<AccountEvent> {
    let account = known.account;
    let mut events = vec![AccountEvent::SignInFailed { account }];
    if known.failures.saturating_add(1) >= attempt.lockout.failures {
        let length = SignedDuration::from_mins(i64::from(attempt.lockout.minutes));
        let until = attempt.at.checked_add(length).unwrap_or(Timestamp::MAX);
        events.push(AccountEvent::AccountLocked { account, until });
    }
    events
}
