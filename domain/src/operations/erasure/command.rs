//! What can be asked.

use super::event::ErasureGround;
use crate::kernel::ids::PersonId;

/// What can be asked.
#[derive(Debug, Clone, PartialEq)]
pub enum ErasureCommand {
    /// Erases a person. Nothing to do when it was done.
    ErasePerson {
        /// Who.
        person: PersonId,
        /// Why.
        ground: ErasureGround,
    },
}
