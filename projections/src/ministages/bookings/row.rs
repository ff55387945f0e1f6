//! A row of `bookings`.

use domain::{
    kernel::{
        ids::{BookingId, PersonId, SlotId},
        personal::Personal,
        uai::Uai,
    },
    ministages::slot::{Guardian, LapseCause, PupilIdentity, PupilKind, Side},
};
use jiff::Timestamp;
use rusqlite::Row;

use crate::Columns as _;

/// Where a booking stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::Display, strum::EnumString)]
pub enum BookingStatus {
    /// A seat is the pupil's; the convention is not validated.
    Booked,
    /// A seat is kept for the pupil until a deadline.
    Promoted,
    /// The pupil waits for a seat.
    Waiting,
    /// The convention is validated.
    Confirmed,
    /// The school of origin or the host cancelled it.
    Cancelled,
    /// It was not confirmed in time.
    Expired,
    /// The seat kept was declined, or not answered for.
    Lapsed,
    /// The slot was withdrawn.
    Withdrawn,
}

impl BookingStatus {
    /// Whether the pupil has a seat, or one is kept.
    pub const fn holds_a_seat(self) -> bool {
        match self {
            Self::Booked | Self::Confirmed | Self::Promoted => true,
            Self::Waiting | Self::Cancelled | Self::Expired | Self::Lapsed | Self::Withdrawn => {
                false
            }
        }
    }

    /// Whether it came to nothing.
    pub const fn is_over(self) -> bool {
        match self {
            Self::Booked | Self::Confirmed | Self::Promoted | Self::Waiting => false,
            Self::Cancelled | Self::Expired | Self::Lapsed | Self::Withdrawn => true,
        }
    }
}

/// One pupil's booking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Which.
    pub id: BookingId,
    /// Of which slot.
    pub slot: SlotId,
    /// From which school.
    pub origin: Uai,
    /// Whose pupil.
    pub kind: PupilKind,
    /// Who; erased where they were.
    pub pupil: Personal<PupilIdentity>,
    /// Where it stands.
    pub status: BookingStatus,
    /// Its place in the order in which bookings were made: that of the waiting list.
    pub rank: u64,
    /// When it was made, or the waiting list joined.
    pub booked_at: Timestamp,
    /// Since when a seat is the pupil's: the time to confirm runs from then.
    pub since: Option<Timestamp>,
    /// Until when the seat is, or was, kept.
    pub deadline: Option<Timestamp>,
    /// When its status changed last.
    pub changed_at: Timestamp,
    /// Who cancelled it, if it was.
    pub cancelled_by: Option<Side>,
    /// Why the promotion came to nothing, if it did.
    pub lapse: Option<LapseCause>,
    /// Why it was cancelled, if that was said and is still known.
    pub reason: Option<String>,
    /// Whether the pupil came, once that was recorded.
    pub present: Option<bool>,
    /// What the host thought of the pupil, if it was said and is still known.
    pub appreciation: Option<String>,
}

impl Booking {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let person = row.parsed("person")?;
        Ok(Self {
            id: row.parsed("booking")?,
            slot: row.parsed("slot")?,
            origin: row.parsed("origin")?,
            kind: row.parsed("kind")?,
            pupil: pupil(row, person)?,
            status: row.parsed("status")?,
            rank: row.get("rank")?,
            booked_at: row.instant("booked_at")?,
            since: row.maybe_instant("since")?,
            deadline: row.maybe_instant("deadline")?,
            changed_at: row.instant("changed_at")?,
            cancelled_by: row.maybe_parsed("cancelled_by")?,
            lapse: row.maybe_parsed("lapse")?,
            reason: row.get("reason")?,
            present: row.get("present")?,
            appreciation: row.get("appreciation")?,
        })
    }
}

fn pupil(row: &Row<'_>, person: PersonId) -> rusqlite::Result<Personal<PupilIdentity>> {
    let last: Option<String> = row.get("last_name")?;
    let first: Option<String> = row.get("first_name")?;
    let Some((last_name, first_name)) = last.zip(first) else {
        return Ok(Personal::erased(person));
    };
    let guardian: Option<String> = row.get("guardian_name")?;
    let guardian = match guardian {
        Some(name) => Some(Guardian {
            name,
            email: row.maybe_parsed("guardian_email")?,
            phone: row.get("guardian_phone")?,
        }),
        None => None,
    };
    Ok(Personal::new(
        person,
        PupilIdentity {
            last_name,
            first_name,
            birth_date: row.maybe_parsed("birth_date")?,
            class: row.get("class")?,
            guardian,
        },
    ))
}
