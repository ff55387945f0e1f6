//! What is typed at the command line, read with a French word on what was expected.

use domain::kernel::{
    email::Email,
    ids::{ConventionId, PersonId},
    slug::Slug,
    uai::{NotAUai, Uai},
};

/// Why an argument is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum BadArgument {
    /// Not a UAI.
    #[error("un code UAI compte sept chiffres et une lettre, par exemple 0491234A")]
    Uai,
    /// The check letter does not follow from the digits.
    #[error("la lettre de contrôle devrait être {0}")]
    CheckLetter(char),
    /// Not a slug.
    #[error("un nom court compte de 3 à 40 minuscules, chiffres et tirets, une lettre d’abord")]
    Slug,
    /// Not an address.
    #[error("une adresse ressemble à prenom.nom@ac-nantes.fr")]
    Email,
    /// Not an id.
    #[error("un identifiant ressemble à {0}_018f2c9e-…")]
    Id(&'static str),
}

pub(super) fn uai(text: &str) -> Result<Uai, BadArgument> {
    text.parse().map_err(|error| match error {
        NotAUai::Shape => BadArgument::Uai,
        NotAUai::CheckLetter { expected } => BadArgument::CheckLetter(expected),
    })
}

pub(super) fn slug(text: &str) -> Result<Slug, BadArgument> {
    text.parse().map_err(|_| BadArgument::Slug)
}

pub(super) fn email(text: &str) -> Result<Email, BadArgument> {
    text.parse().map_err(|_| BadArgument::Email)
}

pub(super) fn person(text: &str) -> Result<PersonId, BadArgument> {
    text.parse().map_err(|_| BadArgument::Id(PersonId::PREFIX))
}

pub(super) fn convention(text: &str) -> Result<ConventionId, BadArgument> {
    text.parse().map_err(|_| BadArgument::Id(ConventionId::PREFIX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_argument_says_in_french_what_was_expected() {
        let letter = uai("0491234B").unwrap_err().to_string();

        assert_eq!(letter, "la lettre de contrôle devrait être A");
        assert_eq!(uai("x"), Err(BadArgument::Uai));
        assert_eq!(slug("Été"), Err(BadArgument::Slug));
        assert_eq!(email("x"), Err(BadArgument::Email));
        assert_eq!(person("slot_1"), Err(BadArgument::Id("person")));
        assert_eq!(convention(""), Err(BadArgument::Id("convention")));
    }
}
