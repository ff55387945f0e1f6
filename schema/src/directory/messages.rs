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

/// The file is not one of the national directory.
pub(crate) fn not_a_directory(why: &str) -> Refused {
    Refused::new(RefusalCode::NotADirectory, why)
}

/// An import is under way.
pub(crate) fn import_runs() -> Refused {
    Refused::new(
        RefusalCode::ImportRuns,
        "Un import de l’annuaire est déjà en cours\u{202f}: attendez son compte rendu.",
    )
}
