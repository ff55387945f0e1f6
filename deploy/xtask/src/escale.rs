//! The one binary, built with the features that the tests are built with: asked for alone, cargo would
//! leave the features of test dependencies out, and build most of the tree twice (2 min 43 s measured).

use std::path::{Path, PathBuf};

use crate::cargo::{cargo, output, run};
use crate::fault::Fault;

/// Builds `escale` and says where it is.
pub(crate) fn build(root: &Path) -> Result<PathBuf, Fault> {
    let arguments = ["build", "--workspace", "--bin", "escale", "--example", "same_features"];
    run("cargo build", &mut cargo(root, &arguments))?;
    built(root)
}

/// Builds `escale` as it is put into service, and says where it is.
pub(crate) fn release(root: &Path) -> Result<PathBuf, Fault> {
    let arguments = ["build", "--release", "-p", "gateway", "--bin", "escale"];
    run("cargo build --release", &mut cargo(root, &arguments))?;
    Ok(target(root)?.join("release").join("escale"))
}

/// Where `escale` is once it has been built; the tests build it too.
pub(crate) fn built(root: &Path) -> Result<PathBuf, Fault> {
    Ok(target(root)?.join("debug").join("escale"))
}

/// Where cargo puts what it builds.
pub(crate) fn target(root: &Path) -> Result<PathBuf, Fault> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps"];
    let printed = output("cargo metadata", &mut cargo(root, &arguments))?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&printed).map_err(|source| Fault::Metadata { source })?;
    Ok(Path::new(metadata["target_directory"].as_str().unwrap_or("target")).to_owned())
}
