//! What a copy says of itself, written last: of which log it is, and the hash of each of its files.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    path::Path,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::BackupFault;

/// The file, in the copy's folder.
pub(super) const MANIFEST: &str = "manifest.json";
/// What this program writes, and can put back.
const FORMAT: &str = "escale-backup/1";

/// What a copy says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Manifest {
    format: String,
    /// The version of the program that took it.
    program: String,
    /// When it was begun.
    pub(super) taken_at: Timestamp,
    /// The hash of the first event: no other log has it.
    pub(super) log: String,
    /// How many events the log had.
    pub(super) position: u64,
    /// The last link of its chain.
    pub(super) chain: String,
    /// How many documents the log names; nothing where they are not part of the copy.
    pub(super) documents: Option<u64>,
    files: Vec<FileHash>,
    /// The hash of all this, without itself.
    sha256: String,
}

/// A file of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct FileHash {
    name: String,
    bytes: u64,
    sha256: String,
}

impl Manifest {
    /// Of a copy of `log` begun at `taken_at`.
    pub(super) fn of(log: &journal::Scan, taken_at: Timestamp) -> Self {
        Self {
            format: FORMAT.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            taken_at,
            log: log.log.clone(),
            position: log.events,
            chain: log.chain.clone(),
            documents: None,
            files: Vec::new(),
            sha256: String::new(),
        }
    }

    /// Reads back and lists the file `name` in `folder`; answers how many bytes it has.
    pub(super) fn list(&mut self, folder: &Path, name: &str) -> Result<u64, BackupFault> {
        let path = folder.join(name);
        let (bytes, sha256) = hash(&path).map_err(BackupFault::reading(&path))?;
        self.files.push(FileHash { name: name.to_owned(), bytes, sha256 });
        Ok(bytes)
    }

    /// The names of its files that begin with `prefix`.
    pub(super) fn names<'m>(&'m self, prefix: &'m str) -> impl Iterator<Item = &'m str> {
        let names = self.files.iter().map(|file| file.name.as_str());
        names.filter(move |name| name.starts_with(prefix))
    }

    /// Whether the file `name` in `folder` is the one that was listed.
    pub(super) fn check(&self, folder: &Path, name: &str) -> Result<(), BackupFault> {
        let path = folder.join(name);
        let listed = self.files.iter().find(|file| file.name == name);
        let found = hash(&path).map_err(BackupFault::reading(&path))?;
        match listed {
            Some(file) if (file.bytes, file.sha256.as_str()) == (found.0, found.1.as_str()) => {
                Ok(())
            }
            Some(_) | None => Err(BackupFault::Damaged(path)),
        }
    }

    pub(super) fn read(folder: &Path) -> Result<Self, BackupFault> {
        let path = folder.join(MANIFEST);
        let text = std::fs::read(&path).map_err(BackupFault::reading(&path))?;
        let format: Format =
            serde_json::from_slice(&text).map_err(|_| BackupFault::Damaged(path.clone()))?;
        if format.format != FORMAT {
            return Err(BackupFault::Later);
        }
        let damaged = || BackupFault::Damaged(path.clone());
        let manifest: Self = serde_json::from_slice(&text).map_err(|_| damaged())?;
        let sha256 = manifest.hash().map_err(|_| damaged())?;
        if sha256 == manifest.sha256 { Ok(manifest) } else { Err(damaged()) }
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), BackupFault> {
        let text = self
            .hash()
            .and_then(|sha256| serde_json::to_vec_pretty(&Self { sha256, ..self.clone() }));
        text.map_err(std::io::Error::other)
            .and_then(|text| write(&folder.join(MANIFEST), &text))
            .map_err(BackupFault::io("le manifeste"))
    }

    fn hash(&self) -> serde_json::Result<String> {
        let text = serde_json::to_vec(&Self { sha256: String::new(), ..self.clone() })?;
        Ok(hex::encode(Sha256::digest(text)))
    }
}

/// The part that later formats have too.
#[derive(Debug, Deserialize)]
struct Format {
    format: String,
}

/// Writes a small file, which is on the disk when this returns.
pub(super) fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// How many bytes the file has, and their SHA-256.
fn hash(path: &Path) -> std::io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let (mut hash, mut length, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 20]);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((length, hex::encode(hash.finalize())));
        }
        hash.update(&buffer[..read]);
        length += read as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_that_was_changed_is_damaged() {
        let folder = tempfile::tempdir().unwrap();
        let scan =
            journal::Scan { events: 12, chain: "cc".to_owned(), log: "aa".to_owned(), wrong: None };
        let manifest = Manifest::of(&scan, Timestamp::UNIX_EPOCH);
        manifest.write(folder.path()).unwrap();
        assert_eq!(Manifest::read(folder.path()).unwrap().log, "aa");

        let path = folder.path().join(MANIFEST);
        let text = std::fs::read_to_string(&path).unwrap();
        for (was, is) in [("\"aa\"", "\"ab\""), ("12", "13"), ("1970", "1971")] {
            assert!(text.contains(was));
            std::fs::write(&path, text.replace(was, is)).unwrap();
            let read = Manifest::read(folder.path());
            assert!(matches!(read, Err(BackupFault::Damaged(_))), "{read:?}");
        }
    }
}
