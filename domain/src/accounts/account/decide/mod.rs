//! What a command does, phase by phase.

mod links;
mod sign_in;
mod unverified;
mod verified;

use jiff::Timestamp;

use super::{
    AccountCommand::{
        self, AcceptTerms, AppointOperator, ChangeEmail, ChangePassword, ChangeProfile,
        CloseAccount, DeclineSignUp, DismissOperator, LinkIdentity, ProveEmail, RegisterAccount,
        RequestEmailChange, RequestPasswordReset, RequestSignInLink, RequestVerification,
        ResetPassword, SetSecretQuestion, SignIn, SignOut, UnlockAccount, UseSignInLink,
        VerifyEmail,
    },
    AccountEvent, AccountRefusal,
    AccountState::{self, Absent, Closed, Unverified, Verified},
    Known,
};
use crate::kernel::ids::{AccountId, LinkId};

type Decision = Result<Vec<AccountEvent>, AccountRefusal>;

pub(super) fn decide(state: &AccountState, command: AccountCommand) -> Decision {
    match state {
        Absent => absent(command),
        Unverified(it) => unverified::decide(it, command),
        Verified(it) => verified::decide(it, command),
        Closed => Err(AccountRefusal::AccountIsClosed),
    }
}

fn absent(command: AccountCommand) -> Decision {
    match command {
        RegisterAccount { account, school, login, holder } => {
            Ok(vec![AccountEvent::AccountRegistered { account, school, login, holder }])
        }
        RequestVerification { .. }
        | VerifyEmail { .. }
        | DeclineSignUp { .. }
        | ProveEmail
        | SignIn { .. }
        | UnlockAccount
        | SignOut
        | RequestPasswordReset { .. }
        | ResetPassword { .. }
        | ChangePassword
        | ChangeProfile { .. }
        | RequestEmailChange { .. }
        | ChangeEmail { .. }
        | AcceptTerms { .. }
        | RequestSignInLink { .. }
        | UseSignInLink { .. }
        | LinkIdentity { .. }
        | SetSecretQuestion { .. }
        | AppointOperator
        | DismissOperator
        | CloseAccount => Err(AccountRefusal::NoSuchAccount),
    }
}

fn reset_requested(account: AccountId, link: LinkId, expires_at: Timestamp) -> AccountEvent {
    AccountEvent::PasswordResetRequested { account, link, expires_at }
}

fn unlock(known: &Known) -> Decision {
    match known.locked_until {
        Some(_) => Ok(vec![AccountEvent::AccountUnlocked { account: known.account }]),
        None => Err(AccountRefusal::NotLocked),
    }
}

fn accept_terms(known: &Known, version: String) -> Decision {
    if known.terms.as_ref() == Some(&version) {
        return Ok(Vec::new());
    }
    Ok(vec![AccountEvent::TermsAccepted { account: known.account, version }])
}

fn close(known: &Known) -> Decision {
    Ok(vec![AccountEvent::AccountClosed { account: known.account, login: known.login.clone() }])
}
