//! The certificates that the operator trusts: every file of a folder, in PEM.

use std::path::Path;

use documents::signatures::Trust;

use super::BadSeal;

/// Trusts the certificates in this folder too.
pub(super) fn trusting(mut trust: Trust, folder: Option<&Path>) -> Result<Trust, BadSeal> {
    let Some(folder) = folder else {
        return Ok(trust);
    };
    let failed = |err| BadSeal::File { path: folder.to_owned(), err };
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            continue;
        }
        let pem = std::fs::read_to_string(&path)
            .map_err(|err| BadSeal::File { path: path.clone(), err })?;
        trust = trust.and_roots(&pem).map_err(|_| BadSeal::Root { path })?;
    }
    Ok(trust)
}
