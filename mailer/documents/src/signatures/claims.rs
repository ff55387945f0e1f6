//! What a certificate and a signature say of themselves.

use der::asn1::ObjectIdentifier;
use der::{Any, Tag, Tagged};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};
use x509_cert::Certificate;

/// The longest name kept, characters.
const LONGEST_NAME: usize = 120;

/// The part of the subject's name that this identifier names, on one line.
pub(super) fn named(certificate: &Certificate, part: ObjectIdentifier) -> Option<String> {
    let names = certificate.tbs_certificate.subject.0.iter();
    let value = names.flat_map(|name| name.0.iter()).find(|one| one.oid == part)?;
    let plain: String = text(&value.value)
        .chars()
        .map(|one| if one.is_whitespace() { ' ' } else { one })
        .filter(|one| !one.is_control() && !is_mark(*one))
        .take(LONGEST_NAME)
        .collect();
    let plain = plain.trim().to_owned();
    (!plain.is_empty()).then_some(plain)
}

/// Marks that turn the direction of what follows, or cannot be seen.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn text(value: &Any) -> String {
    let bytes = value.value();
    match value.tag() {
        Tag::BmpString => {
            let (pairs, _) = bytes.as_chunks::<2>();
            let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
            char::decode_utf16(units)
                .map(|one| one.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        Tag::TeletexString => bytes.iter().copied().map(char::from).collect(),
        _utf8 => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// The instant that a PDF writes `D:20261204140509+01'00'`.
pub(super) fn instant(written: &[u8]) -> Option<Timestamp> {
    let written = std::str::from_utf8(written).ok()?;
    let written = written.strip_prefix("D:").unwrap_or(written);
    let (date, zone) = written.split_at_checked(14)?;
    let date = DateTime::strptime("%Y%m%d%H%M%S", date).ok()?;
    let zone = zone.replace('\'', "");
    let offset = match zone.split_at_checked(1) {
        None | Some(("Z", _)) => Offset::UTC,
        Some((sign @ ("+" | "-"), digits)) => {
            let (hours, minutes) = digits.split_at_checked(2)?;
            let minutes = if minutes.is_empty() { "0" } else { minutes };
            let seconds = hours.parse::<i32>().ok()?.checked_mul(3600)?
                + minutes.parse::<i32>().ok()?.checked_mul(60)?;
            Offset::from_seconds(if sign == "+" { seconds } else { -seconds }).ok()?
        }
        Some(_other) => return None,
    };
    Some(date.to_zoned(TimeZone::fixed(offset)).ok()?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_as_pdf_writes_it() {
        let expected: Timestamp = "2026-12-04T13:05:09Z".parse().unwrap();

        for written in [
            "D:20261204130509Z",
            "D:20261204140509+01'00'",
            "20261204083509-0430",
            "D:20261204130509",
        ] {
            assert_eq!(instant(written.as_bytes()), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_is_no_instant_is_none() {
        for written in [
            "",
            "D:2026",
            "D:20261304130509Z",
            "D:20261204140509+é",
            "D:20261204140509+99999999999",
        ] {
            assert_eq!(instant(written.as_bytes()), None, "{written}");
        }
    }
}
