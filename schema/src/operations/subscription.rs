//! Following a rebuild.

use async_graphql::{Context, Result, Subscription};
use domain::access::{Action, Facts};
use futures::{Stream, stream};

use super::types::Rebuild;
use crate::guard::Call;

#[derive(Default)]
pub(crate) struct OperationsSubscription;

#[Subscription]
impl OperationsSubscription {
    /// Avancement de la reconstruction en cours, au fur et à mesure.
    async fn rebuild_progress(
        &self,
        ctx: &Context<'_>,
    ) -> Result<impl Stream<Item = Rebuild> + use<>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadProjections, &Facts::none())?;
        let progress = call.read_db().rebuilding();
        // What is under way is told at once, then each change.
        Ok(stream::unfold((progress, true), |(mut progress, first)| async move {
            let mut first = first;
            loop {
                if !first && progress.changed().await.is_err() {
                    return None;
                }
                first = false;
                let now = progress.borrow_and_update().clone();
                if let Some(rebuild) = now {
                    return Some((Rebuild::from(rebuild), (progress, false)));
                }
            }
        }))
    }
}
