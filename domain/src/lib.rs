//! The rules of Escale, and nothing else: what can be asked (commands), what happened
//! (events), what follows (policies) and what is refused. Pure: no async, no I/O, no clock.

pub mod access;
pub mod accounts;
pub mod conventions;
pub mod correspondence;
pub mod directory;
pub mod facts;
pub mod kernel;
pub mod ministages;
pub mod operations;
pub mod platforms;
pub mod reaction;
