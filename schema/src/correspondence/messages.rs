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
            LetterRefusal::OfASignatory => (
                RefusalCode::LetterOfASignatory,
                "Ce courriel porte le lien ou le code personnel d’un signataire\u{202f}: renvoyez le \
                 lien depuis la convention, une fois par jour au plus.",
            ),
        };
        Self::new(code, message)
    }
}

/// One of each, for the list of all refusals that people may meet.
#[cfg(test)]
pub(crate) fn examples() -> Vec<LetterRefusal> {
    vec![
        LetterRefusal::NoSuchLetter,
        LetterRefusal::OnItsWay,
        LetterRefusal::NotOnItsWay,
        LetterRefusal::OfASignatory,
    ]
}
