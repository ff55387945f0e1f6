//! In whose name a letter is written: the platform's name, colour and home page.

use std::{fmt, str::FromStr};

use serde::{Serialize, Serializer, ser::SerializeStruct as _};

/// What stands at the head and at the foot of each letter.
#[derive(Debug, Clone)]
pub struct Letterhead {
    /// The platform's name, or the service's for letters that belong to no platform.
    pub name: String,
    /// The main colour.
    pub colour: Colour,
    /// The address of the platform's home page.
    pub home: String,
    /// Where people write when they are stuck.
    pub support: Option<String>,
}

impl Serialize for Letterhead {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut head = serializer.serialize_struct("Letterhead", 5)?;
        head.serialize_field("name", &self.name)?;
        head.serialize_field("colour", &self.colour.to_string())?;
        head.serialize_field("on_colour", &self.colour.ink().to_string())?;
        head.serialize_field("home", &self.home)?;
        head.serialize_field("support", &self.support)?;
        head.end()
    }
}

/// A colour, red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour([u8; 3]);

/// The text is not a colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected a colour like #0f5c66")]
pub struct NotAColour;

impl Colour {
    /// The brand of Escale.
    pub const ESCALE: Self = Self([0x0f, 0x5c, 0x66]);

    /// White, or black where white would be read less well: 4.5 to 1 at least on any colour.
    fn ink(self) -> Self {
        let (white, black) = (Self([0xff; 3]), Self([0; 3]));
        if self.contrast(white) >= self.contrast(black) { white } else { black }
    }

    /// The contrast with `other`, from 1 to 21, as WCAG 2 defines it.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').ok_or(NotAColour)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_colour_is_a_colour() {
        assert_eq!("#0F5c66".parse(), Ok(Colour::ESCALE));
        for text in ["", "0f5c66", "#0f5c6", "#0f5c6é", "#+f5c66", "#0f5c66;background:url(x)"] {
            assert_eq!(text.parse::<Colour>(), Err(NotAColour), "{text}");
        }
    }

    #[test]
    fn the_text_on_any_colour_is_readable() {
        for step in 0..=255u8 {
            for colour in [
                Colour([step, step, step]),
                Colour([step, 0, 255 - step]),
                Colour([255, step, 0]),
                Colour([0, step, 128]),
            ] {
                assert!(colour.contrast(colour.ink()) >= 4.5, "{colour}");
            }
        }
        assert_eq!(Colour::ESCALE.ink(), Colour([0xff; 3]));
    }
}
