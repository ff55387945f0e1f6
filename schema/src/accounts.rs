//! Accounts and schools' spaces: signing up, signing in, members, requests for access.

pub(crate) mod messages;
mod mutation;
mod query;
pub(crate) mod types;

pub(crate) use mutation::AccountsMutation;
pub(crate) use query::AccountsQuery;
