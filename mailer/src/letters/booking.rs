//! Letters about a booking.

use domain::ministages::slot::Side;
use serde::Serialize;

use super::Placement;

/// A seat was booked; said to the host.
#[derive(Debug, Clone, Serialize)]
pub struct BookingToHost {
    /// The mini-stage.
    pub placement: Placement,
    /// How many seats are left.
    pub seats_left: u16,
    /// Of how many.
    pub seats: u16,
    /// Where the booking is seen.
    pub link: String,
}

/// A booking was cancelled; said to the other side.
#[derive(Clone, Serialize)]
pub struct BookingCancelled {
    /// The mini-stage.
    pub placement: Placement,
    /// Who cancelled; the letter goes to the other.
    pub by: Side,
    /// Why, if it was said and is still known.
    pub reason: Option<String>,
    /// The bookings, for the host; other slots, for the school of origin.
    pub link: String,
}

impl std::fmt::Debug for BookingCancelled {
    /// Without the reason, which is personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("BookingCancelled")
            .field("placement", &self.placement)
            .field("by", &self.by)
            .finish_non_exhaustive()
    }
}

/// A booking was not confirmed in time; said to both.
#[derive(Debug, Clone, Serialize)]
pub struct BookingExpired {
    /// The mini-stage.
    pub placement: Placement,
    /// Whom this letter goes to.
    pub to: Side,
    /// The bookings, for the host; other slots, for the school of origin.
    pub link: String,
}

/// The pupil did not come.
#[derive(Debug, Clone, Serialize)]
pub struct AbsenceRecorded {
    /// The mini-stage.
    pub placement: Placement,
    /// Where the booking is seen.
    pub link: String,
}
