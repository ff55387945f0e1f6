//! All read models from the first event on, beside reading and decoding the log alone.

use std::{sync::Arc, time::Instant};

use gateway::app::App;
use projections::{ReadDb, catch_up};

use crate::Fault;

/// How many events are read at once, as a rebuild does.
const LOT: usize = 2000;

pub(super) async fn measure(app: &App) -> Result<(), Fault> {
    let begun = Instant::now();
    let mut after = 0;
    loop {
        let lot = app.journal.read(after, LOT).await?;
        let Some(last) = lot.last() else { break };
        after = last.position;
    }
    tell("lire et décoder seul", after, begun);
    let folder = tempfile::tempdir()?;
    let read = ReadDb::open(folder.path())?;
    let begun = Instant::now();
    let reached = catch_up(&read, Arc::new(app.journal.clone())).await?;
    tell("tous les modèles de lecture", reached, begun);
    drop(read);
    let length = std::fs::metadata(folder.path().join("read.db"))?.len();
    println!("  read.db : {} Mo", length / 1_000_000);
    Ok(())
}

fn tell(what: &str, events: u64, begun: Instant) {
    let seconds = begun.elapsed().as_secs_f64();
    let rate = f64::from(u32::try_from(events).unwrap_or(u32::MAX)) / seconds;
    println!("  {what} : {rate:.0} événements/s ({seconds:.1} s)");
}
