//! The end of a rebuild: its rows take the place of the old ones.

use rusqlite::{Connection, TransactionBehavior};

use super::Work;
use crate::{Definition, Fault, Rebuild, Stage, connection::Place, control, scrub, state};

impl Work {
    /// Takes what is left to take while nobody else writes, then swaps.
    pub(super) async fn swap(mut self) -> Result<(), Fault> {
        let mut writer = self.read.writer().await;
        let live = self.read.states().await?;
        let reached = live.iter().map(|it| it.position).max().unwrap_or(0);
        while self.news.rebuild.done < reached && self.news.rebuild.error.is_none() {
            if self.take().await? == 0 {
                break;
            }
        }
        if self.news.rebuild.error.is_some() {
            drop(writer);
            return self.end(Stage::Failed).await;
        }
        let (definitions, place) = (self.definitions.clone(), self.place.clone());
        let live = self.read.place().clone();
        let done = self.news.as_ended(Stage::Done);
        let swap = tokio::task::spawn_blocking(move || {
            exchange(&mut writer, &place, &done, &definitions)?;
            // A reader who holds it back only delays that the file shrinks.
            scrub::empty_log(&writer, &live).map(|_| ())
        });
        swap.await?.map_err(Fault::database("put a rebuild in place"))?;
        self.read.wake();
        self.end(Stage::Done).await
    }
}

/// In one transaction of the live file: the old tables go, those of the new file come, and
/// with them where they stand.
fn exchange(
    live: &mut Connection,
    new: &Place,
    rebuild: &Rebuild,
    definitions: &[Definition],
) -> rusqlite::Result<()> {
    live.execute("ATTACH ?1 AS rebuilt", [new.address()])?;
    let done = transfer(live, rebuild, definitions);
    live.execute_batch("DETACH rebuilt")?;
    done
}

fn transfer(
    live: &mut Connection,
    rebuild: &Rebuild,
    definitions: &[Definition],
) -> rusqlite::Result<()> {
    let transaction = live.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for definition in definitions {
        state::reset(&transaction, definition)?;
        for table in definition.tables {
            let name = table.name;
            transaction.execute_batch(&format!(
                "INSERT INTO main.\"{name}\" SELECT * FROM rebuilt.\"{name}\""
            ))?;
        }
    }
    transaction.execute(
        "INSERT OR REPLACE INTO main.projection_state SELECT * FROM rebuilt.projection_state",
        [],
    )?;
    control::note(&transaction, rebuild)?;
    transaction.commit()
}
