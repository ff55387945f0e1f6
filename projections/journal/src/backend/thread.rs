//! The writer's loop of the logs that block: one thread, one transaction a batch.

use super::{Desk, hold::Hold};
use crate::{
    Fault,
    append::{BATCH, Batch, Outcomes},
    journal::advance,
};

/// A log that commits a batch while its caller waits.
pub(crate) trait Transact: Send + 'static {
    /// Decides and commits `batch`, whole or not at all. `now` is in microseconds since 1970.
    fn transact(&mut self, batch: &Batch, now: i64, hold: &Hold) -> Result<Outcomes, Fault>;
}

/// Starts the thread; it ends when the queue is closed and empty.
pub(crate) fn start(log: impl Transact, desk: Desk) -> Result<(), Fault> {
    let serve = move || {
        let mut desk = desk;
        let mut log = log;
        let mut works = Vec::with_capacity(BATCH);
        while desk.queue.blocking_recv_many(&mut works, BATCH) > 0 {
            let (batch, pending) = Batch::of(&mut works);
            let outcome = log.transact(&batch, desk.clock.micros(), &desk.hold);
            if let Ok(outcomes) = &outcome {
                advance(&desk.head, outcomes.head);
            }
            pending.answer(outcome);
        }
        drop(log);
        desk.done.send(()).ok();
    };
    std::thread::Builder::new()
        .name("journal-writer".to_owned())
        .spawn(serve)
        .map(drop)
        .map_err(Fault::database)
}
