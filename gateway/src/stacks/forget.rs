//! Forgets stacks: when somebody whom they show is erased, and after a time in any case. What was
//! deposited from them is kept under its own pupil's key.

use domain::{
    kernel::ids::{PersonId, ScanBatchId, derived},
    operations::erasure::ErasureGround,
};
use jiff::{Timestamp, ToSpan as _};
use journal::HandleError;
use projections::conventions::scans;

use crate::{
    app::App,
    reactions::{ReactionFault, context_of},
};

/// How many hours a stack is kept: thirty days.
const KEPT_HOURS: i64 = 30 * 24;

/// Destroys the keys of the stacks that show `person`, or may.
pub(crate) async fn forget_showing(app: &App, person: PersonId) -> Result<(), ReactionFault> {
    let batches = app.read.query(move |db| scans::showing(db, person)).await?;
    forget(app, batches).await
}

/// Destroys the keys of the stacks that are older than they need be at `now`.
pub(crate) async fn forget_old(app: &App, now: Timestamp) -> Result<(), ReactionFault> {
    let since = now.saturating_sub(KEPT_HOURS.hours()).unwrap_or(Timestamp::MIN);
    let batches = app.read.query(move |db| scans::kept_since(db, since)).await?;
    forget(app, batches).await
}

async fn forget(app: &App, batches: Vec<ScanBatchId>) -> Result<(), ReactionFault> {
    for batch in batches {
        let id = derived(&["scan", "forget", &batch.to_string()]);
        let now = app.journal.clock().now();
        let context = context_of("forget_scan", id, None, id, None, now);
        match app.journal.erase(batch.key(), ErasureGround::Scan, &context).await {
            Ok(_) | Err(HandleError::Erased(_)) => {}
            Err(HandleError::Refused(_) | HandleError::Claimed { .. } | HandleError::Conflict) => {
                return Err(ReactionFault::Conflict);
            }
            Err(HandleError::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(())
}
