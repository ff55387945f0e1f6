//! The national directory: every school by its UAI.

pub mod school;
