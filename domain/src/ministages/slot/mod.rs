//! One slot with its seats, bookings and waiting list: never one seat too many.

mod command;
mod deadlines;
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
pub enum Slot {}

impl Decider for Slot {
    const TYPE: &'static str = "slot";
    type Command = SlotCommand;
    type Event = SlotEvent;
    type State = SlotState;
    type Refusal = SlotRefusal;

    fn decide(state: &SlotState, command: SlotCommand) -> Result<Vec<SlotEvent>, SlotRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: SlotState, event: &SlotEvent) -> SlotState {
        evolve::evolve(state, event)
    }
}
