//! Nothing refuses an erasure; the type keeps the shape of every aggregate.

use crate::kernel::decider::Refusal;

/// No rule says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErasureRefusal {}

impl Refusal for ErasureRefusal {
    fn code(&self) -> &'static str {
        match *self {}
    }
}
