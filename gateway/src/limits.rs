//! How often one may try: a counter per kind, key and minute, in memory. A restart forgives;
//! what must not be forgiven (wrong passwords of an account) is in the log.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use jiff::{SignedDuration, Timestamp};
use schema::ports::TooManyTries;

/// The most counters kept; above it, those whose minute is over are dropped.
const MOST_COUNTERS: usize = 50_000;

/// Counts tries.
#[derive(Debug)]
pub struct Limits {
    per_minute: u32,
    counters: Mutex<HashMap<(&'static str, String), Counter>>,
}

#[derive(Debug, Clone, Copy)]
struct Counter {
    since: Timestamp,
    tries: u32,
}

impl Limits {
    /// `per_minute` tries of each kind for each key.
    pub fn new(per_minute: u32) -> Self {
        Self { per_minute, counters: Mutex::default() }
    }

    /// Counts one more try, and says whether it is allowed.
    pub fn allow(&self, kind: &'static str, key: &str, now: Timestamp) -> Result<(), TooManyTries> {
        let minute = SignedDuration::from_mins(1);
        let mut counters = self.counters.lock().unwrap_or_else(PoisonError::into_inner);
        if counters.len() >= MOST_COUNTERS {
            counters.retain(|_, counter| now.duration_since(counter.since) < minute);
        }
        let fresh = Counter { since: now, tries: 0 };
        let counter = counters.entry((kind, key.to_owned())).or_insert(fresh);
        if now.duration_since(counter.since) >= minute {
            *counter = fresh;
        }
        counter.tries = counter.tries.saturating_add(1);
        if counter.tries <= self.per_minute {
            return Ok(());
        }
        let after = counter.since.saturating_add(minute).unwrap_or(Timestamp::MAX);
        Err(TooManyTries { after })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_try_of_two_waits_for_the_next_minute() {
        let limits = Limits::new(2);
        let now: Timestamp = "2027-01-13T08:15:00Z".parse().unwrap();
        let next = "2027-01-13T08:16:00Z".parse().unwrap();

        assert_eq!(limits.allow("sign_in", "192.0.2.0/24", now), Ok(()));
        assert_eq!(limits.allow("sign_in", "192.0.2.0/24", now), Ok(()));
        assert_eq!(limits.allow("sign_in", "192.0.2.0/24", now), Err(TooManyTries { after: next }));
        assert_eq!(limits.allow("sign_in", "198.51.100.0/24", now), Ok(()));
        assert_eq!(limits.allow("hint", "192.0.2.0/24", now), Ok(()));
        assert_eq!(limits.allow("sign_in", "192.0.2.0/24", next), Ok(()));
    }
}
