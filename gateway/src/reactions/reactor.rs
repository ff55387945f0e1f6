//! Reads the log behind a checkpoint and does what follows from each event.
//!
//! An event whose reaction fails is parked with its stream; the other streams go on. Parked
//! events are tried again, in order within a stream, ever less often.

use std::{collections::HashSet, time::Duration};

use domain::{facts::Fact, kernel::envelope::Recorded, reaction::reactions};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::{ReactionFault, Turns, pause_or_stop, perform::perform, report};
use crate::app::App;

const CHECKPOINT: (&str, &str) = ("checkpoint", "reactor");
const PARKED: &str = "parked_reaction";
const BATCH: usize = 200;
const PATIENCE: Duration = Duration::from_secs(10);

/// Does what follows from events.
#[derive(Debug, Clone)]
pub struct Reactor {
    app: App,
}

/// An event whose reaction failed.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Parked {
    position: u64,
    stream: String,
    attempts: u32,
    next: Timestamp,
}

impl Reactor {
    /// The reactor of `app`.
    pub fn new(app: App) -> Self {
        Self { app }
    }

    /// Follows the log until the service stops, while no other gateway does.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut head = self.app.journal.head();
        let mut turns = Turns::of(&self.app, "reactor");
        while turns.come(&mut stop).await.is_some() {
            if let Err(fault) = self.catch_up().await {
                report(&fault, "the reactor met a fault and tries again");
                if !pause_or_stop(Duration::from_secs(1), &mut stop).await {
                    break;
                }
            }
            tokio::select! {
                _ = head.changed() => {}
                () = tokio::time::sleep(Duration::from_secs(5)) => {}
                _ = stop.changed() => {}
            }
        }
        turns.leave().await;
    }

    /// Does all that follows from the events so far, and what was parked and is due; less once the
    /// service stops, for while people go on there is always more.
    pub async fn catch_up(&self) -> Result<(), ReactionFault> {
        let rows = self.app.journal.rows();
        let mut after: u64 = rows.get(CHECKPOINT.0, CHECKPOINT.1).await?.unwrap_or(0);
        let mut parked = self.try_parked().await?;
        loop {
            let events = self.app.journal.read(after, BATCH).await?;
            let Some(last) = events.last().map(|event| event.position) else {
                return Ok(());
            };
            if !self.app.read.wait_for(last, PATIENCE).await {
                return Err(ReactionFault::Behind);
            }
            for event in &events {
                if self.app.stops() {
                    return self.reached(after).await;
                }
                let stream = stream_of(event);
                if parked.contains(&stream) || self.react(event).await.is_err() {
                    self.park(event, 1).await?;
                    parked.insert(stream);
                }
                after = event.position;
            }
            self.reached(after).await?;
        }
    }

    /// Remembers that everything up to `position` was reacted to.
    async fn reached(&self, position: u64) -> Result<(), ReactionFault> {
        let rows = self.app.journal.rows();
        Ok(rows.put(CHECKPOINT.0, CHECKPOINT.1, &position, None).await?)
    }

    async fn react(&self, event: &Recorded<Fact>) -> Result<(), ReactionFault> {
        for reaction in reactions(&event.event) {
            perform(&self.app, event, reaction).await.inspect_err(|fault| {
                report(fault, &format!("a reaction to event {} failed", event.position));
            })?;
        }
        Ok(())
    }

    async fn park(&self, event: &Recorded<Fact>, attempts: u32) -> Result<(), ReactionFault> {
        let seconds = 5_i64.saturating_mul(1 << attempts.min(10));
        let delay = SignedDuration::from_secs(seconds);
        let next = self.app.journal.clock().now().saturating_add(delay).unwrap_or(Timestamp::MAX);
        let position = event.position;
        let parked = Parked { position, stream: stream_of(event), attempts, next };
        let key = format!("{position:020}");
        Ok(self.app.journal.rows().put(PARKED, &key, &parked, None).await?)
    }

    /// Tries the parked events that are due; answers the streams that stay parked.
    async fn try_parked(&self) -> Result<HashSet<String>, ReactionFault> {
        let rows = self.app.journal.rows();
        let now = self.app.journal.clock().now();
        let mut blocked = HashSet::new();
        for (key, parked) in rows.list::<Parked>(PARKED).await? {
            if blocked.contains(&parked.stream) || parked.next > now {
                blocked.insert(parked.stream);
                continue;
            }
            let events = self.app.journal.read(parked.position - 1, 1).await?;
            let Some(event) = events.first() else {
                continue;
            };
            if self.react(event).await.is_ok() {
                rows.delete(PARKED, &key).await?;
            } else {
                self.park(event, parked.attempts + 1).await?;
                blocked.insert(parked.stream);
            }
        }
        Ok(blocked)
    }
}

fn stream_of(event: &Recorded<Fact>) -> String {
    format!("{}/{}", event.stream, event.stream_id)
}
