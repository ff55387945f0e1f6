//! The kinds of things that an event can touch.

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
    /// A school, by its UAI.
    School,
    /// A slot, by its UUID.
    Slot,
}

/// The text names no kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the audit trail knows no such kind")]
pub struct NotAKind;

const KINDS: [(Kind, &str); 9] = [
    (Kind::Account, "account"),
    (Kind::Booking, "booking"),
    (Kind::Convention, "convention"),
    (Kind::Formation, "formation"),
    (Kind::Letter, "letter"),
    (Kind::Person, "person"),
    (Kind::Platform, "platform"),
    (Kind::School, "school"),
    (Kind::Slot, "slot"),
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
