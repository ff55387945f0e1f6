//! What an event changes.

use jiff::Timestamp;

use super::{
    AccountEvent::{
        self, AccountClosed, AccountLocked, AccountRegistered, AccountUnlocked,
        EmailChangeRequested, EmailChanged, EmailVerified, IdentityLinked, OperatorAppointed,
        OperatorDismissed, PasswordChanged, PasswordResetRequested, ProfileChanged,
        SecretQuestionSet, SignInFailed, SignInLinkRequested, SignInLinkUsed, SignedIn, SignedOut,
        TermsAccepted, VerificationRequested,
    },
    AccountState::{self, Absent, Closed},
    Known, Pending, Unverified, Verified,
};
use crate::kernel::{email::Email, ids::LinkId, personal::Personal};

pub(super) fn evolve(state: AccountState, event: &AccountEvent) -> AccountState {
    match event {
        AccountRegistered { account, school, login, .. } => AccountState::Unverified(Unverified {
            known: Known {
                account: *account,
                login: login.clone(),
                failures: 0,
                locked_until: None,
                reset: None,
                terms: None,
            },
            school: school.clone(),
            verification: None,
        }),
        VerificationRequested { link, expires_at, .. } => {
            state.unverified(|it| it.verification = pending(*link, *expires_at))
        }
        EmailVerified { .. } => state.proved(),
        SignedIn { .. } | AccountUnlocked { .. } => state.known(Known::open),
        SignInFailed { .. } => state.known(|it| it.failures = it.failures.saturating_add(1)),
        AccountLocked { until, .. } => state.known(|it| {
            it.failures = 0;
            it.locked_until = Some(*until);
        }),
        PasswordResetRequested { link, expires_at, .. } => {
            state.known(|it| it.reset = pending(*link, *expires_at))
        }
        PasswordChanged { .. } => {
            state.known(Known::open).known(|it| it.reset = None).verified(|it| it.sign_in = None)
        }
        EmailChangeRequested { link, login, expires_at, .. } => state.verified(|it| {
            it.email_change = pending(*link, *expires_at).map(|link| (link, login.clone()));
        }),
        EmailChanged { login, .. } => state.verified(|it| it.moved_to(login.clone())),
        TermsAccepted { version, .. } => state.known(|it| it.terms = Some(version.clone())),
        SignInLinkRequested { link, expires_at, .. } => {
            state.verified(|it| it.sign_in = pending(*link, *expires_at))
        }
        SignInLinkUsed { .. } => state.verified(|it| it.sign_in = None),
        OperatorAppointed { .. } => state.verified(|it| it.operator = true),
        OperatorDismissed { .. } => state.verified(|it| it.operator = false),
        AccountClosed { .. } => Closed,
        SignedOut { .. }
        | ProfileChanged { .. }
        | IdentityLinked { .. }
        | SecretQuestionSet { .. } => state,
    }
}

fn pending(link: LinkId, expires_at: Timestamp) -> Option<Pending> {
    Some(Pending { link, expires_at })
}

impl Known {
    fn open(&mut self) {
        self.failures = 0;
        self.locked_until = None;
    }
}

impl Verified {
    /// What was mailed to the address before opens nothing any more.
    fn moved_to(&mut self, login: Personal<Email>) {
        self.known.login = login;
        self.known.reset = None;
        self.sign_in = None;
        self.email_change = None;
    }
}

impl AccountState {
    fn proved(self) -> Self {
        match self {
            Self::Unverified(it) => Self::Verified(Verified {
                known: it.known,
                sign_in: None,
                email_change: None,
                operator: false,
            }),
            Absent | Self::Verified(_) | Closed => self,
        }
    }

    fn known(mut self, change: impl FnOnce(&mut Known)) -> Self {
        match &mut self {
            Self::Unverified(it) => change(&mut it.known),
            Self::Verified(it) => change(&mut it.known),
            Absent | Closed => {}
        }
        self
    }

    fn unverified(mut self, change: impl FnOnce(&mut Unverified)) -> Self {
        match &mut self {
            Self::Unverified(it) => change(it),
            Absent | Self::Verified(_) | Closed => {}
        }
        self
    }

    fn verified(mut self, change: impl FnOnce(&mut Verified)) -> Self {
        match &mut self {
            Self::Verified(it) => change(it),
            Absent | Self::Unverified(_) | Closed => {}
        }
        self
    }
}
