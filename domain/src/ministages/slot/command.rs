//! What can be asked of a slot.

use super::event::{PupilIdentity, PupilKind, Side, SlotDetails};
use crate::{
    kernel::{
        ids::{BookingId, FormationId, SlotId},
        moment::Moment,
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    platforms::rules::Rules,
};

/// One pupil to book.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The new booking.
    pub booking: BookingId,
    /// Who; the person’s id is the same for the same pupil of the same school.
    pub pupil: Personal<PupilIdentity>,
    /// From which school.
    pub origin: Uai,
    /// Whose pupil.
    pub kind: PupilKind,
    /// How many active bookings the pupil holds on the platform, as read just before.
    pub held: u16,
}

/// What can be asked of a slot.
#[derive(Debug, Clone, PartialEq)]
pub enum SlotCommand {
    /// Puts the slot on offer (a duplicate too).
    PublishSlot {
        /// The new slot.
        slot: SlotId,
        /// On which platform.
        platform: Slug,
        /// Where.
        host: Uai,
        /// To discover what.
        formation: FormationId,
        /// When, and with how many seats.
        details: SlotDetails,
        /// The slot it was duplicated from.
        copied_from: Option<SlotId>,
        /// Now.
        now: Moment,
    },
    /// Changes it; never under the seats held. More seats promote those who wait.
    ChangeSlot {
        /// From now on.
        details: SlotDetails,
        /// The platform’s.
        rules: Rules,
        /// Now.
        now: Moment,
    },
    /// Withdraws it; not once it has begun, for then pupils are there under their conventions.
    WithdrawSlot {
        /// Why.
        reason: String,
        /// Now.
        now: Moment,
    },
    /// Books a seat; when the slot is full, joins the waiting list if `or_wait`.
    BookSeat {
        /// Whom.
        candidate: Candidate,
        /// Whether to wait when it is full.
        or_wait: bool,
        /// The platform’s.
        rules: Rules,
        /// Now.
        now: Moment,
    },
    /// Books a seat for each, or for none.
    BookSeats {
        /// Whom.
        candidates: Vec<Candidate>,
        /// The platform’s.
        rules: Rules,
        /// Now.
        now: Moment,
    },
    /// Frees the seat, or the place on the waiting list; promotes the first who waits.
    CancelBooking {
        /// Which.
        booking: BookingId,
        /// Why.
        reason: Option<Personal<String>>,
        /// Who cancels.
        by: Side,
        /// The platform’s.
        rules: Rules,
        /// Now.
        now: Moment,
    },
    /// Corrects who the pupil is, until the slot begins; never makes the booking another’s.
    CorrectPupil {
        /// Which.
        booking: BookingId,
        /// From now on; of the person whom the booking is for.
        pupil: Personal<PupilIdentity>,
        /// Now.
        now: Moment,
    },
    /// The day came: frees the seat of a booking that is still unconfirmed; promotes the first
    /// who waits. Nothing to do when the booking is confirmed or gone.
    ExpireBooking {
        /// Which.
        booking: BookingId,
        /// The platform’s.
        rules: Rules,
        /// Now.
        now: Moment,
    },
    /// Takes the seat kept.
    AcceptPromotion {
        /// Which.
        booking: BookingId,
        /// Now.
        now: Moment,
    },
    /// Leaves it; the next is promoted.
    DeclinePromotion {
        /// Which.
        booking: BookingId,
        /// The platform’s.
        rules: Rules,
        /// Now.
        now: Moment,
    },
    /// The deadline came: the next is promoted. Nothing to do when it was answered.
    LapsePromotion {
        /// Which.
        booking: BookingId,
        /// The platform’s.
        rules: Rules,
        /// Now.
        now: Moment,
    },
    /// The convention was validated.
    ConfirmBooking {
        /// Which.
        booking: BookingId,
    },
    /// The convention is validated no longer.
    UnconfirmBooking {
        /// Which.
        booking: BookingId,
    },
    /// Says whether the pupil came, or corrects it; from the slot’s beginning on.
    RecordAttendance {
        /// Which.
        booking: BookingId,
        /// Whether.
        present: bool,
        /// Now.
        now: Moment,
    },
    /// Gives or replaces the appreciation; from the slot’s beginning on, of a pupil who came.
    GiveAppreciation {
        /// Which.
        booking: BookingId,
        /// The appreciation.
        text: Personal<String>,
        /// Now.
        now: Moment,
    },
}
