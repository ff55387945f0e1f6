//! Edges of the graph, read in lots: the schools, accounts and platforms that a page of rows
//! names are read by one query each.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{
    Context, Result,
    dataloader::{DataLoader, Loader},
};
use domain::kernel::{ids::AccountId, slug::Slug, uai::Uai};
use projections::{
    Fault, ReadDb,
    accounts::account_list::{self, Account},
    directory::schools::{self, School},
    platforms::platform_list::{self, Platform},
};

use crate::fault::unavailable;

/// What reads the edges.
pub(crate) struct Rows(pub(crate) ReadDb);

impl Loader<Uai> for Rows {
    type Value = School;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[Uai]) -> Result<HashMap<Uai, School>, Arc<Fault>> {
        let keys = keys.to_vec();
        let rows = self.0.query(move |db| schools::by_uais(db, &keys)).await?;
        Ok(rows.into_iter().map(|row| (row.uai.clone(), row)).collect())
    }
}

impl Loader<AccountId> for Rows {
    type Value = Account;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[AccountId]) -> Result<HashMap<AccountId, Account>, Arc<Fault>> {
        let keys = keys.to_vec();
        let rows = self.0.query(move |db| account_list::by_ids(db, &keys)).await?;
        Ok(rows.into_iter().map(|row| (row.account, row)).collect())
    }
}

impl Loader<Slug> for Rows {
    type Value = Platform;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[Slug]) -> Result<HashMap<Slug, Platform>, Arc<Fault>> {
        let keys = keys.to_vec();
        let rows = self.0.query(move |db| platform_list::by_slugs(db, &keys)).await?;
        Ok(rows.into_iter().map(|row| (row.platform.clone(), row)).collect())
    }
}

/// The row of `key`, read together with those of the other rows of the answer.
pub(crate) async fn one<K>(ctx: &Context<'_>, key: K) -> Result<Option<<Rows as Loader<K>>::Value>>
where
    K: Send + Sync + std::hash::Hash + Eq + Clone + 'static,
    Rows: Loader<K, Error = Arc<Fault>>,
{
    let loader = ctx.data::<DataLoader<Rows>>()?;
    let loaded = loader.load_one(key).await;
    loaded.map_err(|fault| unavailable(&*fault))
}
