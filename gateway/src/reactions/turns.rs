//! Which of several gateways does what goes on beside requests: one at a time each thing, another
//! as soon as that one is gone.

use std::time::Duration;

use journal::{Duty, Turn};
use tokio::sync::watch;

use super::{ReactionFault, pause_or_stop, report};
use crate::app::App;

/// How often one asks whether the other is gone.
const PAUSE: Duration = Duration::from_secs(1);
/// How long the read models may take to come level with the log before a turn begins.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether a turn has just begun: what another gateway left undone is to be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Came {
    /// It has.
    Anew,
    /// It goes on.
    Still,
}

/// The turns of one thing in this gateway.
#[derive(Debug)]
pub(crate) struct Turns {
    app: App,
    duty: Duty,
}

impl Turns {
    /// Of the thing of this name.
    pub(crate) fn of(app: &App, name: &'static str) -> Self {
        Self { app: app.clone(), duty: app.journal.duty(name) }
    }

    /// Comes back when it is this gateway’s turn, with read models that tell all that the one
    /// before has done; nothing once the service stops.
    pub(crate) async fn come(&mut self, stop: &mut watch::Receiver<bool>) -> Option<Came> {
        while !*stop.borrow() {
            match self.ask().await {
                Ok(Some(came)) => return Some(came),
                Ok(None) => {}
                Err(fault) => report(&fault, "whose turn it is could not be asked"),
            }
            if !pause_or_stop(PAUSE, stop).await {
                return None;
            }
        }
        None
    }

    async fn ask(&mut self) -> Result<Option<Came>, ReactionFault> {
        match self.duty.turn().await? {
            Turn::Theirs => Ok(None),
            Turn::StillOurs => Ok(Some(Came::Still)),
            Turn::JustOurs => {
                let head = self.app.journal.position().await?;
                if self.app.read.wait_for(head, PATIENCE).await {
                    return Ok(Some(Came::Anew));
                }
                self.duty = self.app.journal.duty(self.duty.name());
                Err(ReactionFault::Behind)
            }
        }
    }

    /// Leaves the turn to another gateway.
    pub(crate) async fn leave(self) {
        self.duty.leave().await;
    }
}
