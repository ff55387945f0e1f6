//! What happened to a slot, its seats and its waiting list.

use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use serde::{Deserialize, Serialize};

use crate::kernel::{
    decider::Event,
    email::Email,
    ids::{BookingId, FormationId, SlotId},
    personal::Personal,
    slug::Slug,
    uai::Uai,
};

/// When, where and with whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SlotDetails {
    /// The day.
    pub date: Date,
    /// From.
    pub start: Time,
    /// To; after `start`.
    pub end: Time,
    /// How many seats; from 1.
    pub seats: u16,
    /// « Salle ».
    pub room: Option<String>,
    /// Who receives the pupils.
    pub teacher: Option<Personal<String>>,
    /// What pupils should know or bring.
    pub note: Option<String>,
}

/// Who the pupil is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PupilIdentity {
    /// « Nom ».
    pub last_name: String,
    /// « Prénom ».
    pub first_name: String,
    /// « Date de naissance ».
    pub birth_date: Option<Date>,
    /// « Classe ».
    pub class: Option<String>,
    /// « Responsable légal ».
    pub guardian: Option<Guardian>,
}

/// A pupil’s legal guardian.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Guardian {
    /// Their name.
    pub name: String,
    /// Their address.
    pub email: Option<Email>,
    /// Their telephone.
    pub phone: Option<String>,
}

/// Whose pupil.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum PupilKind {
    /// « Élève de mon établissement ».
    Internal,
    /// « Élève extérieur ».
    External,
}

/// Which of the two schools acted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum Side {
    /// The school of origin.
    Origin,
    /// The host.
    Host,
}

/// Why a promotion came to nothing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum LapseCause {
    /// The school declined.
    Declined,
    /// No answer in time.
    Unanswered,
}

/// What happened to a slot.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum SlotEvent {
    /// The slot is on offer.
    SlotPublished {
        /// Which.
        slot: SlotId,
        /// On which platform.
        platform: Slug,
        /// Where.
        host: Uai,
        /// To discover what.
        formation: FormationId,
        /// When, and with how many seats.
        details: SlotDetails,
        /// The slot it was duplicated from.
        copied_from: Option<SlotId>,
    },
    /// Its day, hours, seats, room, teacher or note are others.
    SlotChanged {
        /// Which.
        slot: SlotId,
        /// From now on.
        details: SlotDetails,
        /// The bookings and waiting pupils whose schools should know: none when only the
        /// number of seats is another.
        bookings: Vec<BookingId>,
    },
    /// It will not take place; every booking in it is void.
    SlotWithdrawn {
        /// Which.
        slot: SlotId,
        /// Why.
        reason: String,
        /// The bookings and waiting pupils that are void by it.
        bookings: Vec<BookingId>,
    },
    /// A seat is a pupil’s.
    SeatBooked {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Who.
        pupil: Personal<PupilIdentity>,
        /// From which school.
        origin: Uai,
        /// Whose pupil.
        kind: PupilKind,
        /// When, by the clock of whoever asked: the time to confirm runs from then.
        at: Timestamp,
    },
    /// The slot was full: the pupil waits.
    WaitlistJoined {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Who.
        pupil: Personal<PupilIdentity>,
        /// From which school.
        origin: Uai,
        /// Whose pupil.
        kind: PupilKind,
    },
    /// Who the pupil is was written wrongly; the person is the same.
    PupilCorrected {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Who, in truth.
        pupil: Personal<PupilIdentity>,
    },
    /// The pupil will not come, or waits no longer. The seat is free at once.
    BookingCancelled {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Why.
        reason: Option<Personal<String>>,
        /// Who cancelled.
        by: Side,
    },
    /// The booking was not confirmed in time. The seat is free at once.
    BookingExpired {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
    },
    /// A seat was freed: it is kept for this pupil until the deadline.
    WaitlistPromoted {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Until when the school may answer.
        deadline: Timestamp,
    },
    /// The school took the seat: a booking like any other from now on.
    WaitlistAccepted {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// When, by the clock of whoever asked: the time to confirm runs from then.
        at: Timestamp,
    },
    /// It did not; the pupil waits no longer.
    WaitlistLapsed {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Why.
        cause: LapseCause,
    },
    /// The convention is validated: the booking is firm.
    BookingConfirmed {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
    },
    /// The convention is validated no longer.
    BookingUnconfirmed {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
    },
    /// Whether the pupil came.
    AttendanceRecorded {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Whether.
        present: bool,
    },
    /// It was recorded wrongly.
    AttendanceCorrected {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// Whether, in truth.
        present: bool,
    },
    /// What the host thought of the pupil; a later one replaces it.
    AppreciationGiven {
        /// Which slot.
        slot: SlotId,
        /// The booking.
        booking: BookingId,
        /// The appreciation.
        text: Personal<String>,
    },
}

impl Event for SlotEvent {
    fn name(&self) -> &'static str {
        self.into()
    }
}
