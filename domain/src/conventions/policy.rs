//! What conventions do about what happens to bookings and signings: a seat has a convention, a
//! booking that is gone has none that counts, and one that all have signed deposits itself.

use super::{
    convention::{ConventionLapse, Recognition},
    signing::SigningEnd,
    terms::Change,
};
use crate::{
    kernel::ids::{BookingId, ConventionId, PersonId, SlotId},
    operations::erasure::ErasureGround,
    reaction::Reaction,
};

/// The convention of the seat is made.
pub fn when_seat_booked(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    vec![Reaction::GenerateConvention { slot, booking }]
}

/// A seat taken from the waiting list is a seat like any other.
pub fn when_waitlist_accepted(slot: SlotId, booking: BookingId) -> Vec<Reaction> {
    when_seat_booked(slot, booking)
}

/// The convention of each booking concerned is made again, where it says something else.
pub fn when_slot_changed(bookings: &[BookingId]) -> Vec<Reaction> {
    bookings.iter().map(|booking| Reaction::AmendConvention { booking: *booking }).collect()
}

/// The pupil’s convention is made again, if there is one.
pub fn when_pupil_corrected(booking: BookingId) -> Vec<Reaction> {
    vec![Reaction::AmendConvention { booking }]
}

/// Its convention is void.
pub fn when_booking_cancelled(booking: BookingId) -> Vec<Reaction> {
    vec![Reaction::LapseConvention { booking, cause: ConventionLapse::BookingCancelled }]
}

/// Its convention is void.
pub fn when_booking_expired(booking: BookingId) -> Vec<Reaction> {
    vec![Reaction::LapseConvention { booking, cause: ConventionLapse::BookingExpired }]
}

/// Each convention of the slot is void.
pub fn when_slot_withdrawn(bookings: &[BookingId]) -> Vec<Reaction> {
    bookings
        .iter()
        .map(|booking| Reaction::LapseConvention {
            booking: *booking,
            cause: ConventionLapse::SlotWithdrawn,
        })
        .collect()
}

/// All have signed: the convention deposits itself.
pub fn when_signing_completed(convention: ConventionId) -> Vec<Reaction> {
    vec![Reaction::DepositSigned { convention }]
}

/// It came back by another way than online: nobody is asked to sign any more.
pub fn when_convention_deposited(
    convention: ConventionId,
    recognised: Recognition,
) -> Vec<Reaction> {
    match recognised {
        Recognition::OriginalBytes | Recognition::ByHand | Recognition::PageCodes => {
            close(convention, SigningEnd::Deposited)
        }
        Recognition::SignedOnline => Vec::new(),
    }
}

/// Nobody is asked to sign what is void.
pub fn when_convention_lapsed(convention: ConventionId) -> Vec<Reaction> {
    close(convention, SigningEnd::Lapsed)
}

/// What was signed was set aside: the signatures may be asked for again.
pub fn when_convention_regenerated(convention: ConventionId) -> Vec<Reaction> {
    close(convention, SigningEnd::Regenerated)
}

/// Those whom it concerns sign again, if it is signed online.
pub fn when_convention_amended(convention: ConventionId, changes: &[Change]) -> Vec<Reaction> {
    vec![Reaction::AskSignaturesAgain { convention, changes: changes.to_vec() }]
}

fn close(convention: ConventionId, cause: SigningEnd) -> Vec<Reaction> {
    vec![Reaction::CloseSigning { convention, cause }]
}

/// A stack of scans that shows whoever was erased is unreadable from then on.
pub fn when_subject_erased(person: PersonId, ground: ErasureGround) -> Vec<Reaction> {
    match ground {
        ErasureGround::Request | ErasureGround::Retention => vec![Reaction::EraseScans { person }],
        ErasureGround::Scan => Vec::new(),
    }
}
