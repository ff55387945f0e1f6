//! What a cell of a read model holds, and how the domain's types become one.

use std::cmp::Ordering;

use domain::kernel::{
    email::Email,
    ids::{
        AccessRequestId, AccountId, BookingId, ConventionId, FormationId, InvitationId, LetterId,
        LinkId, PersonId, ScanBatchId, SlotId,
    },
    personal::Personal,
    slug::Slug,
    uai::Uai,
};
use jiff::{
    Timestamp,
    civil::{Date, Time},
};
use rusqlite::{
    ToSql,
    types::{ToSqlOutput, ValueRef},
};
use uuid::Uuid;

/// The content of one cell.
///
/// Ids are the bare UUID as text, instants are microseconds since 1970 (so that they sort),
/// days and hours are ISO 8601 text, booleans are 0 or 1. Enumerations without content are
/// the variant's name: `Value::name(kind)`.
#[derive(Clone)]
pub enum Value {
    /// Nothing is known.
    Null,
    /// A whole number.
    Int(i64),
    /// A fraction; prefer whole numbers of a small unit.
    Real(f64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

impl Value {
    /// The text that `name` displays: for enumerations whose `Display` is the variant's name.
    pub fn name(name: impl std::fmt::Display) -> Self {
        Self::Text(name.to_string())
    }

    /// `text` as it is searched: without accents, case or punctuation. Searches fold what was
    /// typed in the same way, with the SQL function `folded(text)`.
    pub fn folded(text: &str) -> Self {
        Self::Text(domain::kernel::text::folded(text))
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Null => 0,
            Self::Int(_) => 1,
            Self::Real(_) => 2,
            Self::Text(_) => 3,
            Self::Blob(_) => 4,
        }
    }
}

impl std::fmt::Debug for Value {
    /// Shows what kind of value it is and never the value: it may be personal.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Int(_) => "Int",
            Self::Real(_) => "Real",
            Self::Text(_) => "Text",
            Self::Blob(_) => "Blob",
        })
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a.cmp(b),
            (Self::Real(a), Self::Real(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Blob(a), Self::Blob(b)) => a.cmp(b),
            (a, b) => a.rank().cmp(&b.rank()),
        }
    }
}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Value {}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// What can be written into a cell.
pub trait ToValue {
    /// The content of the cell.
    fn to_value(&self) -> Value;
}

macro_rules! numbers {
    ($($of:ty),+) => {$(
        impl ToValue for $of {
            fn to_value(&self) -> Value { Value::Int((*self).into()) }
        }
    )+};
}

macro_rules! texts {
    ($($of:ty),+) => {$(
        impl ToValue for $of {
            fn to_value(&self) -> Value { Value::Text(self.to_string()) }
        }
    )+};
}

macro_rules! ids {
    ($($of:ty),+ $(,)?) => {$(
        impl ToValue for $of {
            fn to_value(&self) -> Value { self.uuid().to_value() }
        }
    )+};
}

numbers!(bool, u8, i8, u16, i16, u32, i32, i64);
texts!(str, String, Uuid, Uai, Slug, Date, Time);
ids!(
    PersonId,
    AccountId,
    AccessRequestId,
    InvitationId,
    LinkId,
    FormationId,
    SlotId,
    BookingId,
    ConventionId,
    LetterId,
    ScanBatchId,
);

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

impl ToValue for u64 {
    /// Positions and lengths; what no log or file reaches is held at the greatest integer.
    fn to_value(&self) -> Value {
        Value::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl ToValue for f64 {
    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
}

impl ToValue for Email {
    /// As it was typed.
    fn to_value(&self) -> Value {
        self.as_str().to_value()
    }
}

impl ToValue for Timestamp {
    fn to_value(&self) -> Value {
        Value::Int(self.as_microsecond())
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value {
        Value::Blob(self.to_vec())
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

impl<T: ToValue> ToValue for Personal<T> {
    /// The value, or nothing once the person was erased.
    fn to_value(&self) -> Value {
        self.known().to_value()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_erased_value_is_nothing() {
        let person = PersonId::from_u128(7);

        let known = Personal::new(person, "Zoé".to_owned()).to_value();
        let erased = Personal::<String>::erased(person).to_value();

        assert!(known == Value::Text("Zoé".to_owned()));
        assert!(erased == Value::Null);
    }

    #[test]
    fn debug_never_shows_the_value() {
        assert_eq!(format!("{:?}", "Zoé".to_value()), "Text");
    }
}
