//! Stacks of scans: sent, read in the background, sorted, and what is left to a person.

mod contents;
mod mutation;
mod query;
mod rights;
mod subscription;
mod types;
pub(crate) mod words;

pub(crate) use mutation::ScansMutation;
pub(crate) use query::ScansQuery;
pub(crate) use subscription::ScansSubscription;
