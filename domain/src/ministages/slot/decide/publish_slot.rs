//! A slot comes on offer.

use super::{
    super::{SlotCommand, SlotDetails, SlotEvent, SlotRefusal},
    Outcome,
};
use crate::kernel::moment::Moment;

/// The most seats of a slot.
const MOST_SEATS: u16 = 500;

/// Nothing but its publication can happen to a slot that was never published.
pub(super) fn decide(command: SlotCommand) -> Outcome {
    let SlotCommand::PublishSlot { slot, platform, host, formation, details, copied_from, now } =
        command
    else {
        return Err(SlotRefusal::NotPublished);
    };
    check(&details, now)?;
    Ok(vec![SlotEvent::SlotPublished { slot, platform, host, formation, details, copied_from }])
}

/// Refuses details that no slot may have.
pub(super) fn check(details: &SlotDetails, now: Moment) -> Result<(), SlotRefusal> {
    if details.end <= details.start {
        return Err(SlotRefusal::EndsBeforeItBegins);
    }
    if details.date.to_datetime(details.start) <= now.local {
        return Err(SlotRefusal::InThePast);
    }
    if !(1..=MOST_SEATS).contains(&details.seats) {
        return Err(SlotRefusal::SeatsOutOfBounds);
    }
    Ok(())
}
