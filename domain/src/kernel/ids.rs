//! Ids, one type each, so that none is taken for another. In text each has its prefix
//! (`slot_0198…`) and refuses another kind's; in the log it is the bare UUID.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text was not an id of the kind expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id like {prefix}_018f2c9e-…")]
pub struct NotAnId {
    /// The prefix expected.
    pub prefix: &'static str,
}

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// What the text form begins with, before `_`.
            pub const PREFIX: &'static str = $prefix;

            /// The id made of `uuid`.
            pub const fn new(uuid: Uuid) -> Self { Self(uuid) }

            /// An id from a number, for tests and fixtures.
            pub const fn from_u128(number: u128) -> Self { Self(Uuid::from_u128(number)) }

            /// The bare UUID, which names the stream in the log.
            pub const fn uuid(self) -> Uuid { self.0 }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            /// Takes the prefixed form, or the bare UUID that the log bears.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let bare = match text.split_once('_') {
                    Some((prefix, rest)) if prefix == $prefix => rest,
                    Some(_) => return Err(NotAnId { prefix: $prefix }),
                    None => text,
                };
                Uuid::parse_str(bare).map(Self).map_err(|_| NotAnId { prefix: $prefix })
            }
        }
    )+};
}

ids! {
    /// A person whose data is sealed with one key: a pupil, an account's holder, a teacher.
    PersonId = "person";
    /// One who signs in.
    AccountId = "account";
    /// A request for access to a school's space.
    AccessRequestId = "request";
    /// An invitation to join a school's space.
    InvitationId = "invitation";
    /// A personal link sent by mail; its secret is derived, never stored.
    LinkId = "link";
    /// What a six-digit code sent to a signatory derives from; the code is never stored.
    CodeId = "code";
    /// What a lycée offers to discover.
    FormationId = "formation";
    /// Half a day in a lycée, with its seats.
    SlotId = "slot";
    /// One pupil's seat, or place on the waiting list, of one slot.
    BookingId = "booking";
    /// The agreement of one booking.
    ConventionId = "convention";
    /// A stack of scanned pages that came in one file.
    ScanBatchId = "scan";
    /// One mail to one recipient for one cause.
    LetterId = "letter";
}

/// Namespace of the ids that are derived from a cause, so that a reaction that runs twice
/// has its effect once.
pub const DERIVED: Uuid = Uuid::from_u128(0x6573_6361_6c65_5ca1_ab1e_0000_0000_0001);

/// The id derived from `parts` (UUID v5).
pub fn derived(parts: &[&str]) -> Uuid {
    Uuid::new_v5(&DERIVED, parts.join("\u{1f}").as_bytes())
}

impl ConventionId {
    /// The convention of `booking`: a booking has one at most.
    pub fn of(booking: BookingId) -> Self {
        Self(derived(&["convention", &booking.to_string()]))
    }
}

impl ScanBatchId {
    /// Whose key seals the file and the pictures of its pages: nobody’s, for a stack shows many
    /// people. It is destroyed like a person’s.
    pub fn key(self) -> PersonId {
        PersonId(derived(&["scan", &self.to_string()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_refuses_another_kinds_prefix() {
        let slot = SlotId::from_u128(5);

        assert_eq!(slot.to_string().parse::<SlotId>(), Ok(slot));
        assert_eq!(slot.to_string().parse::<BookingId>(), Err(NotAnId { prefix: "booking" }));
        assert_eq!("slot_éé".parse::<SlotId>(), Err(NotAnId { prefix: "slot" }));
    }
}
