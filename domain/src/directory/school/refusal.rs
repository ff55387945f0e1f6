//! Why an import’s row changes nothing.

use crate::kernel::decider::Refusal;

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum SchoolRefusal {
    /// A school that was never listed cannot be closed.
    #[error("the school was never listed")]
    NotListed,
}

impl Refusal for SchoolRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
