//! `escale sdl`.

use std::process::ExitCode;

use super::output;

/// Writes the schema, as it is committed.
pub(super) fn run() -> ExitCode {
    output::line(schema::sdl().trim_end());
    ExitCode::SUCCESS
}
