//! One platform of stages; its stream is its slug.

mod colour;
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
pub enum Platform {}

impl Decider for Platform {
    const TYPE: &'static str = "platform";
    type Command = PlatformCommand;
    type Event = PlatformEvent;
    type State = PlatformState;
    type Refusal = PlatformRefusal;

    fn decide(
        state: &PlatformState,
        command: PlatformCommand,
    ) -> Result<Vec<PlatformEvent>, PlatformRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: PlatformState, event: &PlatformEvent) -> PlatformState {
        evolve::evolve(state, event)
    }
}
