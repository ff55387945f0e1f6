//! Why a letter says no.

use crate::kernel::decider::Refusal;

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum LetterRefusal {
    /// There is no such letter.
    #[error("there is no such letter")]
    NoSuchLetter,
    /// The letter waits to be sent.
    #[error("the letter is on its way")]
    OnItsWay,
    /// The letter is not waiting: nothing can fail.
    #[error("the letter is not on its way")]
    NotOnItsWay,
    /// A signatory’s link or code arrived: another is asked for by the rules of signing.
    #[error("the letter bears a signatory's link or code")]
    OfASignatory,
}

impl Refusal for LetterRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
