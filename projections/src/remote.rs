//! Speaking to the process that fills the read models, from another one: the command line
//! beside a server. See [`ReadDb`](crate::ReadDb) for the same within that process.

use std::path::Path;

use rusqlite::Connection;

use crate::{Fault, Rebuild, State, connection::Place, control, read_db::FILE, state};

/// A connection to read models that another process fills.
#[derive(Debug)]
pub struct Remote {
    db: Connection,
    place: Place,
}

impl Remote {
    /// To those in the folder `dir`, which must be there already.
    pub fn open(dir: &Path) -> Result<Self, Fault> {
        let file = dir.join(FILE);
        std::fs::metadata(&file).map_err(Fault::file(&file))?;
        let place = Place::File(file);
        let db = place.writer().map_err(Fault::database("opened the file"))?;
        Ok(Self { db, place })
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    /// Where each read model stands, by name.
    pub fn states(&self) -> Result<Vec<State>, Fault> {
        state::all(&self.db).map_err(Fault::database("read where it stands"))
    }

    /// Asks for a rebuild of these read models, of all if none is named; returns its number.
    pub fn ask_rebuild(&self, names: &[String]) -> Result<u64, Fault> {
        control::ask(&self.db, names)
    }

    /// Wants a rebuild to end. Whether it had not ended.
    pub fn cancel_rebuild(&self, run: u64) -> Result<bool, Fault> {
        control::cancel(&self.db, run).map_err(Fault::database("cancelled a rebuild"))
    }

    /// All rebuilds that were asked for, the latest first.
    pub fn rebuilds(&self) -> Result<Vec<Rebuild>, Fault> {
        control::all(&self.db).map_err(Fault::database("read the rebuilds"))
    }

    /// Lets a paused read model try again.
    pub fn retry(&self, name: &str) -> Result<(), Fault> {
        state::retry(&self.db, name)
    }
}
