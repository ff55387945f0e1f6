//! A stack of scanned pages that came back in one file: read page by page, sorted, and given
//! to the conventions it belongs to. What no code on a page proves is left to a person.

mod command;
mod decide;
mod event;
mod evolve;
mod refusal;
mod sorting;
mod state;
#[cfg(test)]
mod tests;

pub use command::*;
pub use event::*;
pub use refusal::*;
pub use sorting::*;
pub use state::*;

use crate::kernel::decider::Decider;

/// The aggregate.
#[derive(Debug)]
pub enum ScanBatch {}

impl Decider for ScanBatch {
    const TYPE: &'static str = "scan_batch";
    type Command = ScanCommand;
    type Event = ScanEvent;
    type State = ScanState;
    type Refusal = ScanRefusal;

    fn decide(state: &ScanState, command: ScanCommand) -> Result<Vec<ScanEvent>, ScanRefusal> {
        decide::decide(state, command)
    }

    fn evolve(state: ScanState, event: &ScanEvent) -> ScanState {
        evolve::evolve(state, event)
    }
}
