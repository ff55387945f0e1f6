//! What those who run the service see and do: read models, log, erasures.

mod health;
pub(crate) mod messages;
mod mutation;
mod query;
mod subscription;
pub(crate) mod types;

pub(crate) use mutation::OperationsMutation;
pub(crate) use query::OperationsQuery;
pub(crate) use subscription::OperationsSubscription;
