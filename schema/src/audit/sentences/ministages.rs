//! What happened to a slot and its bookings.

use domain::{
    kernel::personal::Personal,
    ministages::slot::{LapseCause, PupilIdentity, PupilKind, Side, SlotDetails, SlotEvent},
};

use super::{known, quoted};
use crate::{
    french::{day, hour},
    names,
};

pub(super) fn slot(event: &SlotEvent) -> String {
    use SlotEvent as E;
    match event {
        E::SlotPublished { details, copied_from, .. } => {
            let how = if copied_from.is_some() { ", copie d’un autre," } else { "" };
            format!("Le créneau{how} a été publié\u{202f}: {}.", when(details))
        }
        E::SlotChanged { details, .. } => {
            format!("Le créneau a été modifié\u{202f}: {}.", when(details))
        }
        E::SlotWithdrawn { reason, .. } => {
            format!("Le créneau a été retiré\u{202f}: {}.", quoted(reason))
        }
        E::SeatBooked { pupil, kind, .. } => {
            format!("Une place a été réservée pour {} ({}).", name(pupil), kind_of(*kind))
        }
        E::WaitlistJoined { pupil, kind, .. } => format!(
            "Le créneau était complet\u{202f}: {} ({}) attend une place.",
            name(pupil),
            kind_of(*kind)
        ),
        E::PupilCorrected { pupil, .. } => {
            format!("L’identité de l’élève a été corrigée\u{202f}: {}.", name(pupil))
        }
        E::BookingCancelled { reason, by, .. } => cancelled(reason.as_ref(), *by),
        E::WaitlistLapsed { cause, .. } => match cause {
            LapseCause::Declined => "La place gardée a été refusée.",
            LapseCause::Unanswered => "La place gardée est restée sans réponse dans le délai.",
        }
        .to_owned(),
        E::AppreciationGiven { text, .. } => format!(
            "L’établissement d’accueil a donné son appréciation\u{202f}: {}.",
            known(text, |text| quoted(text))
        ),
        E::BookingExpired { .. }
        | E::WaitlistPromoted { .. }
        | E::WaitlistAccepted { .. }
        | E::BookingConfirmed { .. }
        | E::BookingUnconfirmed { .. }
        | E::AttendanceRecorded { .. }
        | E::AttendanceCorrected { .. } => plain(event).to_owned(),
    }
}

/// The events that say no more than that they happened.
fn plain(event: &SlotEvent) -> &'static str {
    use SlotEvent as E;
    match event {
        E::BookingExpired { .. } => {
            "La réservation a expiré, faute de convention validée à temps\u{202f}: la place est libre."
        }
        E::WaitlistPromoted { .. } => {
            "Une place s’est libérée\u{202f}: elle est gardée pour l’élève jusqu’à la réponse de son \
             établissement."
        }
        E::WaitlistAccepted { .. } => "La place gardée a été acceptée.",
        E::BookingConfirmed { .. } => "La réservation est confirmée.",
        E::BookingUnconfirmed { .. } => "La réservation n’est plus confirmée.",
        E::AttendanceRecorded { present: true, .. } => "L’élève est venu.",
        E::AttendanceRecorded { present: false, .. } => "L’élève n’est pas venu.",
        E::AttendanceCorrected { present: true, .. } => {
            "La présence a été corrigée\u{202f}: l’élève est venu."
        }
        E::AttendanceCorrected { present: false, .. } => {
            "La présence a été corrigée\u{202f}: l’élève n’est pas venu."
        }
        E::SlotPublished { .. }
        | E::SlotChanged { .. }
        | E::SlotWithdrawn { .. }
        | E::SeatBooked { .. }
        | E::WaitlistJoined { .. }
        | E::PupilCorrected { .. }
        | E::BookingCancelled { .. }
        | E::WaitlistLapsed { .. }
        | E::AppreciationGiven { .. } => "",
    }
}

fn cancelled(reason: Option<&Personal<String>>, by: Side) -> String {
    let who = match by {
        Side::Origin => "l’établissement d’origine",
        Side::Host => "l’établissement d’accueil",
    };
    let why = reason.map(|reason| format!("\u{202f}: {}", known(reason, |text| quoted(text))));
    format!("La réservation a été annulée par {who}{}.", why.unwrap_or_default())
}

fn when(details: &SlotDetails) -> String {
    let seats = match details.seats {
        0 | 1 => "1 place".to_owned(),
        many => format!("{many} places"),
    };
    format!("{}, de {} à {}, {seats}", day(details.date), hour(details.start), hour(details.end))
}

fn name(pupil: &Personal<PupilIdentity>) -> String {
    match pupil.known() {
        Some(it) => names::of_person(&it.last_name, &it.first_name),
        None => "un élève au nom effacé".to_owned(),
    }
}

fn kind_of(kind: PupilKind) -> &'static str {
    match kind {
        PupilKind::Internal => "élève de l’établissement",
        PupilKind::External => "élève extérieur",
    }
}
