//! The UAI, formerly RNE: the national code of a school.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The letters a check letter is taken from: the alphabet without I, O and Q.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// A school's code: seven digits and a check letter, `0491234A`. Always valid once made.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Uai(String);

/// Why a text is not a UAI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAUai {
    /// Not seven digits and a letter.
    #[error("expected seven digits and a letter")]
    Shape,
    /// The letter does not follow from the digits.
    #[error("the check letter should be {expected}")]
    CheckLetter {
        /// The letter that does.
        expected: char,
    },
}

impl Uai {
    /// The code, upper-case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Uai {
    type Err = NotAUai;

    /// Takes lower case and spaces too; verifies the check letter (digits modulo 23).
    fn from_str(text: &str) -> Result<Self, NotAUai> {
        let code: String =
            text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
        let (digits, letter) = match code.as_bytes() {
            [digits @ .., letter] if digits.len() == 7 => (digits, *letter),
            _ => return Err(NotAUai::Shape),
        };
        if !digits.iter().all(u8::is_ascii_digit) || !letter.is_ascii_uppercase() {
            return Err(NotAUai::Shape);
        }
        let number = digits.iter().fold(0_usize, |sum, d| sum * 10 + usize::from(d - b'0'));
        let expected = LETTERS[number % LETTERS.len()];
        if letter == expected {
            Ok(Self(code))
        } else {
            Err(NotAUai::CheckLetter { expected: char::from(expected) })
        }
    }
}

impl fmt::Display for Uai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Uai {
    type Error = NotAUai;

    fn try_from(text: String) -> Result<Self, NotAUai> {
        text.parse()
    }
}

impl From<Uai> for String {
    fn from(uai: Uai) -> Self {
        uai.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lower_case_and_spaces_are_normalised() {
        assert_eq!(" 049 1234a ".parse::<Uai>().unwrap().as_str(), "0491234A");
        assert_eq!("0590121L".parse::<Uai>().unwrap().as_str(), "0590121L");
    }

    #[test]
    fn a_wrong_check_letter_names_the_one_expected() {
        assert_eq!("1230000R".parse::<Uai>(), Err(NotAUai::CheckLetter { expected: 'G' }));
        assert_eq!("0750655A".parse::<Uai>(), Err(NotAUai::CheckLetter { expected: 'E' }));
    }

    #[test]
    fn anything_else_is_a_wrong_shape() {
        for text in ["", "0", "éééé0655E", "07506550", "075065E", "07506555E", "𝟘𝟟𝟝𝟘𝟞𝟝𝟝E"]
        {
            assert_eq!(text.parse::<Uai>(), Err(NotAUai::Shape), "{text}");
        }
    }
}
