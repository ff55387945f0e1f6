//! What a command does: one function a command, one arm a state. Whatever the event model does
//! not draw is refused with the command and the state named.

use super::{
    ConventionCommand, ConventionEvent, ConventionLapse, ConventionRefusal, ConventionState,
    Generation,
};
use crate::{conventions::terms::is_contractual, kernel::personal::Personal};

type Outcome = Result<Vec<ConventionEvent>, ConventionRefusal>;

pub(super) fn decide(state: &ConventionState, command: ConventionCommand) -> Outcome {
    let name = <&'static str>::from(&command);
    let refused = || not_possible(name, state);
    match command {
        command @ ConventionCommand::GenerateConvention { .. } => generate(state, command, refused),
        ConventionCommand::AmendConvention {
            print,
            original,
            pages,
            template,
            terms,
            changes,
            at,
        } => {
            let stands = !is_contractual(&changes);
            amend(state, (print, stands), refused, |of| ConventionEvent::ConventionAmended {
                convention: of.convention,
                print,
                original,
                pages,
                template,
                terms,
                changes,
                at,
            })
        }
        ConventionCommand::DepositConvention {
            document,
            pages,
            side,
            recognised,
            signatures,
            print,
        } => deposit(state, print, refused, |of| ConventionEvent::ConventionDeposited {
            convention: of.convention,
            document,
            pages,
            side,
            recognised,
            signatures,
        }),
        ConventionCommand::ValidateConvention => validate(state, refused),
        ConventionCommand::InvalidateConvention { reason } => invalidate(state, reason, refused),
        ConventionCommand::RegenerateConvention => regenerate(state, refused),
        ConventionCommand::LapseConvention { cause } => lapse(state, cause, refused),
        ConventionCommand::RemindConvention => remind(state, refused),
    }
}

fn not_possible(command: &'static str, state: &ConventionState) -> Outcome {
    Err(ConventionRefusal::NotPossible { command, state: state.name() })
}

fn generate(
    state: &ConventionState,
    command: ConventionCommand,
    refused: impl FnOnce() -> Outcome,
) -> Outcome {
    let ConventionState::NotGenerated = state else { return refused() };
    let ConventionCommand::GenerateConvention {
        convention,
        parties,
        reference,
        original,
        pages,
        template,
        terms,
    } = command
    else {
        return refused();
    };
    let terms = Some(terms);
    Ok(vec![ConventionEvent::ConventionGenerated {
        convention,
        parties,
        reference,
        original,
        pages,
        template,
        terms,
    }])
}

/// `stands`: what came back on paper is not set aside for it.
fn amend(
    state: &ConventionState,
    (print, stands): (u16, bool),
    refused: impl FnOnce() -> Outcome,
    amended: impl FnOnce(&Generation) -> ConventionEvent,
) -> Outcome {
    let amend = |of: &Generation| {
        if print == of.print.saturating_add(1) {
            Ok(vec![amended(of)])
        } else {
            Err(ConventionRefusal::Superseded { print })
        }
    };
    match state {
        ConventionState::NotGenerated => refused(),
        ConventionState::Generated(of) | ConventionState::Reopened { of, .. } => amend(of),
        ConventionState::Deposited { of, .. } | ConventionState::Validated { of, .. } => {
            if stands && !of.signed_online { Ok(Vec::new()) } else { amend(of) }
        }
        ConventionState::Lapsed { .. } => Ok(Vec::new()),
    }
}

fn deposit(
    state: &ConventionState,
    print: Option<u16>,
    refused: impl FnOnce() -> Outcome,
    deposited: impl FnOnce(&Generation) -> ConventionEvent,
) -> Outcome {
    match state {
        ConventionState::Generated(of)
        | ConventionState::Deposited { of, .. }
        | ConventionState::Reopened { of, .. } => match print {
            Some(print) if print != of.print => Err(ConventionRefusal::Superseded { print }),
            Some(_) | None => Ok(vec![deposited(of)]),
        },
        ConventionState::NotGenerated
        | ConventionState::Validated { .. }
        | ConventionState::Lapsed { .. } => refused(),
    }
}

/// A deposit found wrong may still be validated: the host may have looked too fast.
fn validate(state: &ConventionState, refused: impl FnOnce() -> Outcome) -> Outcome {
    match state {
        ConventionState::Deposited { of, .. } => {
            Ok(vec![ConventionEvent::ConventionValidated { convention: of.convention }])
        }
        ConventionState::NotGenerated
        | ConventionState::Generated(_)
        | ConventionState::Validated { .. }
        | ConventionState::Reopened { .. }
        | ConventionState::Lapsed { .. } => refused(),
    }
}

fn invalidate(
    state: &ConventionState,
    reason: Personal<String>,
    refused: impl FnOnce() -> Outcome,
) -> Outcome {
    let invalidated = |of: &Generation, was_validated| {
        Ok(vec![ConventionEvent::ConventionInvalidated {
            convention: of.convention,
            reason,
            was_validated,
        }])
    };
    match state {
        ConventionState::Deposited { non_conforming: true, .. } => {
            Err(ConventionRefusal::AlreadyNonConforming)
        }
        ConventionState::Deposited { of, non_conforming: false, .. } => invalidated(of, false),
        ConventionState::Validated { of, .. } => invalidated(of, true),
        ConventionState::NotGenerated
        | ConventionState::Generated(_)
        | ConventionState::Reopened { .. }
        | ConventionState::Lapsed { .. } => refused(),
    }
}

fn regenerate(state: &ConventionState, refused: impl FnOnce() -> Outcome) -> Outcome {
    match state {
        ConventionState::Generated(_) => Ok(Vec::new()),
        ConventionState::Deposited { of, .. } | ConventionState::Reopened { of, .. } => {
            Ok(vec![ConventionEvent::ConventionRegenerated { convention: of.convention }])
        }
        ConventionState::NotGenerated
        | ConventionState::Validated { .. }
        | ConventionState::Lapsed { .. } => refused(),
    }
}

fn lapse(
    state: &ConventionState,
    cause: ConventionLapse,
    refused: impl FnOnce() -> Outcome,
) -> Outcome {
    match state {
        ConventionState::NotGenerated => refused(),
        ConventionState::Generated(of)
        | ConventionState::Deposited { of, .. }
        | ConventionState::Validated { of, .. }
        | ConventionState::Reopened { of, .. } => {
            Ok(vec![ConventionEvent::ConventionLapsed { convention: of.convention, cause }])
        }
        ConventionState::Lapsed { .. } => Ok(Vec::new()),
    }
}

fn remind(state: &ConventionState, refused: impl FnOnce() -> Outcome) -> Outcome {
    match state {
        ConventionState::NotGenerated => refused(),
        ConventionState::Generated(of)
        | ConventionState::Deposited { of, .. }
        | ConventionState::Reopened { of, .. } => {
            if of.reminded {
                Ok(Vec::new())
            } else {
                Ok(vec![ConventionEvent::ReminderSent { convention: of.convention }])
            }
        }
        ConventionState::Validated { .. } | ConventionState::Lapsed { .. } => Ok(Vec::new()),
    }
}
