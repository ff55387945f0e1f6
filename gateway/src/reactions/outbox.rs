//! Sends letters that are due, several at once, and records what became of each. At least
//! once: a letter sent just before a crash is sent again, with the same `Message-ID`.

use std::time::Duration;

use domain::{
    correspondence::letter::{DeliveryFault, DeliveryFaultKind, Letter, LetterCommand},
    kernel::ids::derived,
};
use futures::{StreamExt as _, stream};
use projections::correspondence::letters;
use rand::Rng as _;
use tokio::sync::watch;

use super::{ReactionFault, Turns, context_of, pause_or_stop, perform::give, report};
use crate::{
    app::App,
    letters::{Due, WriteFault, write},
};

/// How many letters are on their way at once.
const AT_ONCE: usize = 8;
/// How many are taken at a time.
const LOT: u32 = 64;
const PAUSE: Duration = Duration::from_secs(2);

/// Sends letters.
#[derive(Debug, Clone)]
pub struct Outbox {
    app: App,
}

impl Outbox {
    /// The outbox of `app`.
    pub fn new(app: App) -> Self {
        Self { app }
    }

    /// Sends until the service stops, while no other gateway does.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let mut changes = self.app.read.projected();
        let mut turns = Turns::of(&self.app, "outbox");
        while turns.come(&mut stop).await.is_some() {
            if let Err(fault) = self.send_due().await {
                report(&fault, "the outbox met a fault and tries again");
                if !pause_or_stop(PAUSE, &mut stop).await {
                    break;
                }
            }
            tokio::select! {
                _ = changes.changed() => {}
                () = tokio::time::sleep(PAUSE) => {}
                _ = stop.changed() => {}
            }
        }
        turns.leave().await;
    }

    /// Tries every letter that is due, once; no more of them once the service stops.
    pub async fn send_due(&self) -> Result<(), ReactionFault> {
        loop {
            let now = self.app.journal.clock().now();
            let due = self.app.read.query(move |db| letters::due(db, now, LOT)).await?;
            if due.is_empty() || self.app.stops() {
                return Ok(());
            }
            let sent = stream::iter(due.into_iter().map(|row| self.send(row)));
            let positions: Vec<_> = sent.buffer_unordered(AT_ONCE).collect().await;
            positions.into_iter().collect::<Result<Vec<_>, _>>()?;
            // What was just recorded must be read before the next look, or it is sent twice.
            let head = *self.app.journal.head().borrow();
            if !self.app.read.wait_for(head, Duration::from_secs(10)).await {
                return Err(ReactionFault::Behind);
            }
        }
    }

    async fn send(&self, row: letters::Letter) -> Result<(), ReactionFault> {
        let attempt = row.attempts + 1;
        let due = Due {
            letter: row.id,
            template: row.template,
            recipient: row.recipient,
            about: row.about,
            edition: row.editions,
            requested_at: row.requested_at,
        };
        let command = match self.hand_over(&due).await? {
            Ok(()) => LetterCommand::RecordSent,
            Err(error) => LetterCommand::RecordFailure {
                error,
                at: self.app.journal.clock().now(),
                jitter: rand::rng().random_range(0..1000),
            },
        };
        let letter = due.letter.to_string();
        let name = format!("{}.{attempt}", due.edition);
        let id = derived(&["delivery", &letter, &name]);
        let now = self.app.journal.clock().now();
        let tenant = row.platform.map(|platform| platform.to_string());
        let context = context_of("outbox", id, None, id, tenant, now);
        give::<Letter>(&self.app, &due.letter.uuid().to_string(), command, &context).await
    }

    /// Writes the letter and hands it over; the inner error is the letter’s, the outer one ours.
    async fn hand_over(&self, due: &Due) -> Result<Result<(), DeliveryFault>, ReactionFault> {
        let fault = |kind| Ok(Err(DeliveryFault { kind, code: None }));
        match write(&self.app, due).await {
            Ok(outgoing) => match self.app.post.transport.send(&outgoing).await {
                Ok(accepted) => {
                    let refused = accepted.refused;
                    tracing::info!(letter.id = %due.letter, template = %due.template, refused, "letter sent");
                    Ok(Ok(()))
                }
                Err(error) => Ok(Err(error)),
            },
            Err(WriteFault::Final(kind)) => fault(kind),
            Err(WriteFault::Projections(err)) => Err(err.into()),
            Err(WriteFault::Store(err)) => Err(err.into()),
            Err(WriteFault::Proof(err)) => Err(err.into()),
            Err(err @ (WriteFault::Render(_) | WriteFault::Build(_))) => {
                report(&err, "a letter could not be written");
                fault(DeliveryFaultKind::Unreachable)
            }
        }
    }
}
