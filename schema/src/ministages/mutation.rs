//! What is asked of slots and bookings.

mod book;
mod bookings;
mod slots;

pub(crate) use book::BookMutation;
pub(crate) use bookings::BookingsMutation;
pub(crate) use slots::SlotsMutation;

use async_graphql::{Context, Result};
use domain::kernel::moment::Moment;
use domain::{
    kernel::ids::{BookingId, SlotId},
    ministages::slot::SlotRefusal,
    platforms::rules::Rules,
};
use projections::ministages::slots::Slot as Row;

use super::types::{Booking, Slot};
use crate::{
    guard::Call,
    input,
    position::Position,
    refused::{Done, Refused},
};

/// The slot as it is once `position` is in the read models.
async fn reread_slot(ctx: &Context<'_>, slot: SlotId, position: u64) -> Result<Option<Slot>> {
    let call = Call::of(ctx)?;
    call.is_stale(Some(Position(position))).await;
    Ok(call.slot_row(slot).await?.map(Slot::from))
}

/// The booking as it is once `position` is in the read models.
async fn reread_booking(
    ctx: &Context<'_>,
    booking: BookingId,
    position: u64,
) -> Result<Option<Booking>> {
    let call = Call::of(ctx)?;
    call.is_stale(Some(Position(position))).await;
    Ok(call.placed(booking).await?.map(Booking))
}

/// The slot typed; refused where there is none.
async fn slot_typed(call: Call<'_>, typed: &str) -> Done<Row> {
    call.holder()?;
    let id: SlotId = input::id("slot", typed)?;
    let row = call.slot_row(id).await?;
    row.ok_or_else(|| Refused::from(SlotRefusal::NotPublished).at("slot").into())
}

/// The rules of the slot's platform, and what time it is there.
async fn rules_of(call: Call<'_>, slot: &Row) -> Result<(Rules, Moment)> {
    let platform = call.platform_of(&slot.platform).await?;
    let now = call.service().moment(&platform.time_zone);
    Ok((platform.rules, now))
}
