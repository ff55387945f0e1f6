//! The national directory of schools, which anyone may search.

pub(crate) mod messages;
mod query;
pub(crate) mod types;

pub(crate) use query::DirectoryQuery;
