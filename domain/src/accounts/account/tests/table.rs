//! Every state × command, and random sequences of commands.

use proptest::prelude::*;

use super::*;
use crate::kernel::table::table;

fn link_commands(link: LinkId) -> Vec<(&'static str, AccountCommand)> {
    let expires_at = after(5);
    let at = NOON;
    vec![
        ("RequestVerification", AccountCommand::RequestVerification { link, expires_at }),
        ("VerifyEmail", AccountCommand::VerifyEmail { link, at }),
        ("RequestPasswordReset", AccountCommand::RequestPasswordReset { link, expires_at }),
        ("ResetPassword", AccountCommand::ResetPassword { link, at }),
        (
            "RequestEmailChange",
            AccountCommand::RequestEmailChange { link, login: new_login(), expires_at },
        ),
        ("ChangeEmail", AccountCommand::ChangeEmail { link, at }),
        ("RequestSignInLink", AccountCommand::RequestSignInLink { link, expires_at }),
        ("UseSignInLink", AccountCommand::UseSignInLink { link, at }),
    ]
}

fn commands() -> Vec<(&'static str, AccountCommand)> {
    let other = vec![
        ("RegisterAccount", register()),
        ("DeclineSignUp", AccountCommand::DeclineSignUp { link: FIRST }),
        ("ProveEmail", AccountCommand::ProveEmail),
        ("SignIn right", sign_in(true, NOON)),
        ("SignIn wrong", sign_in(false, NOON)),
        ("UnlockAccount", AccountCommand::UnlockAccount),
        ("SignOut", AccountCommand::SignOut),
        ("ChangePassword", AccountCommand::ChangePassword),
        ("ChangeProfile", AccountCommand::ChangeProfile { holder: holder("Durand") }),
        ("AcceptTerms", terms("2026-09")),
        (
            "LinkIdentity",
            AccountCommand::LinkIdentity {
                issuer: "https://example.fr".to_owned(),
                subject: Personal::new(HOLDER, "abc".to_owned()),
            },
        ),
        (
            "SetSecretQuestion",
            AccountCommand::SetSecretQuestion { question: Personal::new(HOLDER, "?".to_owned()) },
        ),
        ("AppointOperator", AccountCommand::AppointOperator),
        ("DismissOperator", AccountCommand::DismissOperator),
        ("CloseAccount", AccountCommand::CloseAccount),
    ];
    [other, link_commands(FIRST)].concat()
}

fn phases() -> Vec<(&'static str, Vec<AccountEvent>)> {
    let out = [reset(FIRST), email_change(FIRST), sign_in_link(FIRST)];
    let locked = verified(&[&out[..], &[locked()]].concat());
    let appointed =
        [AccountEvent::OperatorAppointed { account: ACCOUNT }, terms_accepted("2026-09")];
    vec![
        ("Absent", vec![]),
        ("Unverified", vec![registered(), verification(FIRST), reset(FIRST)]),
        ("Verified", verified(&out)),
        ("Locked", locked),
        ("Operator, no link out", verified(&appointed)),
        ("Closed", verified(&[account_closed()])),
    ]
}

