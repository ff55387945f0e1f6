//! The kinds of things that an event can touch.

use std::collections::BTreeSet;

use domain::kernel::ids::{BookingId, ConventionId};
use uuid::Uuid;

use crate::Value;

/// What can be touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An account, by its UUID.
    Account,
    /// A booking, by its UUID.
    Booking,
    /// A convention, by its UUID.
    Convention,
    /// A formation, by its UUID.
    Formation,
    /// A letter, by its UUID.
    Letter,
    /// A person, by their UUID.
    Person,
    /// A platform, by its slug.
    Platform,
    /// A stack of scans, by its UUID.
    Scan,
    /// A school, by its UAI.
    School,
    /// A slot, by its UUID.
    Slot,
}

impl Kind {
    /// The kind and `id` as the index holds them: a number, and sixteen bytes or a code. There
    /// are half a dozen of them for an event, so that their size is most of the index's cost.
    /// A booking stands there as its convention, whose id follows from its own.
    pub(super) fn cells(self, id: &str) -> (Value, Value) {
        let text = || Value::Text(id.to_owned());
        let bytes = |id: Uuid| Value::Blob(id.as_bytes().to_vec());
        let (kind, id) = match self {
            Self::Platform | Self::School => (self, text()),
            Self::Booking => {
                let booking = id.parse::<BookingId>();
                let convention = booking.map(|it| bytes(ConventionId::of(it).uuid()));
                (Self::Convention, convention.unwrap_or_else(|_| text()))
            }
            Self::Account
            | Self::Convention
            | Self::Formation
            | Self::Letter
            | Self::Person
            | Self::Scan
            | Self::Slot => (self, Uuid::parse_str(id).map_or_else(|_| text(), bytes)),
        };
        let mut numbered = KINDS.iter().zip(1_i64..);
        let number = numbered.find(|((it, _), _)| *it == kind);
        (Value::Int(number.map_or(0, |(_, number)| number)), id)
    }
}

/// What was touched as the trail holds it: `slot:018f… school:0750655E`.
pub(super) fn write(touched: &BTreeSet<(Kind, String)>) -> String {
    let touched = touched.iter().map(|(kind, id)| format!("{kind}:{id}"));
    touched.collect::<Vec<_>>().join(" ")
}

/// The reverse of [`write`].
pub(super) fn read(touched: &str) -> Vec<(Kind, String)> {
    let touched = touched.split(' ').filter_map(|it| it.split_once(':'));
    touched.filter_map(|(kind, id)| Some((kind.parse().ok()?, id.to_owned()))).collect()
}

/// The text names no kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the audit trail knows no such kind")]
pub struct NotAKind;

const KINDS: [(Kind, &str); 10] = [
    (Kind::Account, "account"),
    (Kind::Booking, "booking"),
    (Kind::Convention, "convention"),
    (Kind::Formation, "formation"),
    (Kind::Letter, "letter"),
    (Kind::Person, "person"),
    (Kind::Platform, "platform"),
    (Kind::School, "school"),
    (Kind::Slot, "slot"),
    (Kind::Scan, "scan"),
];

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let name = KINDS.iter().find(|(kind, _)| kind == self);
        f.write_str(name.map_or("", |(_, name)| name))
    }
}

impl std::str::FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        let kind = KINDS.iter().find(|(_, name)| *name == text);
        kind.map(|(kind, _)| *kind).ok_or(NotAKind)
    }
}
