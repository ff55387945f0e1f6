//! Slots and bookings as GraphQL shows them.

mod booking;
mod slot;

pub(crate) use booking::{Booking, BookingStatus, PupilKind, Side};
pub(crate) use slot::Slot;
