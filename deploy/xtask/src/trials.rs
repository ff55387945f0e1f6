//! Escale on trial: real gateways under load, as built for service.

use std::path::Path;

use crate::cargo::{cargo, run};
use crate::fault::Fault;
use crate::postgres::Cluster;
use crate::{escale, packages, portal};

/// `cargo xtask trial NAME [ARGS…]`: builds the service and the trials for speed, starts a
/// PostgreSQL of its own, and plays the trial.
pub(crate) fn play(root: &Path, rest: &[String]) -> Result<(), Fault> {
    packages::ensure()?;
    portal::build(root)?;
    let arguments = ["build", "--release", "-p", "gateway", "-p", "trials", "--bins"];
    run("cargo build --release", &mut cargo(root, &arguments))?;
    let trials = escale::target(root)?.join("release").join("trials");
    let cluster = Cluster::start()?;
    let mut trial = std::process::Command::new(trials);
    let ended = run("the trial", trial.args(rest).env("ESCALE_TEST_POSTGRES", cluster.url()));
    cluster.stop()?;
    ended
}
