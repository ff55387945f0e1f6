//! Why no backup was taken, or none put back. Shown in French, on standard error.

use std::{
    error::Error,
    io,
    path::{Path, PathBuf},
};

use journal::CopyFault;

use crate::{app::OpenFault, store::StoreFault};

/// What lies behind.
type Cause = Box<dyn Error + Send + Sync>;

/// Why no backup was taken, or none put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The disk is full where it writes.
    #[error("il n’y a plus de place pour écrire {what}")]
    NoRoom {
        /// What was being written.
        what: &'static str,
        /// Who said so.
        #[source]
        err: Cause,
    },
    /// Something failed.
    #[error("{what}")]
    Failed {
        /// What was being done.
        what: String,
        /// Why it failed.
        #[source]
        err: Cause,
    },
    /// Another backup is being written to the same place.
    #[error("une autre sauvegarde s’écrit en ce moment dans {0}")]
    Busy(PathBuf),
    /// The keys would be within the folder of the log, or the other way round.
    #[error(
        "les clés iraient avec le journal dans {0} : qui prendrait l’un aurait l’autre ; donnez à \
         --keys-to un dossier à part"
    )]
    Beside(PathBuf),
    /// No complete copy is there.
    #[error("aucune sauvegarde complète dans {folder}{unfinished}")]
    NoCopy {
        /// Where one looked.
        folder: PathBuf,
        /// What was begun there and not finished, as the end of the sentence.
        unfinished: String,
    },
    /// The copy that was asked for was not finished.
    #[error("la sauvegarde {0} est inachevée : elle ne peut pas être restaurée")]
    Unfinished(String),
    /// The copy that was asked for is not there.
    #[error("il n’y a pas de sauvegarde {name} dans {folder}")]
    NotThere {
        /// What was asked for.
        name: String,
        /// Where one looked.
        folder: PathBuf,
    },
    /// A file is not what was written.
    #[error("{0} n’est pas le fichier qui a été écrit : cette sauvegarde est abîmée")]
    Damaged(PathBuf),
    /// A program of a later version took it.
    #[error("cette sauvegarde vient d’une version plus récente d’Escale")]
    Later,
    /// The master key is another.
    #[error("la clé maîtresse (ESCALE_MASTER_KEY) n’est pas celle qui protège les clés de {0}")]
    WrongMasterKey(PathBuf),
    /// The keys are those of another log.
    #[error("les clés de {0} ne vont pas avec ce journal : ce sont celles d’un autre")]
    OtherLog(PathBuf),
    /// Something is where it was to be put back.
    #[error(
        "{0} : la restauration ne se fait que dans une installation vide ; rien n’a été changé"
    )]
    Occupied(&'static str),
    /// It stopped half-way.
    #[error(
        "impossible de restaurer {what} : aucun journal n’est là ; videz l’installation (les clés, \
         read.db) avant de recommencer"
    )]
    Half {
        /// What was being put back.
        what: &'static str,
        /// Why it failed.
        #[source]
        err: Cause,
    },
    /// A log in memory.
    #[error("un journal en mémoire ne se sauvegarde pas")]
    InMemory,
    /// What was restored cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenFault),
}

impl BackupFault {
    /// Something failed while `what` was written.
    pub(super) fn writing(what: &'static str) -> impl FnOnce(Cause) -> Self {
        move |err| {
            if is_full(&*err) {
                Self::NoRoom { what, err }
            } else {
                Self::Failed { what: format!("impossible d’écrire {what}"), err }
            }
        }
    }

    /// The same of a file.
    pub(super) fn io(what: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |err| Self::writing(what)(err.into())
    }

    /// A folder of backups cannot be read.
    pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let what = format!("{} ne peut pas être lu", path.display());
        move |err| Self::Failed { what, err: err.into() }
    }

    /// A file of a backup cannot be read.
    pub(super) fn reading(path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |err| match err.kind() {
            io::ErrorKind::NotFound => Self::Damaged(path),
            _ => Self::Failed {
                what: format!("{} ne peut pas être lu", path.display()),
                err: err.into(),
            },
        }
    }

    /// Copying `what` failed.
    pub(super) fn copying(what: &'static str) -> impl FnOnce(CopyFault) -> Self {
        move |fault| match fault {
            CopyFault::NoRoom(err) => Self::NoRoom { what, err: Box::new(err) },
            CopyFault::Later => Self::Later,
            CopyFault::InMemory => Self::InMemory,
            fault => {
                Self::Failed { what: format!("impossible de copier {what}"), err: fault.into() }
            }
        }
    }

    /// Putting `what` back failed: none of it is there.
    pub(super) fn putting(what: &'static str) -> impl FnOnce(CopyFault) -> Self {
        move |fault| Self::Half { what, err: fault.into() }
    }

    /// The documents failed.
    pub(super) fn documents(fault: StoreFault) -> Self {
        Self::writing("les documents")(fault.into())
    }

    /// Something else failed while `what` was being done.
    pub(super) fn failed<E: Error + Send + Sync + 'static>(
        what: &'static str,
    ) -> impl FnOnce(E) -> Self {
        move |err| Self::Failed { what: what.to_owned(), err: err.into() }
    }
}

/// Whether somewhere behind it a disk, or what one may take of it, is full.
fn is_full(err: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(err);
    while let Some(err) = cause {
        let kind = err.downcast_ref::<io::Error>().map(io::Error::kind);
        if matches!(kind, Some(io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded)) {
            return true;
        }
        cause = err.source();
    }
    false
}
