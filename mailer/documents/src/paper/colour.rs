//! Colours on paper.

use std::str::FromStr;

/// An opaque colour, eight bits a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

/// The text is not a colour of the form `#0f5c66`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is written # and six hexadecimal digits")]
pub struct BadColour;

impl Colour {
    /// The colour of a platform that chose none.
    pub const BRAND: Self = Self::new(0x0f, 0x5c, 0x66);
    pub(crate) const INK: Self = Self::new(0x18, 0x25, 0x2b);
    pub(crate) const SECOND: Self = Self::new(0x4b, 0x5b, 0x63);
    pub(crate) const LINE: Self = Self::new(0xb9, 0xc4, 0xc8);
    pub(crate) const BLACK: Self = Self::new(0, 0, 0);

    /// A colour from its three channels.
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// A tint light enough to write on: one tenth of the colour, the rest white.
    pub(crate) fn soft(self) -> Self {
        let mix = |channel: u8| 255 - (255 - channel) / 10;
        Self::new(mix(self.red), mix(self.green), mix(self.blue))
    }
}

impl FromStr for Colour {
    type Err = BadColour;

    fn from_str(text: &str) -> Result<Self, BadColour> {
        let digits = text.strip_prefix('#').ok_or(BadColour)?;
        if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(BadColour);
        }
        let channel = |at: usize| {
            u8::from_str_radix(digits.get(at..at + 2).unwrap_or_default(), 16)
                .map_err(|_| BadColour)
        };
        Ok(Self::new(channel(0)?, channel(2)?, channel(4)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_read_as_the_web_writes_it() {
        assert_eq!("#0f5c66".parse(), Ok(Colour::BRAND));
        assert_eq!("#0F5C66".parse(), Ok(Colour::BRAND));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["0f5c66", "#0f5c6", "#0f5c666", "#0f5c6g", "#é5c66", "", "#+1+2+3"] {
            assert_eq!(text.parse::<Colour>(), Err(BadColour), "{text}");
        }
    }
}
