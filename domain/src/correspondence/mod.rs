//! Letters: each is sent once for one cause, retried, or given up visibly.

pub mod letter;
pub mod policy;
pub mod template;
