//! `escale migrate`.

use std::process::ExitCode;

use journal::Journal;

use super::output;

/// Opening the journal has done it; says where one stands.
pub(super) fn run(journal: &Journal) -> ExitCode {
    let position = *journal.head().borrow();
    output::line(format!("La base du journal est prête ; elle compte {position} événements."));
    ExitCode::SUCCESS
}
