//! Starting cargo and other programs, output streaming through.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::console;
use crate::fault::Fault;
use crate::tally::Tally;

/// What cargo tells the program it runs about that program. A cargo below must not hear it: build scripts
/// that watch these (ring's) would run again, with all that depends on them, at each change of terminal.
const OF_THIS_PACKAGE: [&str; 2] = ["CARGO_PKG_", "CARGO_MANIFEST_"];

/// A cargo command at the root, with the cargo that runs this program.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    command.current_dir(root).args(arguments);
    for name in std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()) {
        if OF_THIS_PACKAGE.iter().any(|start| name.starts_with(start)) {
            command.env_remove(name);
        }
    }
    if std::env::var_os("CARGO_BUILD_JOBS").is_none() {
        command.env("CARGO_BUILD_JOBS", "2");
    }
    command
}

/// Runs it to its end, output streaming through; `name` is what to call it when it fails.
pub(crate) fn run(name: &str, command: &mut Command) -> Result<(), Fault> {
    ended(name, command.status().map_err(Fault::start(name))?)
}

/// What it prints on standard output, standard error streaming through.
pub(crate) fn output(name: &str, command: &mut Command) -> Result<Vec<u8>, Fault> {
    let output = command.stderr(Stdio::inherit()).output().map_err(Fault::start(name))?;
    ended(name, output.status)?;
    Ok(output.stdout)
}

/// Runs a test command, its output streaming through, and counts what it reports.
///
/// The tally stands even when the command failed: it then counts the failures, and at least one.
pub(crate) fn count_tests(name: &str, command: &mut Command) -> Result<Tally, Fault> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(Fault::start(name))?;
    let mut tally = Tally::default();
    if let Some(stdout) = child.stdout.take() {
        let mut reader = BufReader::new(stdout);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).map_err(Fault::start(name))? > 0 {
            let text = String::from_utf8_lossy(&line);
            console::pass_on(&text);
            tally.read(&text);
            line.clear();
        }
    }
    let status = child.wait().map_err(Fault::start(name))?;
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
    }
    Ok(tally)
}

/// Whether the shell would find `program`.
pub(crate) fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|directory| directory.join(program).is_file())
}

fn ended(name: &str, status: ExitStatus) -> Result<(), Fault> {
    if status.success() { Ok(()) } else { Err(Fault::Ended { program: name.to_owned(), status }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_test_command_is_counted_also_when_it_fails() {
        let line = "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out";

        let tally = count_tests("tests", &mut shell(&format!("echo '{line}'; exit 101"))).unwrap();

        assert_eq!(tally, Tally { passed: 2, failed: 3, ignored: 0 });
    }

    #[test]
    fn a_test_command_that_does_not_compile_is_one_failure() {
        let tally = count_tests("tests", &mut shell("exit 101")).unwrap();

        assert_eq!(tally, Tally { passed: 0, failed: 1, ignored: 0 });
    }

    #[test]
    fn a_program_that_fails_is_named_with_its_status() {
        let fault = run("a check", &mut shell("exit 3")).unwrap_err();

        assert_eq!(fault.to_string(), "`a check` ended with exit status: 3");
    }

    #[test]
    fn a_program_is_found_on_the_path_or_not() {
        assert!(on_path("sh"));
        assert!(!on_path("no-such-program-anywhere"));
    }
}
