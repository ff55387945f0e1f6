//! What happened to an account. Secrets (passwords, tokens) are never here.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::kernel::{
    decider::Event,
    email::Email,
    ids::{AccountId, LinkId},
    personal::{Claim, ClaimKey, Personal},
    uai::Uai,
};

/// The scope of the claim that makes a login unique.
pub const LOGIN: &str = "login";

/// Who holds an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Holder {
    /// « Madame » or « Monsieur », if they said.
    pub civility: Option<Civility>,
    /// « Nom ».
    pub last_name: String,
    /// « Prénom ».
    pub first_name: String,
    /// « Fonction ».
    pub function: Option<String>,
    /// « Téléphone ».
    pub phone: Option<String>,
}

/// « Civilité ».
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum Civility {
    /// « Madame ».
    Madame,
    /// « Monsieur ».
    Monsieur,
}

/// How a password came to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PasswordChange {
    /// By its holder, signed in.
    ByHolder,
    /// Through a link that was mailed.
    ByLink,
}

/// What happened to an account.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum AccountEvent {
    /// Someone signed up. Again on the same account as long as the address is not verified:
    /// the last sign-up counts.
    AccountRegistered {
        /// Which account.
        account: AccountId,
        /// The school whose space it founds once verified; none for the platform’s staff and
        /// for invited members.
        school: Option<Uai>,
        /// The address it signs in with.
        login: Personal<Email>,
        /// Who.
        holder: Personal<Holder>,
    },
    /// A link that verifies the address was asked for; it is mailed. Replaces earlier ones.
    VerificationRequested {
        /// Which account.
        account: AccountId,
        /// The link.
        link: LinkId,
        /// Until when it may be used.
        expires_at: Timestamp,
    },
    /// The address was verified.
    EmailVerified {
        /// Which account.
        account: AccountId,
        /// The school whose space is founded by that.
        school: Option<Uai>,
    },
    /// Signed in.
    SignedIn {
        /// Which account.
        account: AccountId,
    },
    /// A wrong password was given.
    SignInFailed {
        /// Which account.
        account: AccountId,
    },
    /// Too many wrong passwords.
    AccountLocked {
        /// Which account.
        account: AccountId,
        /// When it opens again by itself.
        until: Timestamp,
    },
    /// Opened again before its time.
    AccountUnlocked {
        /// Which account.
        account: AccountId,
    },
    /// Signed out.
    SignedOut {
        /// Which account.
        account: AccountId,
    },
    /// A link that changes the password was asked for; it is mailed.
    PasswordResetRequested {
        /// Which account.
        account: AccountId,
        /// The link.
        link: LinkId,
        /// Until when it may be used.
        expires_at: Timestamp,
    },
    /// The password is another one. Ends the account’s other sessions and its lock.
    PasswordChanged {
        /// Which account.
        account: AccountId,
        /// How.
        how: PasswordChange,
    },
    /// The holder’s names, function or telephone are others.
    ProfileChanged {
        /// Which account.
        account: AccountId,
        /// Who.
        holder: Personal<Holder>,
    },
    /// A link that changes the login was asked for; it is mailed to the new address.
    EmailChangeRequested {
        /// Which account.
        account: AccountId,
        /// The link.
        link: LinkId,
        /// The address wanted.
        login: Personal<Email>,
        /// Until when the link may be used.
        expires_at: Timestamp,
    },
    /// The login is another one.
    EmailChanged {
        /// Which account.
        account: AccountId,
        /// The address from now on.
        login: Personal<Email>,
        /// The one before, free again.
        previous: Personal<Email>,
    },
    /// The terms of use were accepted.
    TermsAccepted {
        /// Which account.
        account: AccountId,
        /// Which version of them.
        version: String,
    },
    /// A link that signs in was asked for; it is mailed.
    SignInLinkRequested {
        /// Which account.
        account: AccountId,
        /// The link.
        link: LinkId,
        /// Until when it may be used.
        expires_at: Timestamp,
    },
    /// It was used.
    SignInLinkUsed {
        /// Which account.
        account: AccountId,
        /// The link.
        link: LinkId,
    },
    /// Another way in was tied to the account.
    IdentityLinked {
        /// Which account.
        account: AccountId,
        /// Who vouches for the identity.
        issuer: String,
        /// Whom the issuer says it is.
        subject: Personal<String>,
    },
    /// A secret question was set; the answer’s hash is a credential, not an event.
    SecretQuestionSet {
        /// Which account.
        account: AccountId,
        /// The question.
        question: Personal<String>,
    },
    /// The account runs the service from now on.
    OperatorAppointed {
        /// Which account.
        account: AccountId,
    },
    /// It does no longer.
    OperatorDismissed {
        /// Which account.
        account: AccountId,
    },
    /// The account is closed for good.
    AccountClosed {
        /// Which account.
        account: AccountId,
        /// The address it signed in with, free again: a school’s mailbox outlives its holders.
        login: Personal<Email>,
    },
}

impl Event for AccountEvent {
    fn name(&self) -> &'static str {
        self.into()
    }

    fn claims(&self) -> Vec<Claim> {
        let key = |login: &Personal<Email>| {
            login.known().map(|email| ClaimKey::Personal(login.person(), email.normalised()))
        };
        let take = |login| key(login).map(|key| Claim::Take { scope: LOGIN, key });
        let release = |login| key(login).map(|key| Claim::Release { scope: LOGIN, key });
        match self {
            Self::AccountRegistered { login, .. } => take(login).into_iter().collect(),
            Self::EmailChanged { login, previous, .. } => {
                release(previous).into_iter().chain(take(login)).collect()
            }
            Self::AccountClosed { login, .. } => release(login).into_iter().collect(),
            Self::VerificationRequested { .. }
            | Self::EmailVerified { .. }
            | Self::SignedIn { .. }
            | Self::SignInFailed { .. }
            | Self::AccountLocked { .. }
            | Self::AccountUnlocked { .. }
            | Self::SignedOut { .. }
            | Self::PasswordResetRequested { .. }
            | Self::PasswordChanged { .. }
            | Self::ProfileChanged { .. }
            | Self::EmailChangeRequested { .. }
            | Self::TermsAccepted { .. }
            | Self::SignInLinkRequested { .. }
            | Self::SignInLinkUsed { .. }
            | Self::IdentityLinked { .. }
            | Self::SecretQuestionSet { .. }
            | Self::OperatorAppointed { .. }
            | Self::OperatorDismissed { .. } => Vec::new(),
        }
    }
}
