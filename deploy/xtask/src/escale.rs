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

/// Where `escale` is once it has been built; the tests build it too.
pub(crate) fn built(root: &Path) -> Result<PathBuf, Fault> {
    let arguments = ["metadata", "--format-version", "1", "--no-deps"];
    let printed = output("cargo metadata", &mut cargo(root, &arguments))?;
    let metadata: serde_json::Value =
        serde_json::from_slice(&printed).map_err(|source| Fault::Metadata { source })?;
    let target = metadata["target_directory"].as_str().unwrap_or("target");
    Ok(Path::new(target).join("debug").join("escale"))
}
