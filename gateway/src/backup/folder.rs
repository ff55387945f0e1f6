//! A folder of dated copies. One is written under another name until it is whole: what a crash leaves
//! half-written is never taken for a copy.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
};

use jiff::Timestamp;

use super::{
    BackupFault,
    manifest::{MANIFEST, Manifest},
};

/// What a copy is called: its instant, so that names are in the order of time.
const NAME: &str = "%Y-%m-%dT%H-%M-%S.%3fZ";
/// After the name of one that is not whole, which begins with a dot.
const UNFINISHED: &str = ".unfinished";
/// Held by whoever writes.
const LOCK: &str = ".lock";

/// A folder of dated copies.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    _lock: Option<File>,
}

/// What a copy of the instant `at` is called.
pub(super) fn name_of(at: Timestamp) -> String {
    at.strftime(NAME).to_string()
}

/// When the copy of this name was taken; nothing for what is no copy.
pub(super) fn instant_of(name: &str) -> Option<Timestamp> {
    let at = Timestamp::strptime("%Y-%m-%dT%H-%M-%S%.fZ%z", format!("{name}+0000")).ok()?;
    (name_of(at) == name).then_some(at)
}

impl Folder {
    /// The folder at `path`, to be read.
    pub(super) fn read(path: &Path) -> Self {
        Self { path: path.to_owned(), _lock: None }
    }

    /// The same to be written to by this process alone, made if need be; what a crash has left
    /// half-written is removed.
    pub(super) fn write(path: &Path) -> Result<Self, BackupFault> {
        make(path)?;
        let mut options = OpenOptions::new();
        let lock = options.create(true).truncate(false).write(true).open(path.join(LOCK));
        let lock = lock.map_err(BackupFault::io("dans le dossier de la sauvegarde"))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(BackupFault::Busy(path.to_owned())),
            Err(TryLockError::Error(err)) => {
                return Err(BackupFault::io("dans le dossier de la sauvegarde")(err));
            }
        }
        let folder = Self { path: path.to_owned(), _lock: Some(lock) };
        for name in folder.unfinished()? {
            fs::remove_dir_all(folder.path.join(hidden(&name)))
                .map_err(BackupFault::io("dans le dossier de la sauvegarde"))?;
        }
        Ok(folder)
    }

    /// Begins the copy `name`.
    pub(super) fn begin(&self, name: &str) -> Result<Unfinished, BackupFault> {
        let path = self.path.join(hidden(name));
        make(&path)?;
        Ok(Unfinished { path, whole: self.copy(name) })
    }

    /// Where the copy `name` is, or would be.
    pub(super) fn copy(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The names of the copies that are whole, the oldest first.
    pub(super) fn copies(&self) -> Result<Vec<String>, BackupFault> {
        let mut names = self.names()?;
        names.retain(|it| instant_of(it).is_some() && self.copy(it).join(MANIFEST).exists());
        Ok(names)
    }

    /// The names of those that were begun and not finished.
    fn unfinished(&self) -> Result<Vec<String>, BackupFault> {
        let names = self.names()?;
        let begun = names.iter().filter_map(|it| it.strip_prefix('.')?.strip_suffix(UNFINISHED));
        Ok(begun.map(ToOwned::to_owned).collect())
    }

    fn names(&self) -> Result<Vec<String>, BackupFault> {
        let mut names = Vec::new();
        for entry in fs::read_dir(&self.path).map_err(BackupFault::unreadable(&self.path))? {
            let entry = entry.map_err(BackupFault::unreadable(&self.path))?;
            names.extend(entry.file_name().into_string());
        }
        names.sort_unstable();
        Ok(names)
    }

    /// The copy `wanted`, or the last: where it is, its name, and what it says of itself.
    pub(super) fn find(&self, wanted: Option<&str>) -> Result<Found, BackupFault> {
        let (copies, unfinished) = (self.copies()?, self.unfinished()?);
        let name = match wanted {
            None => copies.last().cloned().ok_or_else(|| BackupFault::NoCopy {
                folder: self.path.clone(),
                unfinished: match unfinished.last() {
                    Some(name) => format!(" ; celle de {name} est inachevée"),
                    None => String::new(),
                },
            })?,
            Some(wanted) if copies.iter().any(|name| name == wanted) => wanted.to_owned(),
            Some(wanted) => {
                let begun = unfinished.iter().any(|name| name == wanted);
                let wanted = wanted.to_owned();
                return Err(if begun || self.copy(&wanted).exists() {
                    BackupFault::Unfinished(wanted)
                } else {
                    BackupFault::NotThere { name: wanted, folder: self.path.clone() }
                });
            }
        };
        let path = self.copy(&name);
        Ok(Found { manifest: Manifest::read(&path)?, path, name })
    }

    /// Removes the copies taken before `since`, but for `kept`; answers which.
    pub(super) fn remove_older(
        &self,
        since: Timestamp,
        kept: &str,
    ) -> Result<Vec<String>, BackupFault> {
        let mut old = self.copies()?;
        old.retain(|name| name != kept && instant_of(name).is_some_and(|at| at < since));
        for name in &old {
            // Not a copy any more from here on, even if it is interrupted.
            let hidden = self.path.join(hidden(name));
            fs::rename(self.copy(name), &hidden)
                .and_then(|()| fs::remove_dir_all(&hidden))
                .map_err(BackupFault::io("le dossier des clés"))?;
        }
        Ok(old)
    }
}

/// A copy that is there.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) manifest: Manifest,
}

/// A copy that is being written. Dropped before it is whole, it is removed.
#[derive(Debug)]
pub(super) struct Unfinished {
    path: PathBuf,
    whole: PathBuf,
}

impl Unfinished {
    /// Where its files go.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes what it says of itself, and gives it its name: from here on it is a copy.
    pub(super) fn finish(self, manifest: &Manifest) -> Result<(), BackupFault> {
        let failed = || BackupFault::io("la sauvegarde");
        manifest.write(&self.path)?;
        settle(&self.path).map_err(failed())?;
        fs::rename(&self.path, &self.whole).map_err(failed())?;
        self.whole.parent().map_or(Ok(()), settle).map_err(failed())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // Once it is whole it has another name.
        fs::remove_dir_all(&self.path).ok();
    }
}

fn hidden(name: &str) -> String {
    format!(".{name}{UNFINISHED}")
}

/// Makes the folder, for its owner alone.
fn make(path: &Path) -> Result<(), BackupFault> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(BackupFault::io("le dossier de la sauvegarde"))
}

/// Has the names in the folder on the disk.
fn settle(folder: &Path) -> std::io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_instant_and_nothing_else_is_a_name() {
        let at: Timestamp = "2026-12-01T08:05:09.071Z".parse().unwrap();

        assert_eq!(name_of(at), "2026-12-01T08-05-09.071Z");
        assert_eq!(instant_of("2026-12-01T08-05-09.071Z"), Some(at));
        for other in ["documents", ".2026-12-01T08-05-09.071Z.unfinished", "2026-12-01", ""] {
            assert_eq!(instant_of(other), None, "{other}");
        }
    }
}
