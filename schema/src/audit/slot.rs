//! What happened to a slot and its bookings, in words.

use domain::{
    kernel::personal::Personal,
    ministages::slot::{LapseCause, PupilIdentity, Side, SlotDetails, SlotEvent},
};

use super::ERASED;

/// The sentence of an event.
pub(super) fn sentence(event: &SlotEvent) -> String {
    use SlotEvent as E;
    match event {
        E::SlotPublished { details, .. } => {
            format!("Le créneau du {} est publié ({} places).", when(details), details.seats)
        }
        E::SlotChanged { details, .. } => {
            format!("Le créneau est modifié\u{202f}: {}, {} places.", when(details), details.seats)
        }
        E::SlotWithdrawn { reason, bookings, .. } => {
            format!(
                "Le créneau est retiré (réservations annulées\u{202f}: {}). Motif\u{202f}: {reason}",
                bookings.len()
            )
        }
        E::SeatBooked { pupil, .. } => format!("Une place est réservée pour {}.", name(pupil)),
        E::WaitlistJoined { pupil, .. } => {
            format!("{} entre en liste d’attente\u{202f}: le créneau est complet.", name(pupil))
        }
        E::BookingCancelled { reason, by, .. } => cancelled(reason.as_ref(), *by),
        E::BookingExpired { .. } => {
            "La réservation a expiré\u{202f}: la convention n’est pas revenue à temps.".to_owned()
        }
        E::WaitlistPromoted { .. } => {
            "Une place s’est libérée\u{202f}: elle est proposée à l’élève.".to_owned()
        }
        E::WaitlistAccepted { .. } => "La place proposée est acceptée.".to_owned(),
        E::WaitlistLapsed { cause, .. } => match cause {
            LapseCause::Declined => "La place proposée est refusée.".to_owned(),
            LapseCause::Unanswered => {
                "La place proposée n’a pas reçu de réponse à temps.".to_owned()
            }
        },
        E::BookingConfirmed { .. } => "La réservation est ferme.".to_owned(),
        E::BookingUnconfirmed { .. } => "La réservation n’est plus ferme.".to_owned(),
        E::AttendanceRecorded { present, .. } => {
            format!("L’élève est noté {}.", presence(*present))
        }
        E::AttendanceCorrected { present, .. } => {
            format!("La présence est corrigée\u{202f}: {}.", presence(*present))
        }
        E::AppreciationGiven { text, .. } => {
            format!(
                "Appréciation\u{202f}: «\u{a0}{}\u{a0}»",
                text.known().map_or(ERASED, String::as_str)
            )
        }
    }
}

fn cancelled(reason: Option<&Personal<String>>, by: Side) -> String {
    let side = match by {
        Side::Origin => "l’établissement d’origine",
        Side::Host => "l’établissement d’accueil",
    };
    match reason {
        None => format!("La réservation est annulée par {side}."),
        Some(reason) => {
            let reason = reason.known().map_or(ERASED, String::as_str);
            format!("La réservation est annulée par {side}. Motif\u{202f}: {reason}")
        }
    }
}

fn presence(present: bool) -> &'static str {
    if present { "présent" } else { "absent" }
}

fn name(pupil: &Personal<PupilIdentity>) -> String {
    pupil.known().map_or_else(
        || ERASED.to_owned(),
        |pupil| format!("{} {}", pupil.last_name.to_uppercase(), pupil.first_name),
    )
}

fn when(details: &SlotDetails) -> String {
    let (start, end) = (details.start.strftime("%H:%M"), details.end.strftime("%H:%M"));
    format!("{}, {start} – {end}", details.date.strftime("%d/%m/%Y"))
}
