//! X
use async_graphql::Object;

#[derive(Default)]
pub(crate) struct AccountsQuery;

#[Object]
impl AccountsQuery {
    /// X
    async fn z(&self) -> bool {
        true
    }
}
