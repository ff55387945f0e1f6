//! The rules of the house that no compiler checks: who may depend on whom, how large a file may be,
//! which names say nothing.

mod graph;
mod sources;

use std::path::Path;

use crate::cargo::{cargo, output};
use crate::console::say;
use crate::fault::Fault;
use crate::tree;

/// `cargo xtask arch`: prints every breach and fails when there is one.
pub(crate) fn arch(root: &Path) -> Result<(), Fault> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps"];
    let printed = output("cargo metadata", &mut cargo(root, &arguments))?;
    let metadata = serde_json::from_slice(&printed).map_err(|source| Fault::Metadata { source })?;
    let packages = graph::packages(&metadata);
    let mut breaches = graph::breaches(&packages);
    for package in &packages {
        let manifest = tree::text(root, &package.manifest)?;
        breaches.extend(graph::lints_breach(&package.name, &manifest));
    }
    let files = tree::files(root)?;
    for path in &files {
        breaches.extend(sources::breaches(root, path)?);
    }
    for breach in &breaches {
        say(format!("   {breach}"));
    }
    say(format!(
        "   {} crates, {} files, {} breaches",
        packages.len(),
        files.len(),
        breaches.len()
    ));
    if breaches.is_empty() { Ok(()) } else { Err(Fault::Breaches(breaches.len())) }
}
