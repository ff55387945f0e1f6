//! The rows that bookings and slots name, read in lots.

use std::{collections::HashMap, sync::Arc};

use async_graphql::dataloader::Loader;
use domain::kernel::{
    ids::{BookingId, ConventionId, FormationId, SlotId},
    slug::Slug,
    uai::Uai,
};
use projections::{
    Fault,
    conventions::register::{self, Convention},
    ministages::{
        bookings::{self, Booking},
        slots::{self, Slot},
    },
    platforms::{
        formations::{self, Formation},
        platform_hosts::{self, PlatformHost},
    },
};

use crate::loaders::Rows;

/// A host on a platform.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Hosting {
    /// On which platform.
    pub(crate) platform: Slug,
    /// Which school.
    pub(crate) host: Uai,
}

impl Loader<Hosting> for Rows {
    type Value = PlatformHost;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[Hosting]) -> Result<HashMap<Hosting, PlatformHost>, Arc<Fault>> {
        let keys = keys.to_vec();
        let found = self.0.query(move |db| {
            let mut found = HashMap::new();
            for key in keys {
                if let Some(row) = platform_hosts::one(db, &key.platform, &key.host)? {
                    found.insert(key, row);
                }
            }
            Ok(found)
        });
        Ok(found.await?)
    }
}

impl Loader<SlotId> for Rows {
    type Value = Slot;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[SlotId]) -> Result<HashMap<SlotId, Slot>, Arc<Fault>> {
        let keys = keys.to_vec();
        let rows = self.0.query(move |db| slots::by_ids(db, &keys)).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<BookingId> for Rows {
    type Value = Booking;
    type Error = Arc<Fault>;

    async fn load(&self, keys: &[BookingId]) -> Result<HashMap<BookingId, Booking>, Arc<Fault>> {
        let keys = keys.to_vec();
        let rows = self.0.query(move |db| bookings::by_ids(db, &keys)).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<ConventionId> for Rows {
    type Value = Convention;
    type Error = Arc<Fault>;

    async fn load(
        &self,
        keys: &[ConventionId],
    ) -> Result<HashMap<ConventionId, Convention>, Arc<Fault>> {
        let keys = keys.to_vec();
        let rows = self.0.query(move |db| register::by_ids(db, &keys)).await?;
        Ok(rows.into_iter().map(|row| (row.id, row)).collect())
    }
}

impl Loader<FormationId> for Rows {
    type Value = Formation;
    type Error = Arc<Fault>;

    async fn load(
        &self,
        keys: &[FormationId],
    ) -> Result<HashMap<FormationId, Formation>, Arc<Fault>> {
        let keys = keys.to_vec();
        let rows = self.0.query(move |db| formations::by_ids(db, &keys)).await?;
        Ok(rows.into_iter().map(|row| (row.formation, row)).collect())
    }
}
