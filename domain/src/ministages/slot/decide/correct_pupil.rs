//! Who a pupil is was written wrongly at the booking.

use super::{
    super::{OpenSlot, PupilIdentity, SlotEvent, SlotRefusal, deadlines},
    Outcome,
};
use crate::kernel::{ids::BookingId, moment::Moment, personal::Personal};

/// What was written before is not known here (a rule reads no value that may be erased): an
/// identity that changes nothing is for whoever asks to leave out.
pub(super) fn decide(
    open: &OpenSlot,
    booking: BookingId,
    pupil: Personal<PupilIdentity>,
    now: Moment,
) -> Outcome {
    let corrected = open.booking(booking)?;
    if !corrected.phase.is_active() {
        return Err(SlotRefusal::BookingIsOver);
    }
    if corrected.pupil != pupil.person() {
        return Err(SlotRefusal::AnotherPupil);
    }
    if deadlines::has_begun(open, now) {
        return Err(SlotRefusal::HasBegun);
    }
    Ok(vec![SlotEvent::PupilCorrected { slot: open.slot, booking, pupil }])
}
