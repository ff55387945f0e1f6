//! Texts that people type: trimmed, without control characters, of a bounded length; and the
//! form in which they are searched.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Why a text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadText {
    /// Nothing was typed.
    #[error("must not be empty")]
    Empty,
    /// More than `most` characters.
    #[error("must have {most} characters at most")]
    TooLong {
        /// The most allowed.
        most: usize,
    },
}

/// `text` in NFC, spaces collapsed, control characters dropped; from 1 to `most` characters.
pub fn line(text: &str, most: usize) -> Result<String, BadText> {
    let clean: String = text.nfc().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let clean = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    bounded(clean, most)
}

/// Like [`line`], but keeps line feeds.
pub fn paragraph(text: &str, most: usize) -> Result<String, BadText> {
    let lines: Vec<String> =
        text.lines().map(|l| line(l, usize::MAX).unwrap_or_default()).collect();
    bounded(lines.join("\n").trim().to_owned(), most)
}

fn bounded(text: String, most: usize) -> Result<String, BadText> {
    match text.chars().count() {
        0 => Err(BadText::Empty),
        n if n > most => Err(BadText::TooLong { most }),
        _ => Ok(text),
    }
}

/// The form in which names are searched and compared: without accents, case, hyphens or
/// apostrophes (« Nguyễn-Œuvré » → `nguyen oeuvre`).
pub fn folded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => plain.push_str("oe"),
            'æ' => plain.push_str("ae"),
            'ß' => plain.push_str("ss"),
            'ø' => plain.push('o'),
            'đ' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            c if c.is_alphanumeric() => plain.push(c),
            _ => plain.push(' '),
        }
    }
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_bounded() {
        assert_eq!(line("  Zoe\u{301}\t\n Da  Silva ", 40), Ok("Zoé Da Silva".to_owned()));
        assert_eq!(line(" \u{7} ", 40), Err(BadText::Empty));
        assert_eq!(line("abc", 2), Err(BadText::TooLong { most: 2 }));
        assert_eq!(paragraph(" a \n\n b ", 9), Ok("a\n\nb".to_owned()));
    }

    #[test]
    fn names_fold_without_accents_or_case() {
        assert_eq!(folded("NGUYỄN-ŒUVRÉ d’Été"), "nguyen oeuvre d ete");
    }
}
