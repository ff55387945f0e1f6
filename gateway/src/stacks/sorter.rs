//! Works through stacks, one at a time: reads those that came, deposits what is complete. What is
//! to be done is in the log, so that a crash or a stop loses nothing: the next start goes on.

use std::time::Duration;

use domain::{
    conventions::scan_batch::{ScanBatch, ScanState},
    kernel::{
        decider::Decider as _,
        envelope::Context,
        ids::{ScanBatchId, derived},
    },
};
use projections::conventions::scans;
use tokio::sync::{broadcast::error::RecvError, watch};

use super::{deposit::deposit_due, read::read};
use crate::{
    app::App,
    reactions::{Came, ReactionFault, Turns, context_of, give, pause_or_stop, report},
};

/// How long one waits after a fault.
const PAUSE: Duration = Duration::from_secs(5);

/// Sorts stacks.
#[derive(Debug, Clone)]
pub struct Sorter {
    app: App,
}

/// Which stacks to look at.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    All,
    One(ScanBatchId),
}

impl Sorter {
    /// The sorter of `app`.
    pub fn new(app: App) -> Self {
        Self { app }
    }

    /// Sorts until the service stops, while no other gateway does; what is being read then is read
    /// again by the next who does.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut ended = stop.clone();
        tokio::select! {
            () = self.follow(&mut stop) => {}
            _ = ended.wait_for(|stop| *stop) => {}
        }
    }

    async fn follow(&self, stop: &mut watch::Receiver<bool>) {
        let mut changes = self.app.read.changes();
        let mut wanted = Wanted::All;
        let mut turns = Turns::of(&self.app, "sorter");
        while let Some(came) = turns.come(stop).await {
            if came == Came::Anew {
                wanted = Wanted::All;
            }
            let done = match wanted {
                Wanted::All => self.catch_up().await,
                Wanted::One(batch) => self.work(batch).await,
            };
            if let Err(fault) = done {
                report(&fault, "the sorter met a fault and tries again");
                wanted = Wanted::All;
                if !pause_or_stop(PAUSE, stop).await {
                    return;
                }
                continue;
            }
            wanted = loop {
                match changes.recv().await {
                    Ok(told) if told.stream == ScanBatch::TYPE => match told.stream_id.parse() {
                        Ok(batch) => break Wanted::One(batch),
                        Err(_) => break Wanted::All,
                    },
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => break Wanted::All,
                    Err(RecvError::Closed) => return,
                }
            };
        }
    }

    /// Does all that there is to do. A stack that meets a fault keeps no other from its turn.
    pub async fn catch_up(&self) -> Result<(), ReactionFault> {
        let mut batches = self.app.read.query(scans::to_read).await?;
        batches.extend(self.app.read.query(scans::sorted).await?);
        let mut done = Ok(());
        for batch in batches {
            let worked = self.work(batch).await;
            done = done.and(worked);
        }
        done
    }

    /// Does what there is to do for one stack.
    async fn work(&self, batch: ScanBatchId) -> Result<(), ReactionFault> {
        let stream = batch.uuid().to_string();
        let Some(sent) = self.sent(&stream).await? else {
            return Ok(());
        };
        let (mut state, _) = self.app.journal.load::<ScanBatch>(&stream).await?;
        if let ScanState::Received { of, .. } = &state {
            let Some(command) = read(&self.app, of).await? else {
                return Ok(());
            };
            let id = derived(&["scan", "read", &stream]);
            let now = self.app.journal.clock().now();
            let (correlation, tenant) = (sent.correlation, sent.tenant.clone());
            let context = context_of("sort_scan", id, None, correlation, tenant, now);
            give::<ScanBatch>(&self.app, &stream, command, &context).await?;
            (state, _) = self.app.journal.load::<ScanBatch>(&stream).await?;
        }
        match &state {
            ScanState::Sorted(sorting) => deposit_due(&self.app, sorting, &sent).await,
            ScanState::NotReceived | ScanState::Received { .. } | ScanState::Refused(_) => Ok(()),
        }
    }

    /// Around the event by which the stack came: who sent it.
    async fn sent(&self, stream: &str) -> Result<Option<Context>, ReactionFault> {
        let events = self.app.journal.stream(ScanBatch::TYPE, stream).await?;
        Ok(events.into_iter().next().map(|event| event.context))
    }
}
