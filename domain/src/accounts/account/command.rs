//! What can be asked of an account.

use jiff::Timestamp;

use super::event::Holder;
use crate::kernel::{
    email::Email,
    ids::{AccountId, LinkId},
    personal::Personal,
    uai::Uai,
};

/// When a series of wrong passwords locks an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lockout {
    /// How many in a row.
    pub failures: u32,
    /// For how many minutes.
    pub minutes: u32,
}

/// What can be asked of an account.
#[derive(Debug, Clone, PartialEq)]
pub enum AccountCommand {
    /// Signs up; again as long as the address is not verified.
    RegisterAccount {
        /// The new account.
        account: AccountId,
        /// The school whose space it will found.
        school: Option<Uai>,
        /// The address it will sign in with.
        login: Personal<Email>,
        /// Who.
        holder: Personal<Holder>,
    },
    /// Asks for the link that verifies the address; as often as wanted. Nothing to do once
    /// verified.
    RequestVerification {
        /// The new link.
        link: LinkId,
        /// Until when it may be used.
        expires_at: Timestamp,
    },
    /// Uses that link. Nothing to do once verified.
    VerifyEmail {
        /// The link.
        link: LinkId,
        /// Now.
        at: Timestamp,
    },
    /// Whoever reads the mailbox did not ask for the account: it is closed, and the address is
    /// free again. Late or not, it is theirs to say.
    DeclineSignUp {
        /// The link that would verify the address.
        link: LinkId,
    },
    /// An invitation mailed to the address came back: it proves the address as well as the
    /// link would. Nothing to do once verified.
    ProveEmail,
    /// Tries to sign in; whether the password is right was checked outside.
    SignIn {
        /// Whether it is.
        right: bool,
        /// Now.
        at: Timestamp,
        /// The rule in force.
        lockout: Lockout,
    },
    /// Opens a locked account before its time.
    UnlockAccount,
    /// Signs out.
    SignOut,
    /// Asks for the link that changes the password.
    RequestPasswordReset {
        /// The new link.
        link: LinkId,
        /// Until when it may be used.
        expires_at: Timestamp,
    },
    /// Changes the password through that link (which verifies the address too), or, before the
    /// address is verified, through the link that verifies it.
    ResetPassword {
        /// The link.
        link: LinkId,
        /// Now.
        at: Timestamp,
    },
    /// Changes the password, signed in and the old one given right.
    ChangePassword,
    /// Changes names, function or telephone.
    ChangeProfile {
        /// Who.
        holder: Personal<Holder>,
    },
    /// Asks for another login.
    RequestEmailChange {
        /// The new link.
        link: LinkId,
        /// The address wanted.
        login: Personal<Email>,
        /// Until when the link may be used.
        expires_at: Timestamp,
    },
    /// Changes the login through that link.
    ChangeEmail {
        /// The link.
        link: LinkId,
        /// Now.
        at: Timestamp,
    },
    /// Accepts the terms of use.
    AcceptTerms {
        /// Which version.
        version: String,
    },
    /// Asks for a link that signs in.
    RequestSignInLink {
        /// The new link.
        link: LinkId,
        /// Until when it may be used.
        expires_at: Timestamp,
    },
    /// Signs in by that link.
    UseSignInLink {
        /// The link.
        link: LinkId,
        /// Now.
        at: Timestamp,
    },
    /// Ties another way in to the account.
    LinkIdentity {
        /// Who vouches.
        issuer: String,
        /// For whom.
        subject: Personal<String>,
    },
    /// Sets the secret question.
    SetSecretQuestion {
        /// The question.
        question: Personal<String>,
    },
    /// Lets the account run the service.
    AppointOperator,
    /// No longer lets it.
    DismissOperator,
    /// Closes the account for good.
    CloseAccount,
}
