//! Letters about a place on a waiting list.

use domain::ministages::slot::LapseCause;
use jiff::civil::DateTime;
use serde::Serialize;

use super::Placement;
use crate::french;

/// The slot was full: the pupil waits.
#[derive(Debug, Clone, Serialize)]
pub struct WaitlistJoined {
    /// The mini-stage.
    pub placement: Placement,
    /// The place on the list, from 1, if it is known.
    pub rank: Option<u32>,
    /// Where the booking is seen.
    pub link: String,
}

/// A seat is kept for the pupil until a deadline.
#[derive(Debug, Clone, Serialize)]
pub struct WaitlistPromoted {
    /// The mini-stage.
    pub placement: Placement,
    /// Until when.
    #[serde(serialize_with = "french::moment")]
    pub deadline: DateTime,
    /// Where the seat is taken or declined.
    pub link: String,
}

/// The seat is kept no longer.
#[derive(Debug, Clone, Serialize)]
pub struct WaitlistLapsed {
    /// The mini-stage.
    pub placement: Placement,
    /// Why.
    pub cause: LapseCause,
    /// Where another is booked.
    pub link: String,
}
