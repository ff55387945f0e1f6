//! Mail addresses.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A mail address. Keeps what was typed; two are compared by [`Email::normalised`].
/// `Debug` shows the mask only.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

/// The text is not a mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an address like prenom.nom@ac-nantes.fr")]
pub struct NotAnEmail;

impl Email {
    /// As it was typed, without the spaces around.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form in which addresses are compared: lower case.
    pub fn normalised(&self) -> String {
        self.0.to_lowercase()
    }

    /// The first two letters, as the recovery of an identifier shows them: `ce.....`.
    pub fn hint(&self) -> String {
        let start: String = self.0.chars().take(2).collect();
        format!("{start}.....")
    }

    /// `c***@a***.fr`, for logs.
    pub fn mask(&self) -> String {
        let (local, host) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
        let end = host.rsplit('.').next().unwrap_or_default();
        format!("{}***@{}***.{end}", first(local), first(host))
    }
}

impl FromStr for Email {
    type Err = NotAnEmail;

    fn from_str(text: &str) -> Result<Self, NotAnEmail> {
        let text = text.trim();
        let (local, host) = text.rsplit_once('@').ok_or(NotAnEmail)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !",;:<>()[]\\\"".contains(c);
        let labels = host.split('.').count();
        let right = (3..=254).contains(&text.len())
            && (1..=64).contains(&local.len())
            && local.chars().all(|c| plain(c) && c != '@')
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && labels >= 2
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && label.chars().all(|c| c.is_alphanumeric() || c == '-')
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            });
        if right { Ok(Self(text.to_owned())) } else { Err(NotAnEmail) }
    }
}

impl PartialEq for Email {
    fn eq(&self, other: &Self) -> bool {
        self.normalised() == other.normalised()
    }
}

impl Eq for Email {}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mask())
    }
}

impl TryFrom<String> for Email {
    type Error = NotAnEmail;

    fn try_from(text: String) -> Result<Self, NotAnEmail> {
        text.parse()
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_one_address_are_equal() {
        let typed: Email = " ce.0491234A@ac-nantes.fr ".parse().unwrap();

        assert_eq!(typed, "CE.0491234a@AC-Nantes.fr".parse().unwrap());
        assert_eq!(typed.as_str(), "ce.0491234A@ac-nantes.fr");
        assert_eq!(typed.hint(), "ce.....");
        assert_eq!(format!("{typed:?}"), "c***@a***.fr");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "ce",
            "ce@",
            "@x.fr",
            "a b@x.fr",
            "a@x",
            "a@x..fr",
            ".a@x.fr",
            "a@-x.fr",
            "a@x.fr,b@y.fr",
            "a@b@x.fr",
            "a\r\nBcc: b@x.fr",
        ] {
            assert_eq!(text.parse::<Email>(), Err(NotAnEmail), "{text}");
        }
    }
}
