//! The only place that writes to the terminal.

use std::error::Error;
use std::fmt::Display;
use std::io::{self, Write};

use crate::fault::Fault;

/// Says one line, on standard output.
#[expect(clippy::print_stdout, reason = "a tool for the terminal, and tests can capture it")]
pub(crate) fn say(line: impl Display) {
    println!("{line}");
}

/// Passes on what another program wrote, at once.
#[expect(clippy::print_stdout, reason = "a tool for the terminal, and tests can capture it")]
pub(crate) fn pass_on(text: &str) {
    print!("{text}");
    // A terminal that is gone will be noticed by the next line.
    let _ = io::stdout().flush();
}

/// Says why something failed, with all its causes. A failed suite has said so already, and its total
/// must stay the last line.
#[expect(clippy::print_stderr, reason = "a tool for the terminal")]
pub(crate) fn complain(fault: &Fault) {
    if !matches!(fault, Fault::Suite { .. }) {
        eprintln!("xtask: {}", told(fault));
    }
}

/// The fault and its causes in one line.
pub(crate) fn told(fault: &Fault) -> String {
    let mut line = fault.to_string();
    let mut cause = fault.source();
    while let Some(source) = cause {
        line = format!("{line}: {source}");
        cause = source.source();
    }
    line
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn a_fault_is_told_with_its_causes() {
        let fault = Fault::file(Path::new("docs/adr"))(io::Error::other("the disk is full"));

        assert_eq!(told(&fault), "docs/adr: the disk is full");
    }
}
