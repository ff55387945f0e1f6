//! What a platform's refusals say.

use domain::platforms::platform::PlatformRefusal;

use crate::{
    french::{day, number},
    refused::{RefusalCode, Refused},
};

impl From<PlatformRefusal> for Refused {
    fn from(refusal: PlatformRefusal) -> Self {
        use PlatformRefusal as R;
        use RefusalCode as C;
        let say = |code: C, message: &str| Self::new(code, message);
        match refusal {
            R::NoSuchPlatform => say(C::NoSuchPlatform, "Cette plateforme n’existe pas."),
            R::AlreadyOpen => {
                say(C::AlreadyOpen, "Ce nom court est déjà celui d’une autre plateforme.")
                    .at("slug")
            }
            R::LicenceRunsLonger { until } => Self::new(
                C::LicenceRunsLonger,
                format!(
                    "La licence court déjà jusqu’au {}\u{202f}: choisissez une date plus tardive.",
                    day(until)
                ),
            )
            .at("until"),
            R::NotAHost => {
                say(C::NotAHost, "Cet établissement n’accueille pas d’élèves sur cette plateforme.")
            }
            R::AlreadyAHost => say(
                C::AlreadyAHost,
                "Cet établissement accueille déjà des élèves sur cette plateforme.",
            ),
            R::NoSuchFormation => {
                say(C::NoSuchFormation, "Cette formation n’existe pas, ou n’est plus proposée.")
            }
            R::SameFormation => say(
                C::SameFormation,
                "L’établissement propose déjà une formation de ce niveau et de cet intitulé.",
            )
            .at("label"),
            R::ReminderAfterExpiry => say(
                C::ReminderAfterExpiry,
                "Le rappel doit partir plus de jours avant le créneau que l’expiration.",
            )
            .at("remindDays"),
            R::RuleOutOfBounds { field, least, most } => Self::new(
                C::RuleOutOfBounds,
                format!("Saisissez un nombre de {} à {}.", number(least), number(most)),
            )
            .at(field),
            R::TooManyArticles { most } => Self::new(
                C::TooManyArticles,
                format!("Une convention compte {most} articles au plus\u{202f}: réunissez-en."),
            )
            .at("articles"),
            R::ColourUnreadable => say(
                C::ColourUnreadable,
                "Choisissez une couleur plus foncée\u{202f}: un texte blanc doit y rester lisible \
                 (contraste de 4,5 au moins).",
            )
            .at("colour"),
            R::RoleHeld => say(C::RoleHeld, "Ce compte a déjà cette charge."),
            R::RoleNotHeld => say(C::RoleNotHeld, "Ce compte n’a pas cette charge."),
        }
    }
}

/// No clock of the world is called so.
pub(crate) fn not_a_time_zone() -> Refused {
    Refused::new(
        RefusalCode::NotATimeZone,
        "Choisissez un fuseau horaire qui existe, comme Europe/Paris ou Indian/Reunion.",
    )
}
