//! The alphabet of a file: UTF-8, or the one-byte alphabet of older Windows and Unix.

/// How the bytes of a file become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// What the official files are in.
    Utf8,
    /// Windows-1252 or ISO-8859-15, which agree on all that a school's name is made of: where
    /// they differ, the signs of the former (`½`, `¤`, `¦`, `¨`, `´`, `¸`, `¼`, `¾`) stand in no
    /// name and the letters of the latter (`œ`, `€`, `Š`, `š`, `Ž`, `ž`, `Œ`, `Ÿ`) do.
    OneByte,
}

/// What 0x80 to 0x9F are in Windows-1252; ISO-8859-15 has nothing printable there.
const WINDOWS: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

impl Encoding {
    /// `bytes` as text; nothing when they are not of this alphabet.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_owned),
            Self::OneByte => Some(bytes.iter().map(|byte| letter(*byte)).collect()),
        }
    }
}

fn letter(byte: u8) -> char {
    match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        0xA4 => '€',
        0xA6 => 'Š',
        0xA8 => 'š',
        0xB4 => 'Ž',
        0xB8 => 'ž',
        0xBC => 'Œ',
        0xBD => 'œ',
        0xBE => 'Ÿ',
        other => char::from(other),
    }
}

/// Decides on a file's alphabet, line by line. A file is of one byte per letter when it holds
/// what UTF-8 cannot be and no accented letter in UTF-8; a stray byte in a UTF-8 file is a
/// wrong line, not another alphabet.
#[derive(Debug, Default)]
pub(super) struct Survey {
    accented: bool,
    broken: bool,
}

impl Survey {
    /// Takes one line into account.
    pub(super) fn line(&mut self, bytes: &[u8]) {
        match std::str::from_utf8(bytes) {
            Ok(_) => self.accented |= !bytes.is_ascii(),
            Err(_) => self.broken = true,
        }
    }

    /// The alphabet of the lines seen.
    pub(super) fn encoding(&self) -> Encoding {
        if self.broken && !self.accented { Encoding::OneByte } else { Encoding::Utf8 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_one_byte_alphabets_spell_sacre_coeur() {
        assert_eq!(Encoding::OneByte.decode(b"Sacr\xe9-C\x9cur").as_deref(), Some("Sacré-Cœur"));
        assert_eq!(Encoding::OneByte.decode(b"Sacr\xe9-C\xbdur").as_deref(), Some("Sacré-Cœur"));
    }

    #[test]
    fn one_wrong_byte_does_not_change_the_alphabet_of_a_file_with_accents() {
        let mut survey = Survey::default();
        survey.line("Lycée".as_bytes());
        survey.line(b"Coll\xe8ge");

        assert_eq!(survey.encoding(), Encoding::Utf8);
        assert_eq!(Encoding::Utf8.decode(b"Coll\xe8ge"), None);
    }
}
