//! The slower checks of `cargo xtask ci`, some by programs that a machine may not have.

use std::path::Path;
use std::process::Command;

use crate::cargo::{cargo, on_path, run};
use crate::fault::Fault;
use crate::ledger::{Ledger, Outcome};

const NOT_INSTALLED: &str = "not installed here";

/// Adds the documentation build and the optional tools to the ledger.
pub(crate) fn check(root: &Path, ledger: &mut Ledger) {
    ledger.step("doc", "cargo doc, private items too, no warning", || {
        let arguments = ["doc", "--workspace", "--no-deps", "--document-private-items"];
        let mut command = cargo(root, &arguments);
        run("cargo doc", command.env("RUSTDOCFLAGS", "-D warnings")).map(|()| Outcome::Clean)
    });
    // Advisories need a database from the network; connected CI runs `cargo deny check advisories`.
    ledger.step("deny", "licences, bans and sources of the crates we use", || {
        let arguments = ["deny", "check", "bans", "licenses", "sources"];
        optional("cargo-deny", &mut cargo(root, &arguments))
    });
    ledger.step("typos", "spelling of the code", || {
        optional("typos", Command::new("typos").current_dir(root))
    });
    ledger.step("machete", "dependencies that no code uses", || {
        optional("cargo-machete", &mut cargo(root, &["machete"]))
    });
}

fn optional(program: &str, command: &mut Command) -> Result<Outcome, Fault> {
    if on_path(program) {
        run(program, command).map(|()| Outcome::Clean)
    } else {
        Ok(Outcome::Skipped(NOT_INSTALLED))
    }
}
