//! Copies of the log and of the keys, taken while others write, and put back where nothing is.
//!
//! A copy is a SQLite file with the tables of the log, or of the keys, whatever database it was taken
//! of: each row as it stood at one instant. It can be read on its own, and put back into either.

mod fault;
mod layout;
mod postgres;
mod read;
mod rows;
mod sqlite;

use std::path::{Path, PathBuf};

use domain::kernel::ids::PersonId;
use jiff::Timestamp;

pub use fault::CopyFault;
pub use read::{CopiedEvent, LogCopy, Scan};

use crate::{Fault, MasterKey, keyring};
use layout::{KEYS, LOG, Layout};

#[cfg(test)]
pub(crate) use crate::backend::SQLITE_MIGRATIONS as LOG_MIGRATIONS;

/// Where a log or the keys are.
enum Place {
    File(PathBuf),
    Postgres(String),
}

impl Place {
    fn of(address: &str) -> Result<Self, CopyFault> {
        match address {
            "memory:" => Err(CopyFault::InMemory),
            _ if address.starts_with("postgres://") || address.starts_with("postgresql://") => {
                Ok(Self::Postgres(address.to_owned()))
            }
            _ => Ok(Self::File(address.strip_prefix("sqlite:").unwrap_or(address).into())),
        }
    }
}

/// Copies the log at `url`, as it stands at one instant, into the new file `to`, which is on the
/// disk when this returns. Others write meanwhile.
pub async fn copy_log(url: &str, to: &Path) -> Result<(), CopyFault> {
    copy(&LOG, url, to).await
}

/// The same of the keys at `place`. They stay wrapped by the master key.
pub async fn copy_keys(place: &str, to: &Path) -> Result<(), CopyFault> {
    copy(&KEYS, place, to).await
}

async fn copy(layout: &'static Layout, address: &str, to: &Path) -> Result<(), CopyFault> {
    let to = to.to_owned();
    match Place::of(address)? {
        Place::File(path) => blocking(move || sqlite::copy(layout, &path, &to)).await,
        Place::Postgres(address) => postgres::copy(layout, &address, to).await,
    }
}

/// Whether nothing is in the log at `url`, or no log. Changes nothing.
pub async fn log_is_empty(url: &str) -> Result<bool, CopyFault> {
    is_empty(&LOG, url).await
}

/// Whether no key is at `place`. Changes nothing.
pub async fn keys_are_empty(place: &str) -> Result<bool, CopyFault> {
    is_empty(&KEYS, place).await
}

async fn is_empty(layout: &'static Layout, address: &str) -> Result<bool, CopyFault> {
    match Place::of(address)? {
        Place::File(path) => blocking(move || sqlite::is_empty(layout, &path)).await,
        Place::Postgres(address) => postgres::is_empty(layout, &address).await,
    }
}

/// Whether `master` wrapped the keys of the copy `from`.
pub async fn is_wrapped_by(from: &Path, master: &MasterKey) -> Result<bool, CopyFault> {
    let (from, check) = (from.to_owned(), keyring::check(master));
    blocking(move || Ok(read::master_check(&from)?.is_some_and(|it| it == check))).await
}

/// Puts the copy `from` back as the log at `url`: whole or not at all, and only where no log is. A
/// copy of an earlier version is first brought to the present shape, in a file in `scratch`.
pub async fn restore_log(from: &Path, scratch: &Path, url: &str) -> Result<(), CopyFault> {
    restore(&LOG, from, scratch, url, Vec::new()).await
}

/// The same of the keys, at `place`, but for those of the `erased`, of whom only the tombstone is
/// put there.
pub async fn restore_keys(
    from: &Path,
    scratch: &Path,
    place: &str,
    erased: Vec<(PersonId, Timestamp)>,
) -> Result<(), CopyFault> {
    restore(&KEYS, from, scratch, place, erased).await
}

async fn restore(
    layout: &'static Layout,
    from: &Path,
    scratch: &Path,
    address: &str,
    erased: Vec<(PersonId, Timestamp)>,
) -> Result<(), CopyFault> {
    let place = Place::of(address)?;
    let (from, scratch) = (from.to_owned(), scratch.to_owned());
    let copy = blocking(move || read::Source::open(layout, &from, &scratch, erased)).await?;
    match place {
        Place::File(path) => blocking(move || sqlite::load(layout, &copy, &path)).await,
        Place::Postgres(address) => postgres::load(layout, copy, &address).await,
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, CopyFault> + Send + 'static,
) -> Result<T, CopyFault> {
    tokio::task::spawn_blocking(work).await.map_err(Fault::task)?
}
