//! What the rules need to know of a slot: its details, and each booking’s phase in the order
//! in which they came.

use jiff::{Timestamp, civil::DateTime};

use super::{event::SlotDetails, refusal::SlotRefusal};
use crate::kernel::{
    ids::{BookingId, PersonId, SlotId},
    uai::Uai,
};

/// Where a slot stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SlotState {
    /// It was never published.
    #[default]
    Unpublished,
    /// It is on offer, takes place or took place.
    Open(OpenSlot),
    /// It will not take place; every booking in it is void.
    Withdrawn,
}

/// A slot that was published and not withdrawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSlot {
    pub(super) slot: SlotId,
    pub(super) details: SlotDetails,
    /// All there ever were, in the order in which they were made: that of the waiting list too.
    pub(super) bookings: Vec<Booking>,
}

/// One pupil’s booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Booking {
    pub(super) id: BookingId,
    pub(super) pupil: PersonId,
    pub(super) origin: Uai,
    pub(super) phase: Phase,
}

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// A seat is the pupil’s.
    Booked {
        /// Since when.
        since: Timestamp,
        /// Whether the convention is validated.
        confirmed: bool,
        /// Whether the pupil came, once it was recorded.
        present: Option<bool>,
    },
    /// The pupil waits for a seat.
    Waiting,
    /// A seat is kept for the pupil.
    Promoted {
        /// Until when.
        deadline: Timestamp,
    },
    /// Cancelled, expired or lapsed.
    Over,
}

impl Phase {
    /// A seat that became the pupil’s at `since`.
    pub(super) fn booked(since: Timestamp) -> Self {
        Self::Booked { since, confirmed: false, present: None }
    }

    pub(super) fn holds_a_seat(self) -> bool {
        match self {
            Self::Booked { .. } | Self::Promoted { .. } => true,
            Self::Waiting | Self::Over => false,
        }
    }

    pub(super) fn is_active(self) -> bool {
        match self {
            Self::Booked { .. } | Self::Waiting | Self::Promoted { .. } => true,
            Self::Over => false,
        }
    }
}

impl OpenSlot {
    /// When it begins, on the platform’s wall clock.
    pub(super) fn begins_at(&self) -> DateTime {
        self.details.date.to_datetime(self.details.start)
    }

    /// The booking, over or not.
    pub(super) fn booking(&self, id: BookingId) -> Result<&Booking, SlotRefusal> {
        self.bookings.iter().find(|booking| booking.id == id).ok_or(SlotRefusal::NoSuchBooking)
    }

    /// Those who have a seat, wait for one or have one kept, in order.
    pub(super) fn active(&self) -> impl Iterator<Item = &Booking> {
        self.bookings.iter().filter(|b| b.phase.is_active())
    }

    /// Those who wait, the first first.
    pub(super) fn waiting(&self) -> impl Iterator<Item = &Booking> {
        self.bookings.iter().filter(|b| b.phase == Phase::Waiting)
    }

    /// How many seats are booked or kept.
    pub(super) fn held(&self) -> u16 {
        let held = self.bookings.iter().filter(|b| b.phase.holds_a_seat());
        u16::try_from(held.count()).unwrap_or(u16::MAX)
    }

    /// How many are not.
    pub(super) fn free(&self) -> u16 {
        self.details.seats.saturating_sub(self.held())
    }
}
