//! What is other on a convention that was made anew.

use async_graphql::Enum;
use domain::conventions::terms;

/// Ce qui est autre sur une convention refaite.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "terms::Change")]
pub(crate) enum ConventionChange {
    /// Le jour.
    Date,
    /// Les horaires.
    Hours,
    /// Le lieu : la salle.
    Place,
    /// Une autre personne accueille l’élève.
    Receiver,
    /// Le nom de la personne qui accueille était mal écrit.
    ReceiverName,
    /// C’est un autre élève.
    Pupil,
    /// Le nom de l’élève était mal écrit.
    PupilName,
    /// La date de naissance de l’élève.
    BirthDate,
    /// La classe de l’élève.
    Class,
    /// Une autre personne est responsable légale.
    Guardian,
    /// Le nom du responsable légal était mal écrit.
    GuardianName,
    /// Les coordonnées du responsable légal.
    GuardianContact,
    /// Le texte, les établissements, les signatures enregistrées ou la mise en page.
    Wording,
}

/// « la salle et la classe de l’élève ».
pub(crate) fn said(changes: &[terms::Change]) -> String {
    let words: Vec<&str> = changes.iter().copied().map(word).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} et {last}", first.join(", ")),
    }
}

fn word(change: terms::Change) -> &'static str {
    use terms::Change as C;
    match change {
        C::Date => "la date",
        C::Hours => "les horaires",
        C::Place => "la salle",
        C::Receiver => "la personne qui accueille",
        C::ReceiverName => "l’écriture du nom de la personne qui accueille",
        C::Pupil => "l’élève",
        C::PupilName => "l’écriture du nom de l’élève",
        C::BirthDate => "la date de naissance de l’élève",
        C::Class => "la classe de l’élève",
        C::Guardian => "le responsable légal",
        C::GuardianName => "l’écriture du nom du responsable légal",
        C::GuardianContact => "les coordonnées du responsable légal",
        C::Wording => "le texte de la convention",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use terms::Change;

    #[test]
    fn changes_are_listed_as_in_a_sentence() {
        assert_eq!(said(&[]), "");
        assert_eq!(said(&[Change::Place]), "la salle");
        assert_eq!(
            said(&[Change::Date, Change::Hours, Change::Place]),
            "la date, les horaires et la salle"
        );
    }
}
