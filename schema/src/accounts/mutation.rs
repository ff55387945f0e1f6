//! X
use async_graphql::Object;

#[derive(Default)]
pub(crate) struct AccountsMutation;

#[Object]
impl AccountsMutation {
    /// X
    async fn y(&self) -> bool {
        true
    }
}
