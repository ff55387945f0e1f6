//! Accounts and schools' spaces: signing up, signing in, members, requests for access.

mod login;
pub(crate) mod messages;
mod mutation;
mod outcome;
mod query;
pub(crate) mod types;

pub(crate) use mutation::AccountsMutation;
pub(crate) use query::AccountsQuery;
