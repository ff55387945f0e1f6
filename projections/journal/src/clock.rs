//! The clock that dates events: the system's, or one that a test or the demo holds.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Where `recorded_at` comes from. Clones of a held clock share its instant.
#[derive(Debug, Clone)]
pub struct Clock(Hand);

#[derive(Debug, Clone)]
enum Hand {
    System,
    Held(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// The system's clock. A log in PostgreSQL then dates its events by the server's.
    pub fn system() -> Self {
        Self(Hand::System)
    }

    /// A clock that stands at `instant` until it is [set](Self::set) or
    /// [advanced](Self::advance).
    pub fn held(instant: Timestamp) -> Self {
        Self(Hand::Held(Arc::new(Mutex::new(instant))))
    }

    /// The instant it is.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of the journal that reads the system's clock"
    )]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Hand::System => Timestamp::now(),
            Hand::Held(instant) => *instant.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Puts a held clock at `instant`; the system's goes on as it does.
    pub fn set(&self, instant: Timestamp) {
        if let Hand::Held(held) = &self.0 {
            *held.lock().unwrap_or_else(PoisonError::into_inner) = instant;
        }
    }

    /// Moves a held clock by `span`; the system's goes on as it does.
    pub fn advance(&self, span: SignedDuration) {
        if let Ok(later) = self.now().checked_add(span) {
            self.set(later);
        }
    }

    /// Whether the clock is held, so that no server's time is to be asked for.
    pub(crate) fn is_held(&self) -> bool {
        matches!(self.0, Hand::Held(_))
    }

    /// The instant in microseconds since 1970.
    pub(crate) fn micros(&self) -> i64 {
        self.now().as_microsecond()
    }
}
