//! What happened to a convention, in words.

use domain::{
    conventions::convention::{ConventionEvent, ConventionLapse, Recognition},
    ministages::slot::Side,
};

use super::ERASED;

/// The sentence of an event.
pub(super) fn sentence(event: &ConventionEvent) -> String {
    use ConventionEvent as E;
    match event {
        E::ConventionGenerated { reference, .. } => {
            format!(
                "La convention {reference} est produite et envoyée à l’établissement d’origine."
            )
        }
        E::ConventionDeposited { side, recognised, .. } => deposited(*side, *recognised),
        E::ConventionValidated { .. } => "La conformité est validée.".to_owned(),
        E::ConventionInvalidated { reason, was_validated, .. } => {
            let reason = reason.known().map_or(ERASED, String::as_str);
            let what = if *was_validated {
                "La convention validée est invalidée\u{202f}: elle est à nouveau non retournée."
            } else {
                "La conformité est invalidée\u{202f}: la convention reste en attente de validation."
            };
            format!("{what} Motif\u{202f}: {reason}")
        }
        E::ConventionRegenerated { .. } => {
            "La convention est régénérée\u{202f}: elle est revenue à son état d’origine.".to_owned()
        }
        E::ConventionLapsed { cause, .. } => {
            let why = match cause {
                ConventionLapse::BookingCancelled => "la réservation est annulée",
                ConventionLapse::BookingExpired => "la réservation a expiré",
                ConventionLapse::SlotWithdrawn => "le créneau est retiré",
            };
            format!("La convention est caduque\u{202f}: {why}.")
        }
        E::ReminderSent { .. } => {
            "L’établissement d’origine est relancé\u{202f}: la convention est attendue.".to_owned()
        }
    }
}

fn deposited(side: Side, recognised: Recognition) -> String {
    let side = match side {
        Side::Origin => "l’établissement d’origine",
        Side::Host => "l’établissement d’accueil",
    };
    let how = match recognised {
        Recognition::OriginalBytes => "reconnue automatiquement",
        Recognition::ByHand => "rattachée à la main",
    };
    format!("La convention remplie est déposée par {side} ({how}).")
}
