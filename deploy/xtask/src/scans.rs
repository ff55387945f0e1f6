//! How well scanned pages are read, measured on the corpus.

use std::path::Path;

use crate::cargo::{cargo, run};
use crate::fault::Fault;

/// `cargo xtask scans`: the table of recognition, then a stack of two hundred pages through the child. What is said
/// after the command goes to the corpus. Needs nothing but a compiler, and half an hour.
pub(crate) fn measure(root: &Path, rest: &[String]) -> Result<(), Fault> {
    let corpus = ["run", "--release", "--quiet", "-p", "scans", "--example", "corpus", "--"];
    if !rest.is_empty() {
        return run("the corpus of scans", cargo(root, &corpus).args(rest));
    }
    run("the corpus of scans", &mut cargo(root, &corpus))?;
    run("the stack of scans", cargo(root, &corpus).arg("stack"))
}
