//! X
use async_graphql::{Object, Subscription};

#[derive(Default)]
pub(crate) struct OperationsQuery;
#[derive(Default)]
pub(crate) struct OperationsMutation;
#[derive(Default)]
pub(crate) struct OperationsSubscription;

#[Object]
impl OperationsQuery {
    /// X
    async fn q(&self) -> bool {
        true
    }
}
#[Object]
impl OperationsMutation {
    /// X
    async fn r(&self) -> bool {
        true
    }
}
#[Subscription]
impl OperationsSubscription {
    /// X
    async fn s(&self) -> futures::stream::Empty<bool> {
        futures::stream::empty()
    }
}
