//! The signing online of one convention: who must sign, by which link, proved by which code.
//! Its stream bears the convention’s id; the convention itself knows only the deposit that follows.

mod command;
mod decide;
mod event;
mod evolve;
mod refusal;
mod required;
mod state;
#[cfg(test)]
mod tests;

pub use command::*;
pub use event::*;
pub use refusal::*;
pub use required::*;
pub use state::*;

use crate::kernel::decider::Decider;

/// The aggregate.
#[derive(Debug)]
pub enum Signing {}

impl Decider for Signing {
    const TYPE: &'static str = "signing";
    type Command = SigningCommand;
    type Event = SigningEvent;
    type State = SigningState;
    type Refusal = SigningRefusal;

    fn decide(
        state: &SigningState,
        command: SigningCommand,
    ) -> Result<Vec<SigningEvent>, SigningRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: SigningState, event: &SigningEvent) -> SigningState {
        evolve::evolve(state, event)
    }
}
