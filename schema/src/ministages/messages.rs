//! What a slot's refusals say: the sentences first, then which rule says which.

use domain::ministages::slot::SlotRefusal;
use jiff::civil::DateTime;

use crate::{
    french::{moment, number},
    refused::{RefusalCode, Refused},
};

const NOT_PUBLISHED: &str =
    "Ce créneau n’existe pas\u{202f}: rechargez la page et choisissez-en un autre.";
const ALREADY_PUBLISHED: &str = "Ce créneau est déjà publié.";
const WITHDRAWN: &str =
    "Ce créneau a été retiré par l’établissement d’accueil\u{202f}: choisissez-en un autre.";
const ENDS_FIRST: &str = "L’heure de fin doit venir après l’heure de début.";
const IN_THE_PAST: &str = "Ce moment est passé\u{202f}: choisissez une date et une heure à venir.";
const SEATS: &str = "Un créneau compte de 1 à 500 places.";
const ALREADY_BOOKED: &str = "Cet élève a déjà une réservation, ou attend déjà, dans ce créneau.";
const BOOKING_EXISTS: &str = "Cette réservation existe déjà.";
const NOBODY: &str = "La liste est vide\u{202f}: ajoutez au moins un élève.";
const NO_SUCH_BOOKING: &str = "Cette réservation n’existe pas dans ce créneau.";
const OVER: &str =
    "Cette réservation a été annulée ou a expiré\u{202f}: réservez de nouveau s’il le faut.";
const ANOTHER_PUPIL: &str =
    "Cette réservation est celle d’un autre élève\u{202f}: annulez-la, puis réservez pour le bon.";
const NOT_PROMOTED: &str = "Aucune place n’est gardée pour cet élève.";
const WAITING: &str = "Cet élève est encore sur la liste d’attente\u{202f}: il n’a pas de place.";
const BEGUN: &str =
    "Le créneau a commencé\u{202f}: ses places et ses réservations ne changent plus.";
const NOT_PRESENT: &str =
    "Notez d’abord la présence de l’élève\u{202f}: une appréciation suppose qu’il soit venu.";

impl From<SlotRefusal> for Refused {
    fn from(refusal: SlotRefusal) -> Self {
        use RefusalCode as C;
        use SlotRefusal as R;
        let say = |code: C, message: &str| Self::new(code, message);
        match refusal {
            R::NotPublished => say(C::NotPublished, NOT_PUBLISHED),
            R::AlreadyPublished => say(C::AlreadyPublished, ALREADY_PUBLISHED),
            R::SlotIsWithdrawn => say(C::SlotIsWithdrawn, WITHDRAWN),
            R::EndsBeforeItBegins => say(C::EndsBeforeItBegins, ENDS_FIRST).at("end"),
            R::InThePast => say(C::InThePast, IN_THE_PAST).at("date"),
            R::SeatsOutOfBounds => say(C::SeatsOutOfBounds, SEATS).at("seats"),
            R::SeatsHeld { held } => say(C::SeatsHeld, &seats_held(held)).at("seats"),
            R::DateBound { held } => say(C::DateBound, &date_bound(held)).at("date"),
            R::DeadlinePassed { closed_at } => say(C::DeadlinePassed, &closed(closed_at)),
            R::SlotFull { left } => say(C::SlotFull, &full(left)),
            R::AlreadyBooked { .. } => say(C::AlreadyBooked, ALREADY_BOOKED),
            R::BookingExists => say(C::BookingExists, BOOKING_EXISTS),
            R::SchoolQuotaReached { most } => say(C::SchoolQuotaReached, &school_quota(most)),
            R::PupilQuotaReached { most } => say(C::PupilQuotaReached, &pupil_quota(most)),
            R::NobodyToBook => say(C::NobodyToBook, NOBODY).at("pupils"),
            R::NoSuchBooking => say(C::NoSuchBooking, NO_SUCH_BOOKING),
            R::BookingIsOver => say(C::BookingIsOver, OVER),
            R::AnotherPupil => say(C::AnotherPupil, ANOTHER_PUPIL),
            R::TooLateToCancel { closed_at } => say(C::TooLateToCancel, &too_late(closed_at)),
            R::NotYetExpiring { expires_at } => say(C::NotYetExpiring, &not_yet(expires_at)),
            R::NotPromoted => say(C::NotPromoted, NOT_PROMOTED),
            R::PromotionOver { .. } => say(C::PromotionOver, PROMOTION_OVER),
            R::PromotionRuns { .. } => say(C::PromotionRuns, PROMOTION_RUNS),
            R::StillWaiting => say(C::StillWaiting, WAITING),
            R::NotBegun { begins_at } => say(C::NotBegun, &not_begun(begins_at)),
            R::HasBegun => say(C::HasBegun, BEGUN),
            R::NotPresent => say(C::NotPresent, NOT_PRESENT),
        }
    }
}

// The deadline of a promotion is an instant, and the refusal does not say in which time zone
// its reader lives: the page shows it beside the sentence.
const PROMOTION_OVER: &str = "Le délai de réponse est passé\u{202f}: la place n’est plus gardée.";
const PROMOTION_RUNS: &str = "Le délai de réponse court encore.";

