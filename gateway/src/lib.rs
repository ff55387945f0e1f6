//! The binary `escale` as a library, so that its tests can start it.

pub mod directory;
