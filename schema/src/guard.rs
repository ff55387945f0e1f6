//! One request at work: who asks, what they may, and what they read with.

use std::{sync::Arc, time::Duration};

use async_graphql::{Context, Error, Result};
use domain::{
    access::{Action, Facts, Role, Viewer, acting_as},
    kernel::{ids::AccountId, slug::Slug, uai::Uai},
};
use journal::Journal;
use projections::{Connection, Log, ReadDb, SqlResult, accounts::viewer::platforms_of_school};

use crate::{
    api::Parts,
    fault::{ErrorCode, unavailable},
    ports::{Caller, PortFault, Ports},
    position::Position,
    refused::{Done, RefusalCode, Refused, Stop},
};

/// For how long a query waits for what its client has just written.
const PATIENCE: Duration = Duration::from_secs(2);

/// A request at work. Cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    parts: &'a Parts,
    caller: &'a Caller,
}

impl<'a> Call<'a> {
    /// The request that `ctx` is about.
    pub(crate) fn of(ctx: &Context<'a>) -> Result<Self> {
        let parts = ctx.data_opt::<Parts>();
        let caller = ctx.data_opt::<Caller>();
        let Some((parts, caller)) = parts.zip(caller) else {
            tracing::error!("a request came without its caller");
            return Err(ErrorCode::Internal.error());
        };
        Ok(Self { parts, caller })
    }

    /// Who asks, from where.
    pub(crate) fn caller(self) -> &'a Caller {
        self.caller
    }

    /// Who asks.
    pub(crate) fn viewer(self) -> &'a Viewer {
        &self.caller.viewer
    }

    /// The service around the API.
    pub(crate) fn service(self) -> &'a dyn Ports {
        &*self.parts.service
    }

    /// The log.
    pub(crate) fn journal(self) -> &'a Journal {
        &self.parts.journal
    }

    /// The read models.
    pub(crate) fn read_db(self) -> &'a ReadDb {
        &self.parts.read
    }

    /// The log, as those who compare the read models with it read it.
    pub(crate) fn log(self) -> Arc<dyn Log> {
        Arc::new(self.parts.journal.clone())
    }

    /// What `query` finds in the read models.
    pub(crate) async fn read<T, F>(self, query: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> SqlResult<T> + Send + 'static,
    {
        let found = self.parts.read.query(query).await;
        found.map_err(|fault| unavailable(&fault))
    }

    /// Waits until the read models have reached `position`, 2 s at most. Whether what is read
    /// now may be stale.
    pub(crate) async fn is_stale(self, position: Option<Position>) -> bool {
        match position {
            Some(Position(position)) => !self.parts.read.wait_for(position, PATIENCE).await,
            None => false,
        }
    }

    /// In which role the viewer may do `action` to what `facts` describe.
    pub(crate) fn require(self, action: Action, facts: &Facts) -> Result<Role> {
        acting_as(self.viewer(), action, facts).ok_or_else(|| self.denied())
    }

    /// Whether the viewer may do `action` to what `facts` describe: for fields that stay empty
    /// for others.
    pub(crate) fn may(self, action: Action, facts: &Facts) -> bool {
        acting_as(self.viewer(), action, facts).is_some()
    }

    /// Like [`require`](Self::require), for what others may not even know of.
    pub(crate) fn require_visible(self, action: Action, facts: &Facts) -> Result<Role> {
        acting_as(self.viewer(), action, facts).ok_or_else(|| self.hidden())
    }

    /// The account signed in with.
    pub(crate) fn holder(self) -> Result<AccountId> {
        self.viewer().account.ok_or_else(|| ErrorCode::Unauthenticated.error())
    }

    /// That the viewer may not.
    pub(crate) fn denied(self) -> Error {
        match self.viewer().account {
            Some(_) => ErrorCode::Forbidden.error(),
            None => ErrorCode::Unauthenticated.error(),
        }
    }

    /// That there is nothing of the kind for the viewer.
    pub(crate) fn hidden(self) -> Error {
        match self.viewer().account {
            Some(_) => ErrorCode::NotFound.error(),
            None => ErrorCode::Unauthenticated.error(),
        }
    }

    /// What decides who may touch the school `uai` itself: its managers, and those of the
    /// platforms it is attached to.
    pub(crate) async fn school_facts(self, uai: &Uai) -> Result<Facts> {
        let school = uai.clone();
        let platforms = self.read(move |db| platforms_of_school(db, &school)).await?;
        let facts = Facts::school(uai.clone());
        Ok(platforms.into_iter().fold(facts, Facts::on))
    }

    /// What decides who may touch what `host` offers or sets on `platform`.
    pub(crate) async fn host_facts(self, platform: &Slug, host: &Uai) -> Result<Facts> {
        let (slug, uai) = (platform.clone(), host.clone());
        let attached = self
            .read(move |db| projections::platforms::platform_hosts::is_attached(db, &slug, &uai))
            .await?;
        Ok(Facts::host(platform.clone(), host.clone(), attached))
    }

    /// Counts one more try of `kind` from where the caller is; refuses too many.
    pub(crate) async fn allow_from(self, kind: &'static str) -> Done<()> {
        let from = self.caller.from.as_deref().unwrap_or("unknown");
        self.allow(kind, from).await
    }

    /// Counts one more try of `kind` by `key`; refuses too many.
    pub(crate) async fn allow(self, kind: &'static str, key: &str) -> Done<()> {
        let allowed = self.service().allow(kind, key).await;
        match allowed.map_err(port_fault)? {
            Ok(()) => Ok(()),
            Err(_) => Err(Stop::Refused(too_many_tries())),
        }
    }
}

/// The service failed; it has logged why.
pub(crate) fn port_fault(fault: PortFault) -> Error {
    let PortFault { what, err } = fault;
    drop(err);
    tracing::warn!(what, "the service around the API failed");
    ErrorCode::Unavailable.error()
}

/// Someone tries too often.
pub(crate) fn too_many_tries() -> Refused {
    Refused::new(
        RefusalCode::TooManyTries,
        "Trop d’essais en peu de temps. Patientez une minute, puis réessayez.",
    )
}
