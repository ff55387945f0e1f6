//! Who manages a school, and what the school keeps for all platforms; its stream is the UAI.

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
pub enum SchoolSpace {}

impl Decider for SchoolSpace {
    const TYPE: &'static str = "school_space";
    type Command = SchoolSpaceCommand;
    type Event = SchoolSpaceEvent;
    type State = SchoolSpaceState;
    type Refusal = SchoolSpaceRefusal;

    fn decide(
        state: &SchoolSpaceState,
        command: SchoolSpaceCommand,
    ) -> Result<Vec<SchoolSpaceEvent>, SchoolSpaceRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: SchoolSpaceState, event: &SchoolSpaceEvent) -> SchoolSpaceState {
        evolve::evolve(state, event)
    }
}
