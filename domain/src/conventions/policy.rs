//! What conventions do about what happens to bookings: a seat has a convention, and a booking
//! that is gone has none that counts.

use super::convention::ConventionLapse;
use crate::{
    kernel::ids::{BookingId, SlotId},
    reaction::Reaction,
};

/// The convention of the seat is made.
pub fn when_seat_booked(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    vec![Reaction::GenerateConvention { slot, booking }]
}

/// A seat taken from the waiting list is a seat like any other.
pub fn when_waitlist_accepted(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    when_seat_booked(slot, booking)
}

/// Its convention is void.
pub fn when_booking_cancelled(booking: BookingId) -> Vec<Reaction> {
    vec![Reaction::LapseConvention { booking, cause: ConventionLapse::BookingCancelled }]
}

/// Its convention is void.
pub fn when_booking_expired(booking: BookingId) -> Vec<Reaction> {
    vec![Reaction::LapseConvention { booking, cause: ConventionLapse::BookingExpired }]
}

/// Each convention of the slot is void.
pub fn when_slot_withdrawn(bookings: &[BookingId]) -> Vec<Reaction> {
    bookings
        .iter()
        .map(|booking| Reaction::LapseConvention {
            booking: *booking,
            cause: ConventionLapse::SlotWithdrawn,
        })
        .collect()
}
