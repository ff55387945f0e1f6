//! Copies of the read models, so that a gateway need not fold the whole log. In a copy names stand in
//! clear, as in the file itself: it is kept where the keys are, not beside the log.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use crate::{Fault, connection::Place, read_db::FILE};

/// Copies the read models in the folder `dir`, as they stand at one instant, into the new file `to`,
/// which is on the disk when this returns. Whether there are any.
pub fn copy_read_models(dir: &Path, to: &Path) -> Result<bool, Fault> {
    let from = dir.join(FILE);
    if !from.exists() {
        return Ok(false);
    }
    private(to)?;
    let db = Place::File(from).writer().map_err(Fault::database("opened the file"))?;
    db.execute("VACUUM INTO ?1", [to.to_string_lossy()])
        .map_err(Fault::database("copied the file"))?;
    settle(to)?;
    Ok(true)
}

/// Whether read models are in the folder `dir`.
pub fn has_read_models(dir: &Path) -> bool {
    dir.join(FILE).exists()
}

/// Puts the copy `from` into the folder `dir`, where there are none and no process wants to fill any.
pub fn restore_read_models(from: &Path, dir: &Path) -> Result<(), Fault> {
    let to = dir.join(FILE);
    private(&to)?;
    std::fs::copy(from, &to).map_err(Fault::file(&to))?;
    settle(&to)
}

/// Makes the file, for its owner alone.
fn private(path: &Path) -> Result<(), Fault> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(Fault::file(path))
}

fn settle(path: &Path) -> Result<(), Fault> {
    File::open(path).and_then(|file| file.sync_all()).map_err(Fault::file(path))
}
