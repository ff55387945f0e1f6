//! The account of a suite: each step with its time and its outcome, then one line with the total.

use std::time::{Duration, Instant};

use crate::console::{say, told};
use crate::fault::Fault;
use crate::tally::Tally;

/// What a step that went well brings.
pub(crate) enum Outcome {
    /// The check found nothing.
    Clean,
    /// Tests ran; some may have failed.
    Tested(Tally),
    /// The step could not run here, for this reason.
    Skipped(&'static str),
}

struct Row {
    name: &'static str,
    took: Duration,
    verdict: String,
}

/// The steps so far. Every step runs, also after one that failed: one run tells everything.
#[derive(Default)]
pub(crate) struct Ledger {
    rows: Vec<Row>,
    total: Tally,
}

impl Ledger {
    /// Runs a step and writes down how it went.
    pub(crate) fn step(
        &mut self,
        name: &'static str,
        what: &str,
        work: impl FnOnce() -> Result<Outcome, Fault>,
    ) {
        say(format!("\n── {name}: {what}"));
        let started = Instant::now();
        let outcome = work();
        let took = started.elapsed();
        let verdict = self.judge(outcome);
        say(format!("── {name}: {verdict}"));
        self.rows.push(Row { name, took, verdict });
    }

    fn judge(&mut self, outcome: Result<Outcome, Fault>) -> String {
        match outcome {
            Ok(Outcome::Clean) => "ok".to_owned(),
            Ok(Outcome::Skipped(why)) => format!("skipped, {why}"),
            Ok(Outcome::Tested(tally)) => {
                self.total.add(tally);
                format!("{}, {} ignored", counts(tally), tally.ignored)
            }
            Err(fault) => {
                self.total.failed += 1;
                format!("FAILED, {}", told(&fault))
            }
        }
    }

    /// Prints the account; the total stands alone on the last line. A step that failed without a test
    /// to blame counts as one failure.
    pub(crate) fn close(self) -> Result<(), Fault> {
        say("");
        for row in &self.rows {
            say(format!("{:>6.1} s  {:<10} {}", row.took.as_secs_f64(), row.name, row.verdict));
        }
        say(counts(self.total));
        match self.total.failed {
            0 => Ok(()),
            failed => Err(Fault::Suite { failed }),
        }
    }
}

fn counts(tally: Tally) -> String {
    format!("{} passed, {} failed", tally.passed, tally.failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closed(outcomes: Vec<Result<Outcome, Fault>>) -> (Tally, Result<(), Fault>) {
        let mut ledger = Ledger::default();
        for outcome in outcomes {
            ledger.step("step", "a step of a test", || outcome);
        }
        (ledger.total, ledger.close())
    }

    #[test]
    fn a_suite_whose_tests_pass_is_content() {
        let tally = Tally { passed: 7, failed: 0, ignored: 0 };

        let (total, end) = closed(vec![
            Ok(Outcome::Clean),
            Ok(Outcome::Tested(tally)),
            Ok(Outcome::Skipped("nothing to see")),
        ]);

        assert_eq!(total, tally);
        assert!(matches!(end, Ok(())));
    }

    #[test]
    fn a_check_that_fails_counts_and_the_steps_after_it_still_run() {
        let tally = Tally { passed: 7, failed: 1, ignored: 0 };

        let (total, end) = closed(vec![Err(Fault::Breaches(3)), Ok(Outcome::Tested(tally))]);

        assert_eq!(total, Tally { passed: 7, failed: 2, ignored: 0 });
        assert!(matches!(end, Err(Fault::Suite { failed: 2 })));
    }
}
