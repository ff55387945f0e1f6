//! One slot with its seats, bookings and waiting list: never one seat too many.

mod command;
mod event;
mod refusal;

pub use command::*;
pub use event::*;
pub use refusal::*;
