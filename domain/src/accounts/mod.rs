//! Who signs in, and who manages a school’s space.

pub mod account;
pub mod policy;
pub mod school_space;
