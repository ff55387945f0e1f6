//! Where a directory comes from, and why a whole file may be refused.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Cursor},
    path::PathBuf,
    sync::Arc,
};

/// A directory's file, which is read several times from its beginning.
#[derive(Debug, Clone)]
pub enum Source {
    /// On disk.
    File(PathBuf),
    /// In memory: what the demo carries, or a test.
    Bytes(Arc<[u8]>),
}

impl Source {
    /// Opens it at its beginning.
    pub(super) fn open(&self) -> io::Result<Box<dyn BufRead + Send>> {
        Ok(match self {
            Self::File(path) => Box::new(BufReader::with_capacity(1 << 16, File::open(path)?)),
            Self::Bytes(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }

    /// Its length in bytes.
    pub(super) fn length(&self) -> io::Result<u64> {
        Ok(match self {
            Self::File(path) => path.metadata()?.len(),
            Self::Bytes(bytes) => bytes.len() as u64,
        })
    }
}

impl From<PathBuf> for Source {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl From<&str> for Source {
    fn from(text: &str) -> Self {
        Self::Bytes(Arc::from(text.as_bytes()))
    }
}

impl From<&[u8]> for Source {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(Arc::from(bytes))
    }
}

/// Why a whole file is no directory. [`FileRefused::french`] says it to people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileRefused {
    /// Not even a header.
    #[error("the file is empty")]
    Empty,
    /// UTF-16, as some spreadsheets save.
    #[error("the file is in UTF-16")]
    Utf16,
    /// The header lacks what a school cannot do without.
    #[error("the header lacks {} columns", missing.len())]
    MissingColumns {
        /// What they hold, in French.
        missing: Vec<&'static str>,
    },
}
