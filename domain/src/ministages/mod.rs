//! Slots of half a day in a lycée, their seats, bookings and waiting list.

pub mod policy;
pub mod slot;
