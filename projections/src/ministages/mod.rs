//! Slots, bookings, and all that schools read of them: the catalogue, the lists, the agenda,
//! the counters, the deadlines.

pub mod agenda;
pub mod bookings;
pub mod catalogue;
pub mod dashboard;
pub mod deadlines;
pub mod lists;
pub mod placements;
#[cfg(test)]
pub(crate) mod sample;
pub mod slots;
pub mod statistics;
