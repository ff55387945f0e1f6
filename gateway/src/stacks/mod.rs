//! Stacks of scans: taken and sealed at once, then read, sorted and deposited in the background,
//! one at a time; forgotten in the end.

mod accept;
mod deposit;
mod forget;
mod pictures;
mod print;
mod read;
mod sorter;

pub(crate) use accept::accept;
pub(crate) use forget::{forget_old, forget_showing};
pub(crate) use pictures::routes;
pub use sorter::Sorter;
