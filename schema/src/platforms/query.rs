//! Reading platforms, hosts and formations.

use async_graphql::{Context, Object, Result};
use domain::{
    access::{Action, Facts},
    kernel::uai::Uai,
};
use projections::platforms::{formations, platform_hosts, platform_list};

use super::types::{Formation, Host, Platform};
use crate::{guard::Call, position::Position};

#[derive(Default)]
pub(crate) struct PlatformsQuery;

#[Object]
impl PlatformsQuery {
    /// Plateforme de ce nom court ; rien s’il n’y en a pas.
    async fn platform(
        &self,
        ctx: &Context<'_>,
        slug: String,
        min_position: Option<Position>,
    ) -> Result<Option<Platform>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadPlatform, &Facts::none())?;
        let stale = call.is_stale(min_position).await;
        let Ok(slug) = slug.parse() else {
            return Ok(None);
        };
        let row = call.read(move |db| platform_list::by_slug(db, &slug)).await?;
        Ok(row.map(|row| Platform::new(row, stale)))
    }

    /// Toutes les plateformes.
    async fn platforms(
        &self,
        ctx: &Context<'_>,
        min_position: Option<Position>,
    ) -> Result<Vec<Platform>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadPlatform, &Facts::none())?;
        let stale = call.is_stale(min_position).await;
        let rows = call.read(platform_list::all).await?;
        Ok(rows.into_iter().map(|row| Platform::new(row, stale)).collect())
    }

    /// Établissements qui accueillent des élèves sur une plateforme.
    async fn hosts(
        &self,
        ctx: &Context<'_>,
        platform: String,
        min_position: Option<Position>,
    ) -> Result<Vec<Host>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadPlatform, &Facts::none())?;
        call.is_stale(min_position).await;
        let Ok(slug) = platform.parse() else {
            return Ok(Vec::new());
        };
        let rows = call.read(move |db| platform_hosts::of_platform(db, &slug)).await?;
        Ok(rows.into_iter().map(Host).collect())
    }

    /// Formations proposées sur une plateforme, par un établissement ou par tous.
    async fn formations(
        &self,
        ctx: &Context<'_>,
        platform: String,
        host: Option<String>,
        min_position: Option<Position>,
    ) -> Result<Vec<Formation>> {
        let call = Call::of(ctx)?;
        call.require(Action::ReadCatalogue, &Facts::none())?;
        call.is_stale(min_position).await;
        let host = host.map(|host| host.parse::<Uai>()).transpose();
        let (Ok(slug), Ok(host)) = (platform.parse(), host) else {
            return Ok(Vec::new());
        };
        let rows = call.read(move |db| formations::offered(db, &slug, host.as_ref())).await?;
        Ok(rows.into_iter().map(Formation::from).collect())
    }
}
