//! Who manages a school, and what the school keeps for all platforms; its stream is the UAI.

mod command;
mod event;
mod refusal;

pub use command::*;
pub use event::*;
pub use refusal::*;
