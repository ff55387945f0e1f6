//! Letters about a slot in which a pupil has a seat or waits for one.

use serde::Serialize;

use super::Placement;

/// The slot will not take place.
#[derive(Debug, Clone, Serialize)]
pub struct SlotWithdrawn {
    /// The mini-stage.
    pub placement: Placement,
    /// Why.
    pub reason: String,
    /// Where another is booked.
    pub link: String,
}

/// Room, teacher or note are others.
#[derive(Debug, Clone, Serialize)]
pub struct SlotChanged {
    /// The mini-stage, as it is from now on.
    pub placement: Placement,
    /// Where the booking is seen.
    pub link: String,
}
