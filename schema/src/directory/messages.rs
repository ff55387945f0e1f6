//! What is said of a school that cannot be used.

use domain::directory::school::SchoolRefusal;

use crate::refused::{RefusalCode, Refused};

impl From<SchoolRefusal> for Refused {
    fn from(refusal: SchoolRefusal) -> Self {
        match refusal {
            SchoolRefusal::NotListed => Self::new(
                RefusalCode::NotListed,
                "Cet établissement n’a jamais figuré dans l’annuaire.",
            ),
        }
    }
}

/// No school has this code.
pub(crate) fn unknown_school(support: &str) -> Refused {
    Refused::new(
        RefusalCode::UnknownSchool,
        format!(
            "Aucun établissement de l’annuaire national n’a ce code. Vérifiez-le, ou écrivez à \
             {support}."
        ),
    )
}

/// The school is closed.
pub(crate) fn school_closed(support: &str) -> Refused {
    Refused::new(
        RefusalCode::SchoolClosed,
        format!(
            "Cet établissement est fermé d’après l’annuaire national. Si c’est une erreur, \
             écrivez à {support}."
        ),
    )
}

/// The directory knows no address of the school.
pub(crate) fn no_institutional_address(support: &str) -> Refused {
    Refused::new(
        RefusalCode::NoInstitutionalAddress,
        format!(
            "L’annuaire national ne donne aucune adresse électronique pour cet établissement. \
             Écrivez à {support} pour ouvrir son compte."
        ),
    )
}
