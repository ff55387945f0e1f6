//! Setting platforms up.

use async_graphql::Object;

#[derive(Default)]
pub(crate) struct PlatformsMutation;

#[Object]
impl PlatformsMutation {
    /// X
    async fn x(&self) -> bool {
        true
    }
}
