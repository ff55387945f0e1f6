//! What every context speaks: the decider, the envelope of an event, ids and value objects.

pub mod decider;
pub mod document;
pub mod email;
pub mod envelope;
pub mod ids;
pub mod moment;
pub mod personal;
pub mod place;
pub mod slug;
#[cfg(any(test, feature = "testing"))]
pub mod spec;
#[cfg(any(test, feature = "testing"))]
pub mod table;
pub mod text;
pub mod uai;
