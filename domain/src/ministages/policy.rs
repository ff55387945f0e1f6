//! What bookings do about what happens to their conventions: one is firm while its convention
//! is validated.

use crate::{kernel::ids::ConventionId, reaction::Reaction};

/// The booking is confirmed.
pub fn when_convention_validated(convention: ConventionId) -> Vec<Reaction> {
    vec![Reaction::ConfirmBooking { convention }]
}

/// The confirmation is taken back, if there was one.
pub fn when_convention_invalidated(convention: ConventionId, was_validated: bool) -> Vec<Reaction> {
    if was_validated { vec![Reaction::UnconfirmBooking { convention }] } else { Vec::new() }
}
