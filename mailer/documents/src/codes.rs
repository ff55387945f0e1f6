//! The text in the code printed on each page, and the reference of a document.
//!
//! `E1:C-7F3K-92QD-5TBW:1.2:0123456789AB` is page 1 of 2 of that document, `…:1.2.3:…` the same
//! of its third print; the last part authenticates the others, so that nobody can print a code for a
//! document that is not ours. The alphabet is the alphanumeric one of QR.

mod printed;

use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

pub use printed::{PrintedPlace, printed_place};

const PREFIX: &str = "E1:";
/// Sixty bits of the authentication are printed.
const TAG_LENGTH: usize = 12;
const LONGEST_REFERENCE: usize = 24;
const MOST_PAGES: u8 = 99;
/// Crockford's base 32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What a page says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageCode {
    /// The reference of the document, 1 to 24 characters of `A-Z`, `0-9` and `-`.
    pub reference: String,
    /// This page, from 1.
    pub page: u8,
    /// The number of pages, at most 99.
    pub pages: u8,
    /// Which print of the document, from 1: another one was made since it said something else.
    pub print: u16,
}

/// Why a text is not a page code of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadCode {
    /// It does not have the form of our codes: somebody else's code.
    #[error("the code is not one of ours")]
    NotOurs,
    /// It has the form of our codes, but was not made with our key.
    #[error("the code is forged or damaged")]
    Forged,
}

/// The text to print.
pub fn encode(code: &PageCode, key: &[u8]) -> String {
    let claim = claim(code);
    let tag = tag(&claim, key);
    format!("{PREFIX}{claim}:{tag}")
}

/// The page that a code names, if it was made with this key.
pub fn decode(text: &str, key: &[u8]) -> Result<PageCode, BadCode> {
    let (claimed, printed) =
        text.strip_prefix(PREFIX).and_then(|rest| rest.rsplit_once(':')).ok_or(BadCode::NotOurs)?;
    let code = read_claim(claimed).ok_or(BadCode::NotOurs)?;
    // One page has one text: 01.2 is not 1.2.
    if claim(&code) != claimed {
        return Err(BadCode::NotOurs);
    }
    let same = tag(claimed, key).as_bytes().ct_eq(printed.as_bytes());
    if bool::from(same) { Ok(code) } else { Err(BadCode::Forged) }
}

/// Whether a text has the form of our codes, whoever made it: what is worth
/// asking [`decode`] about.
pub fn has_form(text: &str) -> bool {
    let parts = text.strip_prefix(PREFIX).and_then(|rest| rest.rsplit_once(':'));
    parts.is_some_and(|(claimed, tag)| {
        read_claim(claimed).is_some_and(|code| claim(&code) == claimed)
            && tag.len() == TAG_LENGTH
            && tag.bytes().all(|byte| ALPHABET.contains(&byte))
    })
}

fn claim(code: &PageCode) -> String {
    let PageCode { reference, page, pages, print } = code;
    match print {
        1 => format!("{reference}:{page}.{pages}"),
        _ => format!("{reference}:{page}.{pages}.{print}"),
    }
}

fn read_claim(claimed: &str) -> Option<PageCode> {
    let (reference, place) = claimed.split_once(':')?;
    let (page, rest) = place.split_once('.')?;
    let (pages, print) = rest.split_once('.').unwrap_or((rest, "1"));
    let code = PageCode {
        reference: reference.to_owned(),
        page: page.parse().ok()?,
        pages: pages.parse().ok()?,
        print: print.parse().ok()?,
    };
    let placed = (1..=code.pages).contains(&code.page) && code.pages <= MOST_PAGES;
    let placed = placed && code.print > 0;
    (is_reference(reference) && placed).then_some(code)
}

/// Whether a text can be the reference of a document.
pub(crate) fn is_reference(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    (1..=LONGEST_REFERENCE).contains(&text.len()) && text.bytes().all(allowed)
}

fn tag(claim: &str, key: &[u8]) -> String {
    // A key of any length is a key for HMAC, so this branch is never taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return String::new();
    };
    mac.update(b"page code 1\0");
    mac.update(claim.as_bytes());
    base32(&mac.finalize().into_bytes(), TAG_LENGTH)
}

/// The first `length` digits of a number in base 32, highest first.
fn base32(bytes: &[u8], length: usize) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
    (0..length)
        .map(|digit| (0..5).fold(0, |value, at| value << 1 | bit(digit * 5 + at)))
        .map(digit)
        .collect()
}

fn digit(value: u8) -> char {
    ALPHABET.get(usize::from(value)).copied().map_or('0', char::from)
}

/// A short reference for the document of this id, fit to be read aloud:
/// `C-7F3K-92QD-5TBW`, eleven digits drawn from the id and one that checks
/// them. Two ids share a
/// reference with a chance of one in 2⁵⁵.
pub fn reference_of(id: [u8; 16]) -> String {
    let mut digits = base32(&Sha256::digest(id), 11);
    digits.push(check_digit(&digits));
    let (first, rest) = digits.split_at(4);
    let (second, third) = rest.split_at(4);
    format!("C-{first}-{second}-{third}")
}

/// The reference that somebody typed, if its check digit is right: letters in
/// any case, with or without dashes, O for 0 and I or L for 1.
pub fn typed_reference(text: &str) -> Option<String> {
    let plain: String = text
        .trim()
        .chars()
        .filter(|character| !matches!(character, '-' | ' ' | '\u{a0}'))
        .map(|character| match character.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let digits = plain.strip_prefix('C').filter(|digits| digits.len() == 12)?;
    let (drawn, check) = digits.split_at_checked(11)?;
    let known = digits.bytes().all(|byte| ALPHABET.contains(&byte));
    (known && check == check_digit(drawn).to_string()).then(|| {
        let group = |from: usize| digits.get(from..from + 4).unwrap_or_default();
        format!("C-{}-{}-{}", group(0), group(4), group(8))
    })
}

/// Luhn's check in base 32: it tells any wrong digit and any two neighbours
/// swapped, but for 0 and Z.
fn check_digit(digits: &str) -> char {
    let sum: usize = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let value = ALPHABET.iter().position(|&digit| digit == byte).unwrap_or(0);
            if at % 2 == 0 { value * 2 / 32 + value * 2 % 32 } else { value }
        })
        .sum();
    u8::try_from((32 - sum % 32) % 32).map_or('0', digit)
}

#[cfg(test)]
mod tests;
