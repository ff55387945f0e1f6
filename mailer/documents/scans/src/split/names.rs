//! The names that drawing instructions use.

use std::collections::BTreeSet;

/// Every name in the contents of a page, and perhaps some that only look like
/// one, inside a text or a picture.
pub(super) fn names(contents: &[u8]) -> BTreeSet<Vec<u8>> {
    let slashes = contents.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    slashes.filter_map(|(at, _)| contents.get(at + 1..)).map(name).collect()
}

/// The name that `bytes` begin with; `#` and two digits stand for a byte.
fn name(bytes: &[u8]) -> Vec<u8> {
    let ends = |byte: &u8| {
        matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
            || matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
    };
    let length = bytes.iter().position(ends).unwrap_or(bytes.len());
    let mut rest = bytes.get(..length.min(MOST_LENGTH)).unwrap_or_default();
    let mut name = Vec::with_capacity(rest.len());
    while let Some((&byte, after)) = rest.split_first() {
        let escaped = (byte == b'#').then(|| digits(after)).flatten();
        name.push(escaped.unwrap_or(byte));
        rest = if escaped.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    name
}

/// The longest name of a PDF, with every byte escaped.
const MOST_LENGTH: usize = 3 * 127;

fn digits(bytes: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*bytes.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_their_escapes() {
        let contents = b"q 1 0 0 1 0 0 cm/Im0 Do /A#20b gs[/C#zz]<</D/E>> Q /";

        let found: Vec<String> =
            names(contents).into_iter().map(|name| String::from_utf8(name).unwrap()).collect();

        assert_eq!(found, ["", "A b", "C#zz", "D", "E", "Im0"]);
    }
}
