//! Letters: those sent, waiting and given up, and sending one again.

pub(crate) mod messages;
mod mutation;
mod query;
mod types;

pub(crate) use mutation::CorrespondenceMutation;
pub(crate) use query::CorrespondenceQuery;