fn seats(count: u16) -> String {
    match count {
        0 | 1 => format!("{count} place"),
        many => format!("{} places", number(many.into())),
    }
}

fn taken(held: u16) -> String {
    match held {
        0 | 1 => "Une place est déjà réservée dans ce créneau".to_owned(),
        many => format!("{} sont déjà réservées dans ce créneau", seats(many)),
    }
}

fn seats_held(held: u16) -> String {
    format!(
        "{}\u{202f}: gardez-en au moins autant, ou annulez d’abord des réservations.",
        taken(held)
    )
}

fn date_bound(held: u16) -> String {
    format!(
        "{}\u{202f}: le jour et les heures figurent sur les conventions et ne changent plus. \
         Retirez ce créneau et publiez-en un autre.",
        taken(held)
    )
}

fn closed(at: DateTime) -> String {
    format!(
        "Les réservations de ce créneau sont closes depuis le {}\u{202f}: choisissez un créneau plus \
         tardif.",
        moment(at)
    )
}

fn full(left: u16) -> String {
    match left {
        0 => "Ce créneau est complet\u{202f}: inscrivez l’élève sur la liste d’attente, ou choisissez un \
              autre créneau."
            .to_owned(),
        some => format!(
            "Ce créneau n’a plus que {}\u{202f}: raccourcissez la liste, ou réservez élève par élève.",
            seats(some)
        ),
    }
}

fn school_quota(most: u16) -> String {
    format!(
        "Un établissement peut réserver {} au plus dans un créneau, liste d’attente comprise.",
        seats(most)
    )
}

fn pupil_quota(most: u16) -> String {
    format!(
        "Un élève peut avoir {} au plus sur cette plateforme\u{202f}: annulez-en une d’abord.",
        match most {
            0 | 1 => format!("{most} réservation"),
            many => format!("{} réservations", number(many.into())),
        }
    )
}

fn too_late(closed_at: DateTime) -> String {
    format!(
        "Cette réservation ne peut plus être annulée en ligne depuis le {}\u{202f}: prévenez \
         l’établissement d’accueil par téléphone.",
        moment(closed_at)
    )
}

fn not_yet(expires_at: DateTime) -> String {
    format!("Cette réservation n’expire pas avant le {}.", moment(expires_at))
}

fn not_begun(begins_at: DateTime) -> String {
    format!("La présence se note à partir du début du créneau, le {}.", moment(begins_at))
}

/// What was typed is no hour.
pub(crate) fn not_an_hour() -> Refused {
    Refused::new(RefusalCode::NotAnHour, "Saisissez une heure qui existe, sous la forme 8:15.")
}

/// Nobody of school age was born then.
pub(crate) fn not_a_birth_date() -> Refused {
    Refused::new(
        RefusalCode::NotADate,
        "La date de naissance doit être passée, et dater de moins de cent ans.",
    )
}

/// An address or a telephone of nobody.
pub(crate) fn guardian_unnamed() -> Refused {
    Refused::new(RefusalCode::Empty, "Indiquez aussi le nom du responsable légal.")
}

/// A list of more pupils than `most`.
pub(crate) fn too_many_pupils(most: usize) -> Refused {
    Refused::new(
        RefusalCode::TooManyPupils,
        format!("Une liste compte {most} élèves au plus\u{202f}: partagez-la."),
    )
}

/// No date, or more than `most`, to copy a slot to.
pub(crate) fn dates_out_of_bounds(most: usize) -> Refused {
    Refused::new(RefusalCode::NotANumber, format!("Choisissez de 1 à {most} dates."))
}

/// One of each, for the list of all refusals that people may meet.
#[cfg(test)]
pub(crate) fn examples() -> Vec<SlotRefusal> {
    use SlotRefusal as R;

    let at = jiff::civil::date(2027, 3, 9).at(0, 0, 0, 0);
    let deadline = jiff::Timestamp::UNIX_EPOCH;
    vec![
        R::NotPublished,
        R::AlreadyPublished,
        R::SlotIsWithdrawn,
        R::EndsBeforeItBegins,
        R::InThePast,
        R::SeatsOutOfBounds,
        R::SeatsHeld { held: 3 },
        R::DateBound { held: 1 },
        R::DeadlinePassed { closed_at: at },
        R::SlotFull { left: 0 },
        R::SlotFull { left: 2 },
        R::AlreadyBooked { booking: domain::kernel::ids::BookingId::from_u128(1) },
        R::BookingExists,
        R::SchoolQuotaReached { most: 4 },
        R::PupilQuotaReached { most: 1 },
        R::NobodyToBook,
        R::NoSuchBooking,
        R::BookingIsOver,
        R::AnotherPupil,
        R::TooLateToCancel { closed_at: at },
        R::NotYetExpiring { expires_at: at },
        R::NotPromoted,
        R::PromotionOver { deadline },
        R::PromotionRuns { deadline },
        R::StillWaiting,
        R::NotBegun { begins_at: at },
        R::HasBegun,
        R::NotPresent,
    ]
}
