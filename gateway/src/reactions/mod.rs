//! What goes on beside requests: what follows from each event (the reactor), letters that are
//! due (the outbox), deadlines that come (the clockwork). Each effect has an id derived from
//! its cause: running twice changes nothing. A rebuild of read models starts none of it.

mod again;
mod clockwork;
mod draw;
mod generate;
mod notes;
mod outbox;
mod perform;
mod reactor;
mod sign;
mod turns;

pub use clockwork::Clockwork;
pub(crate) use draw::letterhead;
pub use outbox::Outbox;
pub(crate) use perform::give;
pub use reactor::Reactor;
pub(crate) use turns::{Came, Turns};

use std::time::Duration;

use domain::kernel::envelope::{Actor, Context};
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

/// Something that a reaction needs failed; it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum ReactionFault {
    /// The log failed.
    #[error(transparent)]
    Journal(#[from] journal::Fault),
    /// An event cannot be read.
    #[error(transparent)]
    Read(#[from] journal::ReadFault),
    /// The read models failed.
    #[error(transparent)]
    Projections(#[from] projections::Fault),
    /// The documents’ store failed.
    #[error(transparent)]
    Store(#[from] crate::store::StoreFault),
    /// A convention could not be drawn.
    #[error(transparent)]
    Render(#[from] documents::RenderFault),
    /// A signed document could not be sealed.
    #[error(transparent)]
    Seal(#[from] crate::sealer::Unsealed),
    /// The note of the log cannot be read.
    #[error(transparent)]
    Proof(#[from] journal::ProofFault),
    /// The process that reads scans failed.
    #[error(transparent)]
    Reader(#[from] scans::ReaderFault),
    /// The process that looks at files failed.
    #[error(transparent)]
    Looker(#[from] crate::looker::LookFault),
    /// The read models are not where the reaction needs them.
    #[error("the read models lag behind the event")]
    Behind,
    /// What the event is about is not in the read models.
    #[error("{what} is not in the read models")]
    Missing {
        /// What.
        what: &'static str,
    },
    /// Another command kept winning.
    #[error("the stream kept changing")]
    Conflict,
}

/// Around a command that a policy gives: its id is derived from its cause.
pub(crate) fn context_of(
    policy: &str,
    command: Uuid,
    cause: Option<u64>,
    correlation: Uuid,
    tenant: Option<String>,
    at: Timestamp,
) -> Context {
    Context {
        command,
        actor: Actor::Policy { name: policy.to_owned() },
        from: None,
        correlation,
        cause,
        tenant,
        at,
    }
}

/// Tells the operator what went wrong, with all that lies behind it.
pub(crate) fn report(fault: &(dyn std::error::Error + 'static), what: &str) {
    tracing::error!(err = fault, "{what}");
}

/// Waits for `pause`, or until the service stops; says whether to go on.
pub(crate) async fn pause_or_stop(pause: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    if *stop.borrow() {
        return false;
    }
    tokio::select! {
        () = tokio::time::sleep(pause) => true,
        _ = stop.changed() => false,
    }
}
