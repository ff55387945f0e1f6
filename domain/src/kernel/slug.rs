//! The short name of a platform, as it stands in addresses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// Lower-case letters, digits and hyphens, from 3 to 40, a letter first: `lycee-demo-paul`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

/// The text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected 3 to 40 lower-case letters, digits and hyphens, a letter first")]
pub struct NotASlug;

impl Slug {
    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = NotASlug;

    fn from_str(text: &str) -> Result<Self, NotASlug> {
        let right = (3..=40).contains(&text.len())
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && !text.ends_with('-')
            && !text.contains("--")
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if right { Ok(Self(text.to_owned())) } else { Err(NotASlug) }
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Slug {
    type Error = NotASlug;

    fn try_from(text: String) -> Result<Self, NotASlug> {
        text.parse()
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_is_what_fits_in_an_address() {
        assert_eq!("lycee-demo-paul".parse::<Slug>().unwrap().as_str(), "lycee-demo-paul");
        for text in ["", "ab", "Lycee", "lycée", "1lycee", "a--b", "ab-", "a b c"] {
            assert_eq!(text.parse::<Slug>(), Err(NotASlug), "{text}");
        }
    }
}
