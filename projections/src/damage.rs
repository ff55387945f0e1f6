//! A file of read models that turns out to be damaged, or is gone, while it is in use: nothing that
//! is read from it can be trusted, and the log has all of it. Whoever serves from it ends, and opens
//! it anew: [`ReadDb::open`] begins with an empty one then.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::{Fault, ReadDb, connection::Place};

/// The mark of a damaged file, in its folder.
const MARK: &str = "read.damaged";

impl ReadDb {
    /// Comes back once the file is found to be damaged or gone.
    pub async fn damaged(&self) {
        let mut damage = self.damage().subscribe();
        // The sender lives as long as the read models.
        if damage.wait_for(|damaged| *damaged).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// Sees whether `fault` comes from a damaged file.
    pub(crate) fn watch_out(&self, fault: &Fault) {
        let Fault::Database { source, .. } = fault else { return };
        let damaged = matches!(
            source.sqlite_error_code(),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
        );
        if damaged {
            self.give_up("the read models' file is damaged");
        }
    }

    /// Sees whether the file still has its name.
    pub(crate) fn look_for_file(&self) {
        if let Place::File(path) = self.place()
            && matches!(path.try_exists(), Ok(false))
        {
            self.give_up("the read models' file is gone");
        }
    }

    /// Says so, once, and leaves a mark.
    fn give_up(&self, why: &'static str) {
        let said_before = self.damage().send_replace(true);
        if said_before {
            return;
        }
        tracing::error!("{why}: they are made anew from the log");
        if let Place::File(path) = self.place()
            && let Err(error) = std::fs::write(mark_beside(path), [])
        {
            tracing::error!(%error, "the damaged file of read models could not be marked");
        }
    }
}

/// Removes what is in `place` if it was found to be damaged.
pub(crate) fn clear(place: &Place) -> Result<(), Fault> {
    let Place::File(path) = place else { return Ok(()) };
    let mark = mark_beside(path);
    if mark.exists() {
        tracing::warn!("the read models' file was found damaged and starts anew");
        place.remove()?;
        std::fs::remove_file(&mark).map_err(Fault::file(mark))?;
    }
    Ok(())
}

fn mark_beside(path: &Path) -> PathBuf {
    path.with_file_name(MARK)
}
