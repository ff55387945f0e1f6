//! The life of one agreement, from its generation to its validation.

pub mod convention;
pub mod policy;
