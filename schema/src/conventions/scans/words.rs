//! What is said of stacks and their pages.

use domain::conventions::scan_batch::{NotDeposited, ScanFlaw, ScanRefusal, Unclassified};

use crate::refused::{RefusalCode, Refused};

/// Why a page was attached to nothing: the end of a sentence.
pub(crate) fn reason(reason: Unclassified) -> &'static str {
    match reason {
        Unclassified::NoCode => "aucun code n’a pu y être lu",
        Unclassified::Blank => "elle est blanche",
        Unclassified::Forged => "son code n’a pas été produit par ce service",
        Unclassified::SeveralCodes => "elle porte deux codes qui se contredisent",
        Unclassified::Unknown => "sa convention n’est pas connue de ce service",
        Unclassified::Inconsistent => "son code ne compte pas les mêmes pages que la convention",
        Unclassified::OtherPlatform => "sa convention est d’une autre plateforme",
        Unclassified::NotTheirs => "sa convention n’est pas l’une des vôtres",
        Unclassified::Double => "la même page est déjà dans la pile",
        Unclassified::AlreadyValidated => "sa convention est déjà validée",
        Unclassified::AlreadyLapsed => {
            "sa convention n’a plus d’objet, car la réservation n’est plus active"
        }
        Unclassified::Superseded => {
            "elle est d’une version précédente de sa convention, qui a été modifiée depuis"
        }
    }
}

/// Why a whole stack was not sorted, and what to do: a sentence.
pub(crate) fn flaw(flaw: ScanFlaw, page: Option<u16>) -> String {
    let said = match flaw {
        ScanFlaw::UnknownFormat => "Ce fichier n’est ni un PDF, ni une image TIFF, JPEG ou PNG.",
        ScanFlaw::Heic => {
            "Ce fichier est au format HEIC, que peu d’appareils lisent\u{202f}: enregistrez-le en JPEG."
        }
        ScanFlaw::RareForm => {
            "Ce fichier est d’une forme rare de son format\u{202f}: enregistrez-le en PDF ou en JPEG."
        }
        ScanFlaw::Encrypted => {
            "Ce fichier est protégé par un mot de passe\u{202f}: déposez-le sans protection."
        }
        ScanFlaw::Damaged => {
            "Ce fichier est incomplet ou abîmé\u{202f}: numérisez les pages de nouveau."
        }
        ScanFlaw::NoPage => "Ce fichier ne contient aucune page.",
        ScanFlaw::TooManyPages => {
            "Ce fichier a trop de pages\u{202f}: déposez la pile en plusieurs fois."
        }
        ScanFlaw::TooLarge => {
            "Les images de ce fichier sont trop grandes\u{202f}: numérisez à 300 points par pouce au plus."
        }
        ScanFlaw::Unreadable => {
            "La lecture de ce fichier s’est arrêtée avant la fin\u{202f}: déposez ses conventions une à une, \
             en choisissant l’élève."
        }
    };
    match page {
        Some(page) if flaw == ScanFlaw::Unreadable => {
            format!("{said} La lecture en était à la page {page}.")
        }
        Some(_) | None => said.to_owned(),
    }
}

/// Why the pages of a convention were not deposited: the end of a sentence.
pub(crate) fn not_deposited(cause: NotDeposited) -> &'static str {
    match cause {
        NotDeposited::NotAwaited => "la convention n’attend plus de dépôt",
        NotDeposited::Erased => "les données de l’élève ont été effacées",
        NotDeposited::NotSplit => {
            "ces pages ne peuvent pas être détachées du fichier, qui est signé ou abîmé"
        }
        NotDeposited::Superseded => {
            "la convention a été modifiée depuis\u{202f}: ce sont des pages d’une version précédente"
        }
        NotDeposited::TooLarge => "elles pèsent plus que la plateforme n’accepte",
    }
}

/// « 1 page », « 3 pages ».
pub(crate) fn counted(number: u16, one: &str, many: &str) -> String {
    format!("{number} {}", if number < 2 { one } else { many })
}

/// One of each, to be read.
#[cfg(test)]
pub(crate) fn examples() -> Vec<ScanRefusal> {
    vec![
        ScanRefusal::NoSuchScan,
        ScanRefusal::ScanNotSorted,
        ScanRefusal::NoSuchPage { page: 12 },
        ScanRefusal::PageNotFree { page: 12 },
        ScanRefusal::PlaceTaken { page: 3 },
        ScanRefusal::NoSuchPlace { number: 3, of: 2 },
        ScanRefusal::NothingToDeposit,
    ]
}

impl From<ScanRefusal> for Refused {
    fn from(refusal: ScanRefusal) -> Self {
        let (code, message) = match refusal {
            ScanRefusal::NoSuchScan => (
                RefusalCode::NoSuchScan,
                "Cette pile n’existe pas\u{202f}: rechargez la page et recommencez.".to_owned(),
            ),
            ScanRefusal::ScanNotSorted => (
                RefusalCode::ScanNotSorted,
                "Les pages de cette pile ne sont pas connues\u{202f}: attendez la fin de la lecture."
                    .to_owned(),
            ),
            ScanRefusal::NoSuchPage { page } => (
                RefusalCode::NoSuchPage,
                format!("Cette pile n’a pas de page {page}\u{202f}: rechargez la page et recommencez."),
            ),
            ScanRefusal::PageNotFree { page } => (
                RefusalCode::PageNotFree,
                format!(
                    "La page {page} n’est pas à classer\u{202f}: son code dit où elle va, ou elle est \
                     déjà déposée."
                ),
            ),
            ScanRefusal::PlaceTaken { page } => (
                RefusalCode::PlaceTaken,
                format!(
                    "La page {page} de la pile est déjà à cette place\u{202f}: choisissez-en une autre, \
                     ou écartez cette page."
                ),
            ),
            ScanRefusal::NoSuchPlace { of, .. } => (
                RefusalCode::NoSuchPlace,
                format!("Cette convention compte {}.", counted(of, "page", "pages")),
            ),
            ScanRefusal::NothingToDeposit => (
                RefusalCode::NothingToDeposit,
                "Aucune page de cette pile n’est rattachée à cette convention.".to_owned(),
            ),
        };
        Self::new(code, message)
    }
}
