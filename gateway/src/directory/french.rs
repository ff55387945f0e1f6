//! What an import says to the person who runs it, in French.

use super::{
    row::{Notice, RowRejected},
    segpa::Evidence,
    source::FileRefused,
};

impl FileRefused {
    /// The refusal, with what to do about it.
    pub fn french(&self) -> String {
        match self {
            Self::Empty => "Le fichier est vide.".to_owned(),
            Self::Utf16 => "Le fichier est en UTF-16\u{202f}: enregistrez-le au format \
                            «\u{a0}CSV UTF-8 (délimité par des points-virgules)\u{a0}»."
                .to_owned(),
            Self::MissingColumns { missing } => format!(
                "L’en-tête du fichier ne convient pas. Il y manque\u{202f}: {}. Le fichier \
                 attendu est l’annuaire de l’éducation (fr-en-annuaire-education), au format CSV.",
                missing.join(", ")
            ),
        }
    }
}

impl RowRejected {
    /// Why the row was rejected.
    pub fn french(&self) -> String {
        let text = match self {
            Self::LineTooLong => "la ligne est trop longue",
            Self::NotText => "la ligne n’est pas en UTF-8",
            Self::OpenQuote => "un guillemet ouvert n’est pas refermé",
            Self::Columns { found, expected } => {
                return format!("{found} colonnes au lieu de {expected}");
            }
            Self::NoUai => "le code UAI manque",
            Self::UaiShape => "le code UAI doit comporter sept chiffres et une lettre",
            Self::UaiCheckLetter { expected } => {
                return format!("la lettre de contrôle du code UAI devrait être {expected}");
            }
            Self::NoName => "le nom de l’établissement manque",
            Self::NameTooLong => "le nom de l’établissement est trop long",
            Self::NoKind => "ni le code nature ni le type de l’établissement ne sont donnés",
            Self::UnknownSector => "le statut n’est ni «\u{a0}Public\u{a0}» ni «\u{a0}Privé\u{a0}»",
            Self::UnknownStatus => {
                "l’état n’est ni «\u{a0}OUVERT\u{a0}», ni «\u{a0}A OUVRIR\u{a0}», ni \
                 «\u{a0}A FERMER\u{a0}», ni «\u{a0}FERME\u{a0}»"
            }
            Self::NoAcademie => "l’académie manque et ne se déduit pas du code UAI",
            Self::BadCoordinates => "la latitude et la longitude ne désignent aucun lieu",
        };
        text.to_owned()
    }
}

impl Notice {
    /// What was left out of the row.
    pub fn french(self) -> &'static str {
        match self {
            Self::MailIgnored => "l’adresse électronique est illisible et n’a pas été reprise",
            Self::ParentIgnored => {
                "le code de l’établissement de rattachement est faux et n’a pas été repris"
            }
            Self::NoMail => "l’adresse électronique manque",
        }
    }
}

impl Evidence {
    /// Why a SEGPA was attached, as the end of a sentence.
    pub fn french(self) -> &'static str {
        match self {
            Self::Declared => "d’après l’annuaire",
            Self::Mail => "par l’adresse électronique",
            Self::Place => "par l’adresse postale",
            Self::Phone => "par le téléphone",
            Self::Name => "par le nom",
            Self::SimilarName => "par un nom voisin",
            Self::Near => "par un numéro voisin",
        }
    }
}

/// `number` with a narrow no-break space between thousands: « 14 910 ».
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

/// « 1 ligne lue », « 2 lignes lues »; zero is singular.
pub(crate) fn counted(number: u64, one: &str, several: &str) -> String {
    format!("{} {}", grouped(number), if number < 2 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let groups = [0, 999, 1000, 14_910, 1_234_567].map(grouped);
        assert_eq!(
            groups.join(" | ").replace('\u{202f}', "_"),
            "0 | 999 | 1_000 | 14_910 | 1_234_567"
        );
    }
}
