//! The clock that dates events: the system's, or one that a test or the demo holds.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Where `recorded_at` comes from. Clones of a held clock share its instant.
#[derive(Debug, Clone)]
pub struct Clock(Hand);

#[derive(Debug, Clone)]
enum Hand {
    System,
    /// At an instant, or let go.
    Held(Arc<Mutex<Option<Timestamp>>>),
}

impl Clock {
    /// The system's clock. A log in PostgreSQL then dates its events by the server's.
    pub fn system() -> Self {
        Self(Hand::System)
    }

    /// A clock that stands at `instant` until it is [set](Self::set) or
    /// [advanced](Self::advance).
    pub fn held(instant: Timestamp) -> Self {
        Self(Hand::Held(Arc::new(Mutex::new(Some(instant)))))
    }

    /// The instant it is.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place of the journal that reads the system's clock"
    )]
    pub fn now(&self) -> Timestamp {
        let held = match &self.0 {
            Hand::System => None,
            Hand::Held(held) => *held.lock().unwrap_or_else(PoisonError::into_inner),
        };
        held.unwrap_or_else(Timestamp::now)
    }

    /// Puts a held clock at `instant`; the system's goes on as it does.
    pub fn set(&self, instant: Timestamp) {
        if let Hand::Held(held) = &self.0 {
            *held.lock().unwrap_or_else(PoisonError::into_inner) = Some(instant);
        }
    }

    /// Lets a held clock go: from now on it shows the system's time.
    pub fn release(&self) {
        if let Hand::Held(held) = &self.0 {
            *held.lock().unwrap_or_else(PoisonError::into_inner) = None;
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
        match &self.0 {
            Hand::System => false,
            Hand::Held(held) => held.lock().unwrap_or_else(PoisonError::into_inner).is_some(),
        }
    }

    /// The instant in microseconds since 1970.
    pub(crate) fn micros(&self) -> i64 {
        self.now().as_microsecond()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_clock_goes_on_once_it_is_let_go() {
        let long_ago: Timestamp = "2020-01-01T00:00:00Z".parse().unwrap();
        let clock = Clock::held(long_ago);
        let shared = clock.clone();

        assert_eq!((shared.now(), shared.is_held()), (long_ago, true));

        clock.release();

        assert!(shared.now() > long_ago);
        assert!(!shared.is_held());
    }
}
