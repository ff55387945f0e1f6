//! One mail to one recipient for one cause.

mod command;
mod decide;
mod event;
mod evolve;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::*;
pub use decide::MOST_ATTEMPTS;
pub use event::*;
pub use refusal::*;
pub use state::*;

use crate::kernel::decider::Decider;

/// The aggregate.
#[derive(Debug)]
pub enum Letter {}

impl Decider for Letter {
    const TYPE: &'static str = "letter";
    type Command = LetterCommand;
    type Event = LetterEvent;
    type State = LetterState;
    type Refusal = LetterRefusal;

    fn decide(
        state: &LetterState,
        command: LetterCommand,
    ) -> Result<Vec<LetterEvent>, LetterRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: LetterState, event: &LetterEvent) -> LetterState {
        evolve::evolve(state, event)
    }
}
