//! Values about a person, which the journal seals with that person's key, and claims on what
//! must be unique.

use serde::{Deserialize, Serialize};

use super::ids::PersonId;

/// A value about `person`. In the log it is sealed with the person's key; once that key is
/// destroyed it reads as [`Content::Erased`], for ever. `Debug` never shows it.
///
/// In JSON it is `{"$person": id, "value": …}` in clear (which only the journal and memory ever
/// see) or `{"$person": id, "erased": true}`; the journal writes `{"$person": id, "sealed": …}`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal<T> {
    #[serde(rename = "$person")]
    person: PersonId,
    #[serde(flatten)]
    content: Content<T>,
}

/// What is left of a personal value.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Content<T> {
    Value(T),
    Erased(bool),
}

impl<T> Personal<T> {
    /// `value`, which is about `person`.
    pub fn new(person: PersonId, value: T) -> Self {
        Self { person, content: Content::Value(value) }
    }

    /// What is left once `person` was erased.
    pub fn erased(person: PersonId) -> Self {
        Self { person, content: Content::Erased(true) }
    }

    /// Whom the value is about.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// The value, unless the person was erased.
    pub fn known(&self) -> Option<&T> {
        match &self.content {
            Content::Value(value) => Some(value),
            Content::Erased(_) => None,
        }
    }
}

impl<T> std::fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Personal({})", self.person)
    }
}

/// Something of which there can be one in the whole log. Taken or given back in the
/// transaction that appends the event; a claim already held refuses the whole append.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// From now on `key` in `scope` belongs to the event's stream.
    Take {
        /// What kind of thing (`login`).
        scope: &'static str,
        /// Which one.
        key: ClaimKey,
    },
    /// `key` in `scope` is free again.
    Release {
        /// What kind of thing (`login`).
        scope: &'static str,
        /// Which one.
        key: ClaimKey,
    },
}

/// The key of a claim.
#[derive(Clone, PartialEq, Eq)]
pub enum ClaimKey {
    /// Written as it is.
    Plain(String),
    /// About a person: only its keyed hash is written, and removed when the person is erased.
    Personal(PersonId, String),
}

impl std::fmt::Debug for ClaimKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Plain(key) => write!(f, "Plain({key})"),
            Self::Personal(person, _) => write!(f, "Personal({person})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_never_shows_the_value() {
        let name = Personal::new(PersonId::from_u128(7), "Zoé".to_owned());

        assert!(!format!("{name:?}").contains("Zoé"));
    }

    #[test]
    fn it_travels_through_json_known_or_erased() {
        let known = Personal::new(PersonId::from_u128(7), "Zoé".to_owned());
        let erased = Personal::<String>::erased(PersonId::from_u128(7));

        let json = serde_json::to_value(&known).unwrap();
        assert_eq!(json["value"], "Zoé");
        assert_eq!(serde_json::from_value::<Personal<String>>(json).unwrap(), known);
        let json = serde_json::to_value(&erased).unwrap();
        assert_eq!(serde_json::from_value::<Personal<String>>(json).unwrap(), erased);
    }
}
