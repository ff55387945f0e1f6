//! `cargo xtask test` and `cargo xtask ci`: every check and test, in order of cheapness.

use std::path::Path;

use crate::cargo::{cargo, count_tests, run};
use crate::console::say;
use crate::fault::Fault;
use crate::ledger::{Ledger, Outcome};
use crate::postgres::Cluster;
use crate::{arch, dead_paths, packages, portal, python, sdl, settings, tools};

/// What each pull request must pass.
pub(crate) fn test(root: &Path) -> Result<(), Fault> {
    checked(root).close()
}

/// What each pull request must pass, and the slower checks.
pub(crate) fn ci(root: &Path) -> Result<(), Fault> {
    let mut ledger = checked(root);
    tools::check(root, &mut ledger);
    ledger.close()
}

fn checked(root: &Path) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.step("packages", "programs that the tests need", || {
        packages::ensure()?;
        python::ensure(root)?;
        python::ensure_pyhanko(root).map(|()| Outcome::Clean)
    });
    ledger.step("format", "cargo fmt --all --check", || {
        run("cargo fmt", &mut cargo(root, &["fmt", "--all", "--check"])).map(|()| Outcome::Clean)
    });
    ledger.step("arch", "rules on crates, files and names", || {
        arch::arch(root).map(|()| Outcome::Clean)
    });
    ledger.step("docs", "paths that the documents name", || {
        dead_paths::docs(root).map(|()| Outcome::Clean)
    });
    portal::check(root, &mut ledger);
    ledger.step("clippy", "cargo clippy, every target, no warning", || {
        let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        run("cargo clippy", &mut cargo(root, &arguments)).map(|()| Outcome::Clean)
    });
    ledger.step("tests", "cargo test, with a throw-away PostgreSQL", || tests(root));
    portal::journeys(root, &mut ledger);
    ledger.step("sdl", "the committed schema is what the code says", || {
        sdl::compare(root).map(|()| Outcome::Clean)
    });
    ledger.step("settings", "the committed reference of settings is what the code says", || {
        settings::compare(root).map(|()| Outcome::Clean)
    });
    ledger
}

/// All tests of all crates. Snapshots are compared, never rewritten.
fn tests(root: &Path) -> Result<Outcome, Fault> {
    let cluster = Cluster::start()?;
    say(format!("   ESCALE_TEST_POSTGRES={}", cluster.url()));
    let mut command = cargo(root, &["test", "--workspace", "--no-fail-fast"]);
    command.env("ESCALE_TEST_POSTGRES", cluster.url()).env("INSTA_UPDATE", "no");
    let tally = count_tests("cargo test", &mut command)?;
    cluster.stop()?;
    Ok(Outcome::Tested(tally))
}
