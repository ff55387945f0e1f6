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
    /// It is another print than the one that counts: the convention says something else since.
    #[error("print {print} of the convention is not the one that counts")]
    Superseded {
        /// Which print it is.
        print: u16,
    },
}

impl Refusal for ConventionRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