#[test]
fn every_state_meets_every_command() {
    assert_eq!(table::<Account>(&phases(), &commands()), "
                      Absent             Unverified                     Verified                 Locked                  Operator, no link out   Closed
RegisterAccount       AccountRegistered  AccountRegistered              ✗AlreadyRegistered       ✗AlreadyRegistered      ✗AlreadyRegistered      ✗AccountIsClosed
DeclineSignUp         ✗NoSuchAccount     AccountClosed                  ✗AlreadyRegistered       ✗AlreadyRegistered      ✗AlreadyRegistered      ✗AccountIsClosed
ProveEmail            ✗NoSuchAccount     EmailVerified                  -                        -                       -                       ✗AccountIsClosed
SignIn right          ✗NoSuchAccount     ✗NotVerified                   SignedIn                 ✗Locked                 SignedIn                ✗AccountIsClosed
SignIn wrong          ✗NoSuchAccount     SignInFailed                   SignInFailed             ✗Locked                 SignInFailed            ✗AccountIsClosed
UnlockAccount         ✗NoSuchAccount     ✗NotLocked                     ✗NotLocked               AccountUnlocked         ✗NotLocked              ✗AccountIsClosed
SignOut               ✗NoSuchAccount     ✗NotVerified                   SignedOut                SignedOut               SignedOut               ✗AccountIsClosed
ChangePassword        ✗NoSuchAccount     ✗NotVerified                   PasswordChanged          PasswordChanged         PasswordChanged         ✗AccountIsClosed
ChangeProfile         ✗NoSuchAccount     ✗NotVerified                   ProfileChanged           ProfileChanged          ProfileChanged          ✗AccountIsClosed
AcceptTerms           ✗NoSuchAccount     TermsAccepted                  TermsAccepted            TermsAccepted           -                       ✗AccountIsClosed
LinkIdentity          ✗NoSuchAccount     ✗NotVerified                   IdentityLinked           IdentityLinked          IdentityLinked          ✗AccountIsClosed
SetSecretQuestion     ✗NoSuchAccount     ✗NotVerified                   SecretQuestionSet        SecretQuestionSet       SecretQuestionSet       ✗AccountIsClosed
AppointOperator       ✗NoSuchAccount     ✗NotVerified                   OperatorAppointed        OperatorAppointed       ✗SameOffice             ✗AccountIsClosed
DismissOperator       ✗NoSuchAccount     ✗NotVerified                   ✗SameOffice              ✗SameOffice             OperatorDismissed       ✗AccountIsClosed
CloseAccount          ✗NoSuchAccount     AccountClosed                  AccountClosed            AccountClosed           AccountClosed           ✗AccountIsClosed
RequestVerification   ✗NoSuchAccount     VerificationRequested          -                        -                       -                       ✗AccountIsClosed
VerifyEmail           ✗NoSuchAccount     EmailVerified                  -                        -                       -                       ✗AccountIsClosed
RequestPasswordReset  ✗NoSuchAccount     PasswordResetRequested         PasswordResetRequested   PasswordResetRequested  PasswordResetRequested  ✗AccountIsClosed
ResetPassword         ✗NoSuchAccount     EmailVerified+PasswordChanged  PasswordChanged          PasswordChanged         ✗LinkUnknown            ✗AccountIsClosed
RequestEmailChange    ✗NoSuchAccount     ✗NotVerified                   EmailChangeRequested     EmailChangeRequested    EmailChangeRequested    ✗AccountIsClosed
ChangeEmail           ✗NoSuchAccount     ✗NotVerified                   EmailChanged             EmailChanged            ✗LinkUnknown            ✗AccountIsClosed
RequestSignInLink     ✗NoSuchAccount     ✗NotVerified                   SignInLinkRequested      SignInLinkRequested     SignInLinkRequested     ✗AccountIsClosed
UseSignInLink         ✗NoSuchAccount     ✗NotVerified                   SignInLinkUsed+SignedIn  ✗Locked                 ✗LinkUnknown            ✗AccountIsClosed");
}

fn any_command() -> impl Strategy<Value = AccountCommand> {
    let now = (0_i64..40).prop_map(after);
    let plain = prop::sample::select(commands()).prop_map(|(_, command)| command);
    let link = prop::sample::select(vec![FIRST, SECOND])
        .prop_flat_map(|link| prop::sample::select(link_commands(link)))
        .prop_map(|(_, command)| command);
    let password = (any::<bool>(), now).prop_map(|(right, at)| sign_in(right, at));
    prop_oneof![plain, link, password]
}

fn clears_the_count(event: &AccountEvent) -> bool {
    matches!(
        event,
        AccountEvent::SignedIn { .. }
            | AccountEvent::PasswordChanged { .. }
            | AccountEvent::AccountUnlocked { .. }
            | AccountEvent::AccountRegistered { .. }
    )
}

proptest! {
    #[test]
    fn whatever_is_asked_the_log_tells_the_whole_state(
        commands in prop::collection::vec(any_command(), 0..60)
    ) {
        let mut state = AccountState::default();
        let mut log = Vec::new();
        let mut failures = 0;
        for command in commands {
            let Ok(events) = Account::decide(&state, command) else { continue };
            for event in &events {
                if *event == FAILED {
                    failures += 1;
                } else if matches!(event, AccountEvent::AccountLocked { .. }) {
                    prop_assert_eq!(failures, LOCKOUT.failures);
                    failures = 0;
                } else if clears_the_count(event) {
                    failures = 0;
                }
            }
            prop_assert!(failures < LOCKOUT.failures);
            state = events.iter().fold(state, Account::evolve);
            log.extend(events);
        }

        prop_assert_eq!(replayed::<Account>(&log).unwrap(), state);
    }
}
