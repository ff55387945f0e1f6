//! What happened to a convention.

use domain::{
    conventions::convention::{ConventionEvent, ConventionLapse, Recognition},
    ministages::slot::Side,
};

use super::{known, quoted};
use crate::conventions::amended::said;

pub(super) fn convention(event: &ConventionEvent) -> String {
    use ConventionEvent as E;
    match event {
        E::ConventionGenerated { reference, .. } => {
            format!("La convention {reference} a été établie.")
        }
        E::ConventionAmended { print, changes, .. } => format!(
            "La convention a été refaite, version {print} ({}). Elle remplace la précédente.",
            said(changes)
        ),
        E::ConventionDeposited {
            side, recognised, ..
        } => deposited(*side, *recognised),
        E::ConventionValidated { .. } => "La conformité de la convention a été validée.".to_owned(),
        E::ConventionInvalidated {
            reason,
            was_validated,
            ..
        } => {
            let what = if *was_validated {
                "La convention validée a été invalidée"
            } else {
                "Le document déposé a été jugé non conforme"
            };
            format!("{what}\u{202f}: {}.", known(reason, |text| quoted(text)))
        }
        E::ConventionRegenerated { .. } => {
            "La convention a été régénérée\u{202f}: le document d’origine, à l’identique, est de nouveau \
             à faire signer."
                .to_owned()
        }
        E::ConventionLapsed { cause, .. } => {
            let because = match cause {
                ConventionLapse::BookingCancelled => "la réservation a été annulée",
                ConventionLapse::BookingExpired => "la réservation a expiré",
                ConventionLapse::SlotWithdrawn => "le créneau a été retiré",
            };
            format!("La convention n’a plus d’objet\u{202f}: {because}.")
        }
        E::ReminderSent { .. } => {
            "Un rappel a été adressé à l’établissement d’origine.".to_owned()
        }
    }
}

fn deposited(side: Side, recognised: Recognition) -> String {
    let who = match side {
        Side::Origin => "l’établissement d’origine",
        Side::Host => "l’établissement d’accueil",
    };
    let how = match recognised {
        Recognition::OriginalBytes => "reconnue automatiquement",
        Recognition::ByHand => "l’élève a été choisi dans la liste",
        Recognition::SignedOnline => {
            return "La convention signée en ligne a été déposée.".to_owned();
        }
        Recognition::PageCodes => "reconnue dans une pile numérisée, par les codes de ses pages",
    };
    format!("La convention a été déposée par {who} ({how}).")
}
