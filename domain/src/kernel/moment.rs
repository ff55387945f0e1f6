//! Now, as a rule needs it.

use jiff::{Timestamp, civil::DateTime};

/// An instant, and the wall clock of the platform concerned at that instant. Brought by the
/// command: rules never read a clock nor a time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// What the clock on the platform’s wall shows.
    pub local: DateTime,
}
