//! One convention; see the states in the project’s event model.

mod command;
mod event;
mod refusal;

pub use command::*;
pub use event::*;
pub use refusal::*;
