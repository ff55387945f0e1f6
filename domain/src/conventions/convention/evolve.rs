//! What an event changes. An event that does not fit the state (none is ever written) leaves
//! it as it is.

use super::{ConventionEvent, ConventionState, Generation, Recognition};

pub(super) fn evolve(state: ConventionState, event: &ConventionEvent) -> ConventionState {
    match event {
        ConventionEvent::ConventionGenerated { convention, parties, original, terms, .. } => {
            ConventionState::Generated(Generation {
                convention: *convention,
                parties: parties.clone(),
                original: original.clone(),
                terms: terms.clone(),
                print: 1,
                amended: None,
                signed_online: false,
                reminded: false,
            })
        }
        ConventionEvent::ConventionAmended { print, original, terms, at, .. } => {
            with_generation(state, |of| {
                ConventionState::Generated(Generation {
                    original: original.clone(),
                    terms: Some(terms.clone()),
                    print: *print,
                    amended: Some(*at),
                    signed_online: false,
                    reminded: false,
                    ..of
                })
            })
        }
        ConventionEvent::ConventionDeposited { document, recognised, .. } => {
            with_generation(state, |of| ConventionState::Deposited {
                of: Generation { signed_online: *recognised == Recognition::SignedOnline, ..of },
                deposit: document.clone(),
                non_conforming: false,
            })
        }
        ConventionEvent::ConventionValidated { .. } => match state {
            ConventionState::Deposited { of, deposit, .. } => {
                ConventionState::Validated { of, deposit }
            }
            ConventionState::NotGenerated
            | ConventionState::Generated(_)
            | ConventionState::Validated { .. }
            | ConventionState::Reopened { .. }
            | ConventionState::Lapsed { .. } => state,
        },
        ConventionEvent::ConventionInvalidated { .. } => invalidated(state),
        ConventionEvent::ConventionRegenerated { .. } => {
            let anew = |of| Generation { signed_online: false, ..of };
            with_generation(state, |of| ConventionState::Generated(anew(of)))
        }
        ConventionEvent::ConventionLapsed { .. } => lapsed(state),
        ConventionEvent::ReminderSent { .. } => reminded(state),
    }
}

/// The state that `next` makes of what was generated.
fn with_generation(
    state: ConventionState,
    next: impl FnOnce(Generation) -> ConventionState,
) -> ConventionState {
    match state {
        ConventionState::NotGenerated => state,
        ConventionState::Generated(of)
        | ConventionState::Deposited { of, .. }
        | ConventionState::Validated { of, .. }
        | ConventionState::Reopened { of, .. }
        | ConventionState::Lapsed { of, .. } => next(of),
    }
}

fn lapsed(state: ConventionState) -> ConventionState {
    match state {
        ConventionState::Validated { of, deposit } => {
            ConventionState::Lapsed { of, validated: Some(deposit) }
        }
        ConventionState::Generated(of)
        | ConventionState::Deposited { of, .. }
        | ConventionState::Reopened { of, .. } => ConventionState::Lapsed { of, validated: None },
        ConventionState::NotGenerated | ConventionState::Lapsed { .. } => state,
    }
}

fn invalidated(state: ConventionState) -> ConventionState {
    match state {
        ConventionState::Deposited { of, deposit, .. } => {
            ConventionState::Deposited { of, deposit, non_conforming: true }
        }
        ConventionState::Validated { of, deposit } => ConventionState::Reopened { of, deposit },
        ConventionState::NotGenerated
        | ConventionState::Generated(_)
        | ConventionState::Reopened { .. }
        | ConventionState::Lapsed { .. } => state,
    }
}

fn reminded(mut state: ConventionState) -> ConventionState {
    match &mut state {
        ConventionState::NotGenerated => {}
        ConventionState::Generated(of)
        | ConventionState::Deposited { of, .. }
        | ConventionState::Validated { of, .. }
        | ConventionState::Reopened { of, .. }
        | ConventionState::Lapsed { of, .. } => of.reminded = true,
    }
    state
}
