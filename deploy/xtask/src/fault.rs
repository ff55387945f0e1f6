//! What can go wrong in a command, said so that the reader knows what to do next.

use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::{error, fmt, io};

/// Why a command stopped.
#[derive(Debug)]
pub(crate) enum Fault {
    /// No such command.
    UnknownCommand(String),
    /// A program could not be started at all.
    Start { program: String, source: io::Error },
    /// A program ended and was not content.
    Ended { program: String, status: ExitStatus },
    /// A file or a directory could not be read, written or made.
    File { path: PathBuf, source: io::Error },
    /// What `cargo metadata` said could not be read.
    Metadata { source: serde_json::Error },
    /// A check found this many breaches; they have been printed.
    Breaches(usize),
    /// The machine lacks something that could not be installed.
    Lacking { packages: Vec<&'static str>, why: &'static str },
    /// No PostgreSQL server was found, or none would start.
    NoPostgres(&'static str),
    /// A generated file is not what the code generates.
    Outdated { file: &'static str, command: &'static str },
    /// Steps of a suite failed; the suite's own report has been printed.
    Suite { failed: usize },
}

impl Fault {
    /// A fault on the file or directory `path`.
    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, source }
    }

    /// A fault of starting `program`.
    pub(crate) fn start(program: &str) -> impl FnOnce(io::Error) -> Self {
        let program = program.to_owned();
        move |source| Self::Start { program, source }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownCommand(name) => write!(f, "no command `{name}`; see `cargo xtask help`"),
            Self::Start { program, .. } => write!(f, "`{program}` could not be started"),
            Self::Ended { program, status } => write!(f, "`{program}` ended with {status}"),
            Self::File { path, .. } => write!(f, "{}", path.display()),
            Self::Metadata { .. } => f.write_str("what `cargo metadata` said is not understood"),
            Self::Breaches(count) => write!(f, "{count} found"),
            Self::Lacking { packages, why } => {
                let packages = packages.join(" ");
                write!(f, "{why}; install these Debian packages: apt-get install {packages}")
            }
            Self::NoPostgres(why) => write!(f, "no PostgreSQL to test with: {why}"),
            Self::Outdated { file, command } => {
                write!(f, "{file} is not what the code generates; run `{command}` and commit it")
            }
            Self::Suite { failed } => write!(f, "{failed} failed"),
        }
    }
}

impl error::Error for Fault {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Start { source, .. } | Self::File { source, .. } => Some(source),
            Self::Metadata { source } => Some(source),
            Self::UnknownCommand(_)
            | Self::Ended { .. }
            | Self::Breaches(_)
            | Self::Lacking { .. }
            | Self::NoPostgres(_)
            | Self::Outdated { .. }
            | Self::Suite { .. } => None,
        }
    }
}
