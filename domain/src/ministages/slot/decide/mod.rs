//! What a command does to a slot.

mod attendance;
mod book_seat;
mod cancel_booking;
mod change_slot;
mod confirmation;
mod correct_pupil;
mod expire_booking;
mod promotion;
mod publish_slot;
mod withdraw_slot;

use super::{OpenSlot, SlotCommand, SlotEvent, SlotRefusal, SlotState};

type Outcome = Result<Vec<SlotEvent>, SlotRefusal>;

pub(super) fn decide(state: &SlotState, command: SlotCommand) -> Outcome {
    match state {
        SlotState::Unpublished => publish_slot::decide(command),
        SlotState::Open(open) => decide_open(open, command),
        SlotState::Withdrawn => decide_withdrawn(&command),
    }
}

fn decide_open(open: &OpenSlot, command: SlotCommand) -> Outcome {
    match command {
        SlotCommand::PublishSlot { .. } => Err(SlotRefusal::AlreadyPublished),
        SlotCommand::ChangeSlot { details, rules, now } => {
            change_slot::decide(open, details, &rules, now)
        }
        SlotCommand::WithdrawSlot { reason, now } => withdraw_slot::decide(open, reason, now),
        SlotCommand::BookSeat { candidate, or_wait, rules, now } => {
            book_seat::one(open, candidate, or_wait, &rules, now)
        }
        SlotCommand::BookSeats { candidates, rules, now } => {
            book_seat::all(open, candidates, &rules, now)
        }
        SlotCommand::CancelBooking { booking, reason, by, rules, now } => {
            cancel_booking::check(open, booking, by, &rules, now)?;
            let event = cancel_booking::cancelled(open, booking, reason, by);
            Ok(promotion::then_promote(open, event, &rules, now))
        }
        SlotCommand::CorrectPupil { booking, pupil, now } => {
            correct_pupil::decide(open, booking, pupil, now)
        }
        SlotCommand::ExpireBooking { booking, rules, now } => {
            expire_booking::decide(open, booking, &rules, now)
        }
        SlotCommand::AcceptPromotion { booking, now } => promotion::accept(open, booking, now),
        SlotCommand::DeclinePromotion { booking, rules, now } => {
            promotion::decline(open, booking, &rules, now)
        }
        SlotCommand::LapsePromotion { booking, rules, now } => {
            promotion::lapse(open, booking, &rules, now)
        }
        SlotCommand::ConfirmBooking { booking } => confirmation::confirm(open, booking),
        SlotCommand::UnconfirmBooking { booking } => confirmation::unconfirm(open, booking),
        SlotCommand::RecordAttendance { booking, present, now } => {
            attendance::record(open, booking, present, now)
        }
        SlotCommand::GiveAppreciation { booking, text, now } => {
            attendance::appreciate(open, booking, text, now)
        }
    }
}

/// What the clock asks of a booking that is void is done already; whatever people ask is not
/// possible any more.
fn decide_withdrawn(command: &SlotCommand) -> Outcome {
    match command {
        SlotCommand::ExpireBooking { .. } | SlotCommand::LapsePromotion { .. } => Ok(Vec::new()),
        SlotCommand::PublishSlot { .. }
        | SlotCommand::ChangeSlot { .. }
        | SlotCommand::WithdrawSlot { .. }
        | SlotCommand::BookSeat { .. }
        | SlotCommand::BookSeats { .. }
        | SlotCommand::CancelBooking { .. }
        | SlotCommand::CorrectPupil { .. }
        | SlotCommand::AcceptPromotion { .. }
        | SlotCommand::DeclinePromotion { .. }
        | SlotCommand::ConfirmBooking { .. }
        | SlotCommand::UnconfirmBooking { .. }
        | SlotCommand::RecordAttendance { .. }
        | SlotCommand::GiveAppreciation { .. } => Err(SlotRefusal::SlotIsWithdrawn),
    }
}
