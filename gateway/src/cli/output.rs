//! The one place that writes to the terminal.

use std::{error::Error, io::Write as _, process::ExitCode};

/// Writes one line on standard output. A reader that went away is no reason to fail.
pub(crate) fn line(text: impl AsRef<str>) {
    let mut out = std::io::stdout().lock();
    let written = writeln!(out, "{}", text.as_ref()).and_then(|()| out.flush());
    if written.is_err() {
        tracing::debug!("nobody reads the output");
    }
}

/// Says why, with what lies behind it, on standard error.
pub(crate) fn fail(error: &dyn Error) -> ExitCode {
    let mut text = format!("escale : {error}");
    let mut source = error.source();
    while let Some(cause) = source {
        text = format!("{text}\n  parce que : {cause}");
        source = cause.source();
    }
    let mut err = std::io::stderr().lock();
    if writeln!(err, "{text}").is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::FAILURE
}
