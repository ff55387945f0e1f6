//! The life of one agreement, from its generation to its validation, and its signing online.

pub mod convention;
pub mod policy;
pub mod scan_batch;
pub mod signing;
pub mod terms;
