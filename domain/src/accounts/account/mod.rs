//! One who signs in.

mod command;
mod event;
mod refusal;

pub use command::*;
pub use event::*;
pub use refusal::*;
