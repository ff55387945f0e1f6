//! Reading accounts and schools' spaces.

pub(crate) mod me;
mod sign_up;
mod spaces;

use async_graphql::MergedObject;

use self::{me::MeQuery, sign_up::SignUpQuery, spaces::SpaceQuery};

/// Lectures sur les comptes et les espaces.
#[derive(MergedObject, Default)]
pub(crate) struct AccountsQuery(MeQuery, SignUpQuery, SpaceQuery);
