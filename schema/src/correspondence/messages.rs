//! What a letter's refusals say.

use domain::correspondence::letter::LetterRefusal;

use crate::refused::{RefusalCode, Refused};

impl From<LetterRefusal> for Refused {
    fn from(refusal: LetterRefusal) -> Self {
        let (code, message) = match refusal {
            LetterRefusal::NoSuchLetter => (RefusalCode::NoSuchLetter, "Ce courriel n’existe pas."),
            LetterRefusal::OnItsWay => (
                RefusalCode::OnItsWay,
                "Ce courriel est déjà en cours d’envoi\u{202f}: patientez quelques minutes.",
            ),
            LetterRefusal::NotOnItsWay => {
                (RefusalCode::NotOnItsWay, "Ce courriel n’est pas en cours d’envoi.")
            }
        };
        Self::new(code, message)
    }
}

/// One of each, for the list of all refusals that people may meet.
#[cfg(test)]
pub(crate) fn examples() -> Vec<LetterRefusal> {
    vec![LetterRefusal::NoSuchLetter, LetterRefusal::OnItsWay, LetterRefusal::NotOnItsWay]
}
