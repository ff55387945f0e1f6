//! A disk that fills up: a file system in memory, mounted for one test. Needs root, or sudo.

use std::{
    fs::File,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

/// One that is unmounted when it is dropped.
pub(super) struct SmallDisk {
    dir: TempDir,
}

impl SmallDisk {
    /// Of so many megabytes; PostgreSQL's own, or ours.
    pub(super) fn mount(megabytes: u32, is_for_postgres: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let size = format!("size={megabytes}m,mode=0777");
        as_root(&["mount", "-t", "tmpfs", "-o", &size, "tmpfs", &dir.path().display().to_string()]);
        let disk = Self { dir };
        std::fs::create_dir(disk.path()).unwrap();
        if is_for_postgres && as_root_user() {
            // The server of the tests does not run as root.
            as_root(&["chown", "postgres", &disk.path().display().to_string()]);
            as_root(&["chmod", "0755", &disk.dir.path().display().to_string()]);
        }
        disk
    }

    /// A folder on it.
    pub(super) fn path(&self) -> PathBuf {
        self.dir.path().join("data")
    }

    fn ballast(&self) -> PathBuf {
        self.dir.path().join("ballast")
    }

    /// Leaves no room on it.
    pub(super) fn fill(&self) {
        let mut file = File::create(self.ballast()).unwrap();
        let piece = [0; 4096];
        loop {
            match file.write_all(&piece) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::StorageFull => return,
                Err(error) => panic!("{error}"),
            }
        }
    }

    /// Takes away what fills it.
    pub(super) fn make_room(&self) {
        std::fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Whoever has it open still goes on with it until they end.
        as_root(&["umount", "-l", &self.dir.path().display().to_string()]);
    }
}

fn as_root_user() -> bool {
    Path::new("/root").read_dir().is_ok()
}

fn as_root(command: &[&str]) {
    let command: Vec<_> =
        if as_root_user() { command.to_vec() } else { [&["sudo", "-n"], command].concat() };
    let status = Command::new(command[0]).args(&command[1..]).status().unwrap();
    assert!(status.success(), "{}: {status}", command.join(" "));
}
