//! Why a slot says no.

use jiff::{Timestamp, civil::DateTime};

use crate::kernel::{decider::Refusal, ids::BookingId};

/// The rule that says no.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
pub enum SlotRefusal {
    /// The slot was never published.
    #[error("the slot was never published")]
    NotPublished,
    /// The slot is on offer already.
    #[error("the slot is published already")]
    AlreadyPublished,
    /// The slot was withdrawn.
    #[error("the slot was withdrawn")]
    SlotIsWithdrawn,
    /// The slot would end before it begins.
    #[error("the slot must end after it begins")]
    EndsBeforeItBegins,
    /// The slot would lie in the past.
    #[error("the slot lies in the past")]
    InThePast,
    /// A slot has one seat at least, and 500 at most.
    #[error("a slot has from 1 to 500 seats")]
    SeatsOutOfBounds,
    /// More seats are held than would be left.
    #[error("{held} seats are held")]
    SeatsHeld {
        /// How many.
        held: u16,
    },
    /// The day and the hours stand on conventions: they change no more while seats are held.
    #[error("{held} seats are held: the day and the hours are bound")]
    DateBound {
        /// How many.
        held: u16,
    },
    /// Bookings closed.
    #[error("bookings closed at {closed_at}")]
    DeadlinePassed {
        /// When, on the platform’s wall clock.
        closed_at: DateTime,
    },
    /// No seat is left, or fewer than asked for.
    #[error("{left} seats left")]
    SlotFull {
        /// How many are.
        left: u16,
    },
    /// The pupil has a booking in this slot, or waits.
    #[error("the pupil has a booking in this slot")]
    AlreadyBooked {
        /// The one there is.
        booking: BookingId,
    },
    /// The booking’s id is taken.
    #[error("the booking exists already")]
    BookingExists,
    /// The school holds as many seats as one may.
    #[error("one school may hold {most} seats")]
    SchoolQuotaReached {
        /// How many.
        most: u16,
    },
    /// The pupil holds as many bookings as one may.
    #[error("one pupil may hold {most} bookings")]
    PupilQuotaReached {
        /// How many.
        most: u16,
    },
    /// A list without a pupil.
    #[error("the list is empty")]
    NobodyToBook,
    /// There is no such booking in this slot.
    #[error("there is no such booking")]
    NoSuchBooking,
    /// The booking was cancelled, expired or lapsed.
    #[error("the booking is over")]
    BookingIsOver,
    /// The booking is for another person: a correction never makes it this one’s.
    #[error("the booking is for another person")]
    AnotherPupil,
    /// It is too late to cancel.
    #[error("cancelling closed at {closed_at}")]
    TooLateToCancel {
        /// When it was still possible, on the platform’s wall clock.
        closed_at: DateTime,
    },
    /// The day of expiry has not come.
    #[error("the booking does not expire before {expires_at}")]
    NotYetExpiring {
        /// When it comes, on the platform’s wall clock.
        expires_at: DateTime,
    },
    /// No seat is kept for this pupil.
    #[error("no seat is kept for this pupil")]
    NotPromoted,
    /// The time to answer is over.
    #[error("the promotion ended at {deadline}")]
    PromotionOver {
        /// When.
        deadline: Timestamp,
    },
    /// The time to answer is not over.
    #[error("the promotion runs until {deadline}")]
    PromotionRuns {
        /// Until when.
        deadline: Timestamp,
    },
    /// The pupil waits: there is no seat to confirm, or to note a presence of.
    #[error("the pupil is on the waiting list")]
    StillWaiting,
    /// The slot has not begun.
    #[error("the slot begins at {begins_at}")]
    NotBegun {
        /// When, on the platform’s wall clock.
        begins_at: DateTime,
    },
    /// The slot has begun: nothing about its seats, or who is in them, changes any more.
    #[error("the slot has begun")]
    HasBegun,
    /// The pupil was absent: there is nothing to appreciate.
    #[error("the pupil was absent, or their presence was not recorded")]
    NotPresent,
}

impl Refusal for SlotRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }
}
