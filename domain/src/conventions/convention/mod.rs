//! One convention; see the states in the project’s event model.

mod command;
mod decide;
mod event;
mod evolve;
mod refusal;
mod signatures;
mod state;
#[cfg(test)]
mod tests;

pub use command::*;
pub use event::*;
pub use refusal::*;
pub use signatures::*;
pub use state::*;

use crate::kernel::decider::Decider;

/// The aggregate.
#[derive(Debug)]
pub enum Convention {}

impl Decider for Convention {
    const TYPE: &'static str = "convention";
    type Command = ConventionCommand;
    type Event = ConventionEvent;
    type State = ConventionState;
    type Refusal = ConventionRefusal;

    fn decide(
        state: &ConventionState,
        command: ConventionCommand,
    ) -> Result<Vec<ConventionEvent>, ConventionRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: ConventionState, event: &ConventionEvent) -> ConventionState {
        evolve::evolve(state, event)
    }
}
