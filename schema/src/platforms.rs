//! Platforms: their look, options, hosts, formations and offices.

pub(crate) mod messages;
mod mutation;
mod query;
pub(crate) mod types;

pub(crate) use mutation::PlatformsMutation;
pub(crate) use query::PlatformsQuery;
