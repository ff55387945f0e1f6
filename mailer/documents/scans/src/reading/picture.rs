//! Pictures of a page: a small one for a person to look at, a large one to read print on.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use crate::grey::Grey;

/// The most bytes of a picture.
const MOST_BYTES: usize = 60_000;
/// Longest side and quality, tried in this order until the picture is small enough.
const TRIES: [(usize, u8); 5] = [(1150, 40), (1000, 32), (850, 30), (600, 30), (300, 20)];
/// Longest side and quality to read print: 200 dots to the inch of A4.
const TO_READ: (usize, u8) = (2339, 75);

/// A JPEG of the page on which print can be read; empty if it has no size.
pub(super) fn to_read(page: &Grey) -> Vec<u8> {
    small(page, TO_READ.0, TO_READ.1).unwrap_or_default()
}

/// A JPEG of the page; empty if it has no size.
pub(super) fn of(page: &Grey) -> Vec<u8> {
    let mut tries = TRIES.iter().filter_map(|&(longest, quality)| small(page, longest, quality));
    tries.find(|bytes| bytes.len() <= MOST_BYTES).unwrap_or_default()
}

fn small(page: &Grey, longest: usize, quality: u8) -> Option<Vec<u8>> {
    let shown = page.shrunk(longest);
    let (width, height) = (u32::try_from(shown.width).ok()?, u32::try_from(shown.height).ok()?);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.encode(&shown.pixels, width, height, ExtendedColorType::L8).ok()?;
    Some(bytes)
}
