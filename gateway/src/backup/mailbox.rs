//! Letters that are kept instead of sent, where no SMTP server is set: files that bear the letter's
//! name, sealed with the keys of those they are about.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use super::{
    BackupFault,
    manifest::{self, Manifest},
};
use domain::kernel::ids::LetterId;

/// The folder, in the data folder and in a copy.
const MAILBOX: &str = "mailbox";

/// Copies those in the folder of the data into the copy in `to`, and lists them.
pub(super) fn copy(data: &Path, to: &Path, manifest: &mut Manifest) -> Result<(), BackupFault> {
    let letters = letters(&data.join(MAILBOX)).map_err(BackupFault::io("les courriels gardés"))?;
    for name in letters {
        copy_one(data, to, &name)?;
        manifest.list(to, &name)?;
    }
    Ok(())
}

/// Puts those of the copy in `from` into the folder of the data.
pub(super) fn restore(from: &Path, manifest: &Manifest, data: &Path) -> Result<(), BackupFault> {
    for name in manifest.names(MAILBOX) {
        copy_one(from, data, name)?;
    }
    Ok(())
}

/// Their names, with the folder's.
fn letters(folder: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(folder) {
        Err(err) if err.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.parse::<LetterId>().is_ok() {
            names.push(format!("{MAILBOX}/{name}"));
        }
    }
    names.sort_unstable();
    Ok(names)
}

fn copy_one(from: &Path, to: &Path, name: &str) -> Result<(), BackupFault> {
    let (from, to): (PathBuf, PathBuf) = (from.join(name), to.join(name));
    let copied = fs::read(&from).and_then(|bytes| {
        to.parent().map_or(Ok(()), fs::create_dir_all)?;
        manifest::write(&to, &bytes)
    });
    copied.map_err(BackupFault::io("les courriels gardés"))
}
