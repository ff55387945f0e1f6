//! What decides who may see or do what to a slot, a booking, a convention, or to a list of them.

use async_graphql::{Context, Result};
use domain::{
    access::{Action, Facts},
    kernel::{
        ids::{BookingId, SlotId},
        slug::Slug,
        uai::Uai,
    },
};
use projections::{
    ministages::{
        bookings::{self, Booking},
        dashboard::Scope,
        slots::{self, Slot},
    },
    platforms::{platform_hosts, platform_list::Platform},
};

use super::loaders::Hosting;
use crate::{fault::ErrorCode, guard::Call, loaders, position::Position};

/// A booking with its slot, and what decides who may touch it.
#[derive(Debug, Clone)]
pub(crate) struct Placed {
    /// The booking.
    pub(crate) booking: Booking,
    /// Its slot.
    pub(crate) slot: Slot,
    /// Who may.
    pub(crate) facts: Facts,
}

/// What decides who may touch the placement of a pupil of `origin` at `host`.
pub(crate) async fn placement(
    ctx: &Context<'_>,
    platform: &Slug,
    origin: &Uai,
    host: &Uai,
) -> Result<Facts> {
    let facts = hosting(ctx, platform, host).await?;
    Ok(Facts { origin: Some(origin.clone()), ..facts })
}

/// What decides who may touch what `host` offers on `platform`; read together with that of
/// the other rows of the answer.
pub(crate) async fn hosting(ctx: &Context<'_>, platform: &Slug, host: &Uai) -> Result<Facts> {
    let key = Hosting { platform: platform.clone(), host: host.clone() };
    let attached = loaders::one(ctx, key).await?.is_some_and(|it| it.attached);
    Ok(Facts::host(platform.clone(), host.clone(), attached))
}

impl Placed {
    /// The placement of `booking`; none when its slot is not there (yet).
    pub(crate) async fn of(ctx: &Context<'_>, booking: Booking) -> Result<Option<Self>> {
        let Some(slot) = loaders::one(ctx, booking.slot).await? else {
            return Ok(None);
        };
        let facts = placement(ctx, &slot.platform, &booking.origin, &slot.host).await?;
        Ok(Some(Self { booking, slot, facts }))
    }
}

impl Call<'_> {
    /// What decides who may read a list that `scope` narrows: whoever is something to one of
    /// its conditions is that to each of its rows.
    pub(crate) async fn scope_facts(self, scope: &Scope) -> Result<Facts> {
        let mut facts = match (&scope.platform, &scope.host) {
            (Some(platform), Some(host)) => self.host_facts(platform, host).await?,
            (Some(platform), None) => Facts::platform(platform.clone()),
            // Without a platform a host is attached to nothing in particular.
            (None, Some(_) | None) => Facts::none(),
        };
        facts.origin.clone_from(&scope.origin);
        Ok(facts)
    }

    /// The slot `id`, as it is known at this moment of the log.
    pub(crate) async fn slot_row(self, id: SlotId) -> Result<Option<Slot>> {
        let found = self.read(move |db| slots::by_id(db, id)).await?;
        if found.is_some() || !self.catches_up().await? {
            return Ok(found);
        }
        self.read(move |db| slots::by_id(db, id)).await
    }

    /// The booking `id` with its slot, as it is known at this moment of the log.
    pub(crate) async fn placed(self, id: BookingId) -> Result<Option<Placed>> {
        let find = move |db: &projections::Connection| {
            let Some(booking) = bookings::by_id(db, id)? else {
                return Ok(None);
            };
            let Some(slot) = slots::by_id(db, booking.slot)? else {
                return Ok(None);
            };
            let attached = platform_hosts::is_attached(db, &slot.platform, &slot.host)?;
            let (platform, host) = (slot.platform.clone(), slot.host.clone());
            let facts = Facts::placement(platform, booking.origin.clone(), host, attached);
            Ok(Some(Placed { booking, slot, facts }))
        };
        let found = self.read(find).await?;
        if found.is_some() || !self.catches_up().await? {
            return Ok(found);
        }
        self.read(find).await
    }

    /// The booking `id`, for whoever may do `action` to it; for others there is none.
    pub(crate) async fn placed_for(self, id: BookingId, action: Action) -> Result<Placed> {
        match self.placed(id).await? {
            Some(placed) => {
                self.require_visible(action, &placed.facts)?;
                Ok(placed)
            }
            None => Err(self.hidden()),
        }
    }

    /// The platform of something that is on it.
    pub(crate) async fn platform_of(self, slug: &Slug) -> Result<Platform> {
        let slug = slug.clone();
        let found =
            self.read(move |db| projections::platforms::platform_list::by_slug(db, &slug)).await?;
        found.ok_or_else(|| ErrorCode::NotFound.error())
    }

    /// Waits for all that the log holds by now, if the read models are behind it. What was not
    /// found may be there then.
    pub(crate) async fn catches_up(self) -> Result<bool> {
        let head = *self.journal().head().borrow();
        let behind = *self.read_db().projected().borrow() < head;
        Ok(behind && !self.is_stale(Some(Position(head))).await)
    }
}
