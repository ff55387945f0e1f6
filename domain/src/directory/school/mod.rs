//! One school of the national directory; its stream is its UAI.

mod command;
mod event;
mod refusal;

pub use command::*;
pub use event::*;
pub use refusal::*;
