//! Adding up the lines by which test programs say how many passed.

/// How many tests passed, failed and were not run.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Tests that passed.
    pub(crate) passed: usize,
    /// Tests that failed, and steps that failed without a test to blame.
    pub(crate) failed: usize,
    /// Tests that were left out by their own wish.
    pub(crate) ignored: usize,
}

impl Tally {
    /// Adds what one line of output reports; any other line adds nothing.
    pub(crate) fn read(&mut self, line: &str) {
        let Some(counts) = line.trim_start().strip_prefix("test result: ") else {
            return;
        };
        self.passed += number_before(counts, " passed");
        self.failed += number_before(counts, " failed");
        self.ignored += number_before(counts, " ignored");
    }

    /// Adds another tally.
    pub(crate) fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

fn number_before(text: &str, word: &str) -> usize {
    let before = text.split(word).next().unwrap_or_default();
    let digits = before.rsplit(|letter: char| !letter.is_ascii_digit()).next().unwrap_or_default();
    digits.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_several_test_programs_are_added_up() {
        let mut tally = Tally::default();

        for line in [
            "running 12 tests",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 108 passed; 2 failed; 0 ignored; 0 measured; 5 filtered out; finished in 1.20s",
        ] {
            tally.read(line);
        }

        assert_eq!(tally, Tally { passed: 120, failed: 2, ignored: 1 });
    }

    #[test]
    fn a_line_that_only_speaks_of_a_result_adds_nothing() {
        let mut tally = Tally::default();

        tally.read("the « test result: ok. 12 passed » of yesterday");

        assert_eq!(tally, Tally::default());
    }
}
