//! Days and instants as GraphQL writes them, and ids.

use async_graphql::{ID, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::{Timestamp, civil};

macro_rules! texts {
    ($($(#[$doc:meta])+ $name:ident($inner:ty) = $graphql:literal;)+) => {$(
        $(#[$doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) $inner);

        #[Scalar(name = $graphql)]
        impl ScalarType for $name {
            fn parse(value: Value) -> InputValueResult<Self> {
                let Value::String(text) = &value else {
                    return Err(InputValueError::expected_type(value));
                };
                match text.parse() {
                    Ok(inner) => Ok(Self(inner)),
                    Err(_) => Err(InputValueError::expected_type(value)),
                }
            }

            fn to_value(&self) -> Value {
                Value::String(self.0.to_string())
            }
        }

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }
    )+};
}

texts! {
    /// Jour du calendrier : `2027-01-13`.
    Day(civil::Date) = "Date";
    /// Date et heure à la pendule de la plateforme : `2027-01-13T08:15:00`.
    LocalInstant(civil::DateTime) = "LocalDateTime";
    /// Heure à la pendule de la plateforme : `08:15:00`.
    Hour(civil::Time) = "Time";
    /// Instant en temps universel : `2027-01-13T07:15:00Z`.
    Instant(Timestamp) = "DateTime";
}

/// An id as GraphQL shows it.
pub(crate) fn id(id: impl std::fmt::Display) -> ID {
    ID(id.to_string())
}
