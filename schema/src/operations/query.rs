//! How far the read models and the log are.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::{Action, Facts};

use super::{
    health::{self, Health},
    types::{ProjectionState, Rebuild},
};
use crate::{fault::unavailable, guard::Call, position::Position};

/// Journal.
#[derive(Debug, Clone, SimpleObject)]
pub(crate) struct LogStatus {
    /// Position du dernier événement.
    head: Position,
    /// Position que tous les modèles de lecture ont atteinte.
    projected: Position,
}

#[derive(Default)]
pub(crate) struct OperationsQuery;

#[Object]
impl OperationsQuery {
    /// Modèles de lecture.
    async fn projections(&self, ctx: &Context<'_>) -> Result<Vec<ProjectionState>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadProjections, &Facts::none())?;
        let states = call.read_db().states().await;
        let states = states.map_err(|fault| unavailable(&fault))?;
        let head = *call.journal().head().borrow();
        Ok(states.into_iter().map(|state| ProjectionState::new(state, head)).collect())
    }

    /// Reconstructions demandées, la dernière d’abord.
    async fn rebuilds(&self, ctx: &Context<'_>) -> Result<Vec<Rebuild>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadProjections, &Facts::none())?;
        let rebuilds = call.read_db().rebuilds().await;
        let rebuilds = rebuilds.map_err(|fault| unavailable(&fault))?;
        Ok(rebuilds.into_iter().map(Rebuild::from).collect())
    }

    /// État du service.
    async fn health(&self, ctx: &Context<'_>) -> Result<Health> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadProjections, &Facts::none())?;
        health::of(call).await
    }

    /// Journal.
    async fn log_status(&self, ctx: &Context<'_>) -> Result<LogStatus> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadProjections, &Facts::none())?;
        let head = *call.journal().head().borrow();
        let projected = *call.read_db().projected().borrow();
        Ok(LogStatus { head: Position(head), projected: Position(projected) })
    }
}
