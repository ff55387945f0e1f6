//! As long as the address is not proved: sign up again, verify, reset; nothing that needs a
//! session.

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
    accounts::account::{PasswordChange, Pending, Unverified},
    kernel::ids::LinkId,
};

pub(super) fn decide(state: &Unverified, command: AccountCommand) -> Decision {
    let account = state.known.account;
    let proved = || AccountEvent::EmailVerified { account, school: state.school.clone() };
    match command {
        RegisterAccount { school, login, holder, .. } => {
            Ok(vec![AccountEvent::AccountRegistered { account, school, login, holder }])
        }
        RequestVerification { link, expires_at } => {
            Ok(vec![AccountEvent::VerificationRequested { account, link, expires_at }])
        }
        VerifyEmail { link, at } => {
            links::check(state.verification.as_ref(), link, at)?;
            Ok(vec![proved()])
        }
        DeclineSignUp { link } => {
            links::check_known(state.verification.as_ref(), link)?;
            close(&state.known)
        }
        ProveEmail => Ok(vec![proved()]),
        SignIn { right, at, lockout } => {
            let attempt = Attempt { right, at, lockout };
            sign_in::by_password(&state.known, false, &attempt)
        }
        RequestPasswordReset { link, expires_at } => {
            Ok(vec![reset_requested(account, link, expires_at)])
        }
        ResetPassword { link, at } => {
            links::check(state.password_link(link), link, at)?;
            let how = PasswordChange::ByLink;
            let changed = AccountEvent::PasswordChanged { account, how };
            Ok(vec![proved(), changed])
        }
        UnlockAccount => unlock(&state.known),
        AcceptTerms { version } => accept_terms(&state.known, version),
        CloseAccount => close(&state.known),
        SignOut
        | ChangePassword
        | ChangeProfile { .. }
        | RequestEmailChange { .. }
        | ChangeEmail { .. }
        | RequestSignInLink { .. }
        | UseSignInLink { .. }
        | LinkIdentity { .. }
        | SetSecretQuestion { .. }
        | AppointOperator
        | DismissOperator => Err(AccountRefusal::NotVerified),
    }
}

impl Unverified {
    /// The link to which `link` must be equal to choose a password: both that may are proofs of
    /// the mailbox.
    fn password_link(&self, link: LinkId) -> Option<&Pending> {
        self.verification.as_ref().filter(|out| out.link == link).or(self.known.reset.as_ref())
    }
}
