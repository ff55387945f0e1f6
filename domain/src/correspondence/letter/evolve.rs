//! What an event changes.

use super::{
    LetterEvent::{
        self, LetterAbandoned, LetterFailed, LetterRequested, LetterResendRequested, LetterSent,
    },
    LetterState::{self, Abandoned, Sent, Waiting},
};
use crate::correspondence::template::Template;

pub(super) fn evolve(state: LetterState, event: &LetterEvent) -> LetterState {
    match *event {
        LetterRequested { letter, template, .. } => Waiting { letter, template, failed: 0 },
        LetterResendRequested { letter } => {
            state.with(|template| Waiting { letter, template, failed: 0 })
        }
        LetterFailed { letter, attempt, .. } => {
            state.with(|template| Waiting { letter, template, failed: attempt })
        }
        LetterSent { letter, .. } => state.with(|template| Sent { letter, template }),
        LetterAbandoned { letter, .. } => state.with(|template| Abandoned { letter, template }),
    }
}

impl LetterState {
    /// Where a letter that was asked for stands next; one that never was stays so.
    fn with(self, next: impl FnOnce(Template) -> Self) -> Self {
        match self {
            Self::Unrequested => self,
            Waiting { template, .. } | Sent { template, .. } | Abandoned { template, .. } => {
                next(template)
            }
        }
    }
}
