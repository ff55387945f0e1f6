//! The files of the repository, without what is built or fetched.

use std::fs;
use std::path::{Path, PathBuf};

use crate::fault::Fault;

/// Directories that hold nothing written by hand (`.git` may be a file, too). `data` is where a demo keeps its files.
const SKIPPED: [&str; 5] = [".git", "target", "node_modules", "dist", "data"];

/// The root of the repository: two folders above this crate.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_owned()
}

/// Every file below `root`, as paths relative to it, in order.
///
/// Directories that cargo marks as caches are left out wherever they are; `data` only at the top,
/// since `fixtures` has files of that name.
pub(crate) fn files(root: &Path) -> Result<Vec<PathBuf>, Fault> {
    let mut found = Vec::new();
    let mut left = vec![root.to_owned()];
    while let Some(directory) = left.pop() {
        for entry in fs::read_dir(&directory).map_err(Fault::file(&directory))? {
            let entry = entry.map_err(Fault::file(&directory))?;
            let path = entry.path();
            let kind = entry.file_type().map_err(Fault::file(&path))?;
            if kind.is_file() && entry.file_name() != ".git" {
                found.push(path.strip_prefix(root).unwrap_or(&path).to_owned());
            } else if kind.is_dir() && !skipped(root, &path) {
                left.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn skipped(root: &Path, directory: &Path) -> bool {
    let Some(name) = directory.file_name().and_then(|name| name.to_str()) else {
        return true;
    };
    let at_the_top = directory.parent() == Some(root);
    directory.join("CACHEDIR.TAG").exists()
        || (SKIPPED.contains(&name) && (at_the_top || name != "data"))
}

/// The text of `path` below `root`; bytes that are not UTF-8 are replaced.
pub(crate) fn text(root: &Path, path: &Path) -> Result<String, Fault> {
    let bytes = fs::read(root.join(path)).map_err(Fault::file(path))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_file_is_found_and_nothing_that_is_built() {
        let found = files(&root()).unwrap();

        assert!(found.contains(&PathBuf::from("deploy/xtask/src/tree.rs")));
        assert!(found.contains(&PathBuf::from("Cargo.toml")));
        assert!(!found.iter().any(|path| path.starts_with("target") || path.starts_with(".git")));
    }
}
