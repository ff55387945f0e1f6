//! Following a stack: pages as they are read, then each change.

use async_graphql::{Context, ID, Result, Subscription};
use domain::{conventions::scan_batch::ScanBatch, kernel::decider::Decider as _};
use futures::{Stream, StreamExt as _, stream};
use tokio::sync::broadcast::error::RecvError;

use super::{rights, types::ScanProgress};
use crate::guard::Call;

#[derive(Default)]
pub(crate) struct ScansSubscription;

#[Subscription]
impl ScansSubscription {
    /// Avancement d’une pile : pages lues, puis chaque changement.
    async fn scan_progressed(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<impl Stream<Item = ScanProgress> + use<>> {
        let call = Call::of(ctx)?;
        let (row, _) = rights::visible(call, &id).await?;
        let batch = row.id;
        let progress = call.service().scan_progress();
        let read = stream::unfold(progress, |mut progress| async move {
            progress.changed().await.ok()?;
            let now = *progress.borrow_and_update();
            Some((now, progress))
        });
        let read = read.filter_map(move |told| async move {
            told.filter(|told| told.batch == batch).map(ScanProgress::from)
        });
        let (wanted, db) = (batch.uuid().to_string(), call.read_db().clone());
        let changes = stream::unfold(call.read_db().changes(), move |mut changes| {
            let (wanted, db) = (wanted.clone(), db.clone());
            async move {
                loop {
                    match changes.recv().await {
                        Ok(told) if told.stream == ScanBatch::TYPE && told.stream_id == wanted => {
                            return Some((ScanProgress::changed(told.position), changes));
                        }
                        Ok(_) => {}
                        Err(RecvError::Lagged(_)) => {
                            let position = *db.projected().borrow();
                            return Some((ScanProgress::changed(position), changes));
                        }
                        Err(RecvError::Closed) => return None,
                    }
                }
            }
        });
        Ok(stream::select(Box::pin(read), Box::pin(changes)))
    }
}
