//! Conventions: the three tabs, deposits, decisions.

mod deposit;
pub(crate) mod messages;
mod mutation;
mod query;
mod types;

pub(crate) use mutation::ConventionsMutation;
pub(crate) use query::{ConventionsQuery, scope};
pub(crate) use types::{Convention, ConventionStanding, Tab};
