//! The queue before the writer: what waits, what one transaction takes, and who is answered.

use std::sync::{Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};

use super::{Append, AppendRefusal, BATCH, Written};
use crate::{
    Fault,
    rows::{RowAnswer, RowOp},
};

/// What can be asked of the writer.
#[derive(Debug)]
pub(crate) enum Work {
    Append(Box<Append>, oneshot::Sender<Result<Written, AppendRefusal>>),
    Row(RowOp, oneshot::Sender<Result<RowAnswer, Fault>>),
}

/// What one transaction does: the appends, then the changes of rows, each in order of arrival.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    pub(crate) appends: Vec<Append>,
    pub(crate) rows: Vec<RowOp>,
}

/// Who waits for the answers of a batch.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    appends: Vec<oneshot::Sender<Result<Written, AppendRefusal>>>,
    rows: Vec<oneshot::Sender<Result<RowAnswer, Fault>>>,
}

/// What came of a batch that was committed.
#[derive(Debug)]
pub(crate) struct Outcomes {
    pub(crate) verdicts: Vec<Result<Written, AppendRefusal>>,
    pub(crate) rows: Vec<RowAnswer>,
    /// The head after it.
    pub(crate) head: u64,
}

impl Batch {
    /// Empties `works` into a batch.
    pub(crate) fn of(works: &mut Vec<Work>) -> (Self, Pending) {
        let mut batch = Self::default();
        let mut pending = Pending::default();
        for work in works.drain(..) {
            match work {
                Work::Append(append, answer) => {
                    batch.appends.push(*append);
                    pending.appends.push(answer);
                }
                Work::Row(op, answer) => {
                    batch.rows.push(op);
                    pending.rows.push(answer);
                }
            }
        }
        (batch, pending)
    }
}

impl Pending {
    /// Answers everyone. Those who no longer listen miss nothing: the log has it.
    pub(crate) fn answer(self, outcome: Result<Outcomes, Fault>) {
        match outcome {
            Ok(outcomes) => {
                for (answer, verdict) in self.appends.into_iter().zip(outcomes.verdicts) {
                    answer.send(verdict).ok();
                }
                for (answer, row) in self.rows.into_iter().zip(outcomes.rows) {
                    answer.send(Ok(row)).ok();
                }
            }
            Err(fault) => {
                tracing::error!(error = ?fault, "a batch of appends failed; nothing of it is kept");
                for answer in self.appends {
                    answer.send(Err(fault.clone().into())).ok();
                }
                for answer in self.rows {
                    answer.send(Err(fault.clone())).ok();
                }
            }
        }
    }
}

/// The way to the writer.
#[derive(Debug)]
pub(crate) struct Writer {
    sender: Mutex<Option<mpsc::Sender<Work>>>,
}

impl Writer {
    /// A writer's end of the queue, and the end that its loop reads.
    pub(crate) fn new() -> (Self, mpsc::Receiver<Work>) {
        let (sender, receiver) = mpsc::channel(4 * BATCH);
        let sender = Mutex::new(Some(sender));
        (Self { sender }, receiver)
    }

    pub(crate) async fn append(&self, append: Append) -> Result<Written, AppendRefusal> {
        let (answer, receiver) = oneshot::channel();
        self.send(Work::Append(Box::new(append), answer)).await?;
        receiver.await.map_err(|_| Fault::WriterGone)?
    }

    pub(crate) async fn row(&self, op: RowOp) -> Result<RowAnswer, Fault> {
        let (answer, receiver) = oneshot::channel();
        self.send(Work::Row(op, answer)).await?;
        receiver.await.map_err(|_| Fault::WriterGone)?
    }

    /// Lets the writer end once it has done what is queued.
    pub(crate) fn close(&self) {
        self.lock().take();
    }

    async fn send(&self, work: Work) -> Result<(), Fault> {
        let sender = self.lock().clone().ok_or(Fault::Closed)?;
        sender.send(work).await.map_err(|_| Fault::WriterGone)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<mpsc::Sender<Work>>> {
        self.sender.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
