//! Once the address is proved.

use jiff::Timestamp;

use super::{
    AcceptTerms, AccountCommand, AccountEvent, AccountRefusal, AppointOperator, ChangeEmail,
    ChangePassword, ChangeProfile, CloseAccount, Decision, DeclineSignUp, DismissOperator,
    LinkIdentity, ProveEmail, RegisterAccount, RequestEmailChange, RequestPasswordReset,
    RequestSignInLink, RequestVerification, ResetPassword, SetSecretQuestion, SignIn, SignOut,
    UnlockAccount, UseSignInLink, VerifyEmail, accept_terms, close, links, reset_requested,
    sign_in::{self, Attempt},
    unlock,
};
use crate::{
    accounts::account::{PasswordChange, Verified},
    kernel::ids::LinkId,
};

pub(super) fn decide(state: &Verified, command: AccountCommand) -> Decision {
    let account = state.known.account;
    match command {
        RegisterAccount { .. } | DeclineSignUp { .. } => Err(AccountRefusal::AlreadyRegistered),
        RequestVerification { .. } | VerifyEmail { .. } | ProveEmail => Ok(Vec::new()),
        SignIn { right, at, lockout } => {
            let attempt = Attempt { right, at, lockout };
            sign_in::by_password(&state.known, true, &attempt)
        }
        UseSignInLink { link, at } => sign_in::by_link(state, link, at),
        UnlockAccount => unlock(&state.known),
        AcceptTerms { version } => accept_terms(&state.known, version),
        CloseAccount => close(&state.known),
        ResetPassword { link, at } => reset_password(state, link, at),
        ChangeEmail { link, at } => change_email(state, link, at),
        AppointOperator if state.operator => Err(AccountRefusal::SameOffice),
        DismissOperator if !state.operator => Err(AccountRefusal::SameOffice),
        AppointOperator => Ok(vec![AccountEvent::OperatorAppointed { account }]),
        DismissOperator => Ok(vec![AccountEvent::OperatorDismissed { account }]),
        SignOut => Ok(vec![AccountEvent::SignedOut { account }]),
        ChangePassword => {
            Ok(vec![AccountEvent::PasswordChanged { account, how: PasswordChange::ByHolder }])
        }
        ChangeProfile { holder } => Ok(vec![AccountEvent::ProfileChanged { account, holder }]),
        LinkIdentity { issuer, subject } => {
            Ok(vec![AccountEvent::IdentityLinked { account, issuer, subject }])
        }
        SetSecretQuestion { question } => {
            Ok(vec![AccountEvent::SecretQuestionSet { account, question }])
        }
        RequestPasswordReset { link, expires_at } => {
            Ok(vec![reset_requested(account, link, expires_at)])
        }
        RequestEmailChange { link, login, expires_at } => {
            Ok(vec![AccountEvent::EmailChangeRequested { account, link, login, expires_at }])
        }
        RequestSignInLink { link, expires_at } => {
            Ok(vec![AccountEvent::SignInLinkRequested { account, link, expires_at }])
        }
    }
}

fn reset_password(state: &Verified, link: LinkId, at: Timestamp) -> Decision {
    links::check(state.known.reset.as_ref(), link, at)?;
    Ok(vec![AccountEvent::PasswordChanged {
        account: state.known.account,
        how: PasswordChange::ByLink,
    }])
}

fn change_email(state: &Verified, link: LinkId, at: Timestamp) -> Decision {
    let (pending, login) = state.email_change.as_ref().ok_or(AccountRefusal::LinkUnknown)?;
    links::check(Some(pending), link, at)?;
    Ok(vec![AccountEvent::EmailChanged {
        account: state.known.account,
        login: login.clone(),
        previous: state.known.login.clone(),
    }])
}
