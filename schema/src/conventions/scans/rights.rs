//! Who may see and sort a stack: whoever may deposit for the school that sent it.

use async_graphql::Result;
use domain::{
    access::{Action, Facts, Role},
    kernel::{ids::ScanBatchId, slug::Slug, uai::Uai},
    ministages::slot::Side,
};
use projections::{
    conventions::scans::{self, Scan as Row},
    platforms::platform_hosts,
};

use crate::{guard::Call, input, refused::Done};

/// What decides who may touch a stack that `school` sends on `side`.
pub(super) async fn facts(
    call: Call<'_>,
    platform: Option<&Slug>,
    school: &Uai,
    side: Side,
) -> Result<Facts> {
    let facts = match side {
        Side::Origin => Facts { origin: Some(school.clone()), ..Facts::none() },
        Side::Host => {
            let uai = school.clone();
            let platforms = call.read(move |db| platform_hosts::platforms_of(db, &uai)).await?;
            let attached = match platform {
                Some(platform) => platforms.contains(platform),
                None => !platforms.is_empty(),
            };
            Facts { host: Some(school.clone()), host_attached: attached, ..Facts::none() }
        }
    };
    Ok(match platform {
        Some(platform) => facts.on(platform.clone()),
        None => facts,
    })
}

/// The stack that was typed, if the viewer may see it, and what decides what else they may.
pub(super) async fn visible(call: Call<'_>, typed: &str) -> Result<(Row, Facts)> {
    let Ok(id) = typed.parse::<ScanBatchId>() else {
        return Err(call.hidden());
    };
    let row = call.read(move |db| scans::by_id(db, id)).await?;
    let row = row.ok_or_else(|| call.hidden())?;
    let facts = facts(call, row.platform.as_ref(), &row.school, row.side).await?;
    call.require_visible(Action::ReadScan, &facts)?;
    Ok((row, facts))
}

/// The same for whoever does `action` to it, and in which role.
pub(super) async fn touched(call: Call<'_>, typed: &str, action: Action) -> Done<(Row, Role)> {
    call.holder()?;
    let id: ScanBatchId = input::id("scan", typed)?;
    call.catches_up().await?;
    let (row, facts) = visible(call, &id.to_string()).await?;
    let role = call.require(action, &facts)?;
    Ok((row, role))
}
