//! One school of the national directory; its stream is its UAI.

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
pub enum School {}

impl Decider for School {
    const TYPE: &'static str = "school";
    type Command = SchoolCommand;
    type Event = SchoolEvent;
    type State = SchoolState;
    type Refusal = SchoolRefusal;

    fn decide(
        state: &SchoolState,
        command: SchoolCommand,
    ) -> Result<Vec<SchoolEvent>, SchoolRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: SchoolState, event: &SchoolEvent) -> SchoolState {
        evolve::evolve(state, event)
    }
}
