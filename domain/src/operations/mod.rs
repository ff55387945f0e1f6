//! What the operator did to the log’s readers.

pub mod erasure;
