//! The certificates that the operator trusts: every file of a folder, in PEM.

use std::path::Path;

use documents::signatures::Trust;
use jiff::Timestamp;

use super::BadSeal;

/// The certificates in this folder, one after the other; each can be a root.
pub(super) fn trusted(folder: Option<&Path>, now: Timestamp) -> Result<String, BadSeal> {
    let Some(folder) = folder else {
        return Ok(String::new());
    };
    let failed = |err| BadSeal::File { path: folder.to_owned(), err };
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            continue;
        }
        let pem = std::fs::read_to_string(&path)
            .map_err(|err| BadSeal::File { path: path.clone(), err })?;
        Trust::nobody(now).and_roots(&pem).map_err(|_| BadSeal::Root { path })?;
        all.push_str(&pem);
        all.push('\n');
    }
    Ok(all)
}
