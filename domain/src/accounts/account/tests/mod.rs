//! The rules, one test each, by theme; then every state × command, and random sequences.

mod links;
mod sign_in;
mod sign_up;
mod table;

use jiff::{SignedDuration, Timestamp};

use super::{
    Account, AccountCommand, AccountEvent, AccountRefusal, AccountState, Holder, Lockout,
    PasswordChange,
};
use crate::kernel::{
    decider::Decider,
    email::Email,
    ids::{AccountId, LinkId, PersonId},
    personal::{Claim, ClaimKey, Personal},
    spec::{given, replayed},
    uai::Uai,
};

const ACCOUNT: AccountId = AccountId::from_u128(1);
const HOLDER: PersonId = PersonId::from_u128(2);
const FIRST: LinkId = LinkId::from_u128(11);
const SECOND: LinkId = LinkId::from_u128(12);
const NOON: Timestamp = Timestamp::constant(1_800_000_000, 0);
const LOCKOUT: Lockout = Lockout { failures: 3, minutes: 15 };

fn after(minutes: i64) -> Timestamp {
    NOON + SignedDuration::from_mins(minutes)
}

fn vilar() -> Option<Uai> {
    Some("0491234A".parse().unwrap())
}

fn address(text: &str) -> Personal<Email> {
    Personal::new(HOLDER, text.parse().unwrap())
}

fn login() -> Personal<Email> {
    address("ce.0491234A@ac-nantes.fr")
}

fn holder(last_name: &str) -> Personal<Holder> {
    Personal::new(
        HOLDER,
        Holder {
            civility: None,
            last_name: last_name.to_owned(),
            first_name: "Paule".to_owned(),
            function: Some("Secrétaire".to_owned()),
            phone: None,
        },
    )
}

fn register() -> AccountCommand {
    AccountCommand::RegisterAccount {
        account: ACCOUNT,
        school: vilar(),
        login: login(),
        holder: holder("Martin"),
    }
}

fn registered() -> AccountEvent {
    AccountEvent::AccountRegistered {
        account: ACCOUNT,
        school: vilar(),
        login: login(),
        holder: holder("Martin"),
    }
}

fn verification(link: LinkId) -> AccountEvent {
    AccountEvent::VerificationRequested { account: ACCOUNT, link, expires_at: after(5) }
}

fn proved() -> AccountEvent {
    AccountEvent::EmailVerified { account: ACCOUNT, school: vilar() }
}

fn reset(link: LinkId) -> AccountEvent {
    AccountEvent::PasswordResetRequested { account: ACCOUNT, link, expires_at: after(5) }
}

fn sign_in_link(link: LinkId) -> AccountEvent {
    AccountEvent::SignInLinkRequested { account: ACCOUNT, link, expires_at: after(5) }
}

fn new_login() -> Personal<Email> {
    address("paule.martin@ac-nantes.fr")
}

fn email_change(link: LinkId) -> AccountEvent {
    AccountEvent::EmailChangeRequested {
        account: ACCOUNT,
        link,
        login: new_login(),
        expires_at: after(5),
    }
}

fn email_changed() -> AccountEvent {
    AccountEvent::EmailChanged { account: ACCOUNT, login: new_login(), previous: login() }
}

fn password_changed(how: PasswordChange) -> AccountEvent {
    AccountEvent::PasswordChanged { account: ACCOUNT, how }
}

fn sign_in(right: bool, at: Timestamp) -> AccountCommand {
    AccountCommand::SignIn { right, at, lockout: LOCKOUT }
}

const SIGNED_IN: AccountEvent = AccountEvent::SignedIn { account: ACCOUNT };
const FAILED: AccountEvent = AccountEvent::SignInFailed { account: ACCOUNT };

fn locked() -> AccountEvent {
    AccountEvent::AccountLocked { account: ACCOUNT, until: after(15) }
}

fn terms(version: &str) -> AccountCommand {
    AccountCommand::AcceptTerms { version: version.to_owned() }
}

fn terms_accepted(version: &str) -> AccountEvent {
    AccountEvent::TermsAccepted { account: ACCOUNT, version: version.to_owned() }
}

fn account_closed() -> AccountEvent {
    AccountEvent::AccountClosed { account: ACCOUNT, login: login() }
}

/// Signed up and verified, then `events`.
fn verified(events: &[AccountEvent]) -> Vec<AccountEvent> {
    [&[registered(), verification(FIRST), proved()], events].concat()
}
