//! The erasure of one person; its stream is the person’s id.

mod command;
mod decide;
mod event;
mod evolve;
mod refusal;
mod state;
#[cfg(test)]
mod tests;

pub use command::*;
pub use event::*;
pub use refusal::*;
pub use state::*;

use crate::kernel::decider::Decider;

/// The aggregate.
#[derive(Debug)]
pub enum Erasure {}

impl Decider for Erasure {
    const TYPE: &'static str = "erasure";
    type Command = ErasureCommand;
    type Event = ErasureEvent;
    type State = ErasureState;
    type Refusal = ErasureRefusal;

    fn decide(
        state: &ErasureState,
        command: ErasureCommand,
    ) -> Result<Vec<ErasureEvent>, ErasureRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: ErasureState, event: &ErasureEvent) -> ErasureState {
        evolve::evolve(state, event)
    }
}
