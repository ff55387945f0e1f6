//! What an event changes.

use super::{
    LetterEvent::{
        self, LetterAbandoned, LetterFailed, LetterRequested, LetterResendRequested, LetterSent,
    },
    LetterState::{self, Abandoned, Sent, Waiting},
};

pub(super) fn evolve(_: LetterState, event: &LetterEvent) -> LetterState {
    match *event {
        LetterRequested { letter, .. } | LetterResendRequested { letter } => {
            Waiting { letter, failed: 0 }
        }
        LetterFailed { letter, attempt, .. } => Waiting { letter, failed: attempt },
        LetterSent { letter, .. } => Sent { letter },
        LetterAbandoned { letter, .. } => Abandoned { letter },
    }
}
