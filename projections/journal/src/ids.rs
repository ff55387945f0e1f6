//! Ids that the journal draws: of events, and of persons who are met for the first time.

use uuid::{NoContext, Timestamp, Uuid};

use crate::Clock;

/// A UUID v7 of the clock's instant.
pub(crate) fn fresh(clock: &Clock) -> Uuid {
    let now = clock.now();
    let seconds = u64::try_from(now.as_second()).unwrap_or(0);
    let nanoseconds = u32::try_from(now.subsec_nanosecond()).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, nanoseconds))
}
