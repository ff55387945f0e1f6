//! The letters: sent, waiting, given up.

pub mod letters;
