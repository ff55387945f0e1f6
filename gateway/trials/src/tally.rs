//! Durations, and what share of them is below which.

use std::time::Duration;

/// How long each of many answers took.
#[derive(Debug, Default, Clone)]
pub(crate) struct Tally(Vec<Duration>);

impl Tally {
    /// One more.
    pub(crate) fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// All those of another.
    pub(crate) fn absorb(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// The duration that `share` of them (0 to 1) do not exceed; milliseconds.
    pub(crate) fn at(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a rank among what memory holds"
        )]
        let rank = (share * sorted.len() as f64).ceil() as usize;
        let found = sorted.get(rank.saturating_sub(1)).copied().unwrap_or_default();
        found.as_secs_f64() * 1000.0
    }

    /// p50, p99 and the longest, in words.
    pub(crate) fn told(&self) -> String {
        format!(
            "p50 {:.0} ms, p99 {:.0} ms, max {:.0} ms",
            self.at(0.5),
            self.at(0.99),
            self.at(1.0)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_them_do_not_exceed_the_middle() {
        let mut tally = Tally::default();
        for millis in (1..=100).rev() {
            tally.add(Duration::from_millis(millis));
        }

        assert_eq!(tally.told(), "p50 50 ms, p99 99 ms, max 100 ms");
        assert_eq!(tally.count(), 100);
    }
}
