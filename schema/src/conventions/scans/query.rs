//! Reading stacks.

use async_graphql::{Context, ID, Object, Result};
use domain::{
    access::Action,
    kernel::{slug::Slug, uai::Uai},
};
use projections::conventions::scans;

use super::{rights, types::Scan};
use crate::{
    guard::Call,
    ministages::types::Side,
    page::{Page, PageInput},
    position::Position,
};

#[derive(Default)]
pub(crate) struct ScansQuery;

#[Object]
impl ScansQuery {
    /// Pile de cet identifiant.
    async fn scan(
        &self,
        ctx: &Context<'_>,
        id: ID,
        min_position: Option<Position>,
    ) -> Result<Scan> {
        let call = Call::of(ctx)?;
        call.is_stale(min_position).await;
        let (row, _) = rights::visible(call, &id).await?;
        Ok(Scan(row))
    }

    /// Piles qu’un établissement a déposées, la plus récente d’abord ; sur une plateforme, si elle
    /// est dite.
    async fn scans(
        &self,
        ctx: &Context<'_>,
        school: String,
        #[graphql(default_with = "Side::Origin")] side: Side,
        platform: Option<String>,
        page: Option<PageInput>,
        min_position: Option<Position>,
    ) -> Result<Page<Scan>> {
        let call = Call::of(ctx)?;
        let school: Uai = school.parse().map_err(|_| call.denied())?;
        let platform: Option<Slug> =
            platform.map(|slug| slug.parse()).transpose().map_err(|_| call.denied())?;
        let side = side.into();
        let facts = rights::facts(call, platform.as_ref(), &school, side).await?;
        call.require(Action::ReadScan, &facts)?;
        let stale = call.is_stale(min_position).await;
        let window = PageInput::window(page);
        let found = call
            .read(move |db| scans::of_school(db, &school, side, platform.as_ref(), window))
            .await?;
        Ok(Page::of(found, window, stale))
    }
}

impl From<scans::Scan> for Scan {
    fn from(row: scans::Scan) -> Self {
        Self(row)
    }
}
