//! Why a convention says no.

use crate::kernel::decider::Refusal;

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum ConventionRefusal {
    /// The command is not drawn from this state.
    #[error("{command} is not possible: the convention is {state}")]
    NotPossible {
        /// The command’s name.
        command: &'static str,
        /// The state’s name.
        state: &'static str,
    },
    /// The deposit is marked non conforme already: a new deposit, or a regeneration, goes on.
    #[error("the deposit was found wrong already")]
    AlreadyNonConforming,
}

impl Refusal for ConventionRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
