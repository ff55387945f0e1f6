//! `cargo xtask demo`: builds the one binary and becomes `escale demo`.

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::console::say;
use crate::escale;
use crate::fault::Fault;
use crate::portal;

/// Replaces this process, so that the terminal and its signals belong to the demo.
pub(crate) fn demo(root: &Path, arguments: &[String]) -> Result<(), Fault> {
    say("Building the web pages.");
    portal::build(root)?;
    say("Building escale: some minutes the first time, nothing afterwards.");
    let binary = escale::build(root)?;
    let name = binary.display().to_string();
    say(format!("{name} demo {}", arguments.join(" ")));
    Err(Fault::start(&name)(Command::new(&binary).arg("demo").args(arguments).exec()))
}
