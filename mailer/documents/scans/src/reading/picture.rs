//! A small picture of a page, for a person to look at.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;

use crate::grey::Grey;

/// The most bytes of a picture.
const MOST_BYTES: usize = 60_000;
/// Longest side and quality, tried in this order until the picture is small enough.
const TRIES: [(usize, u8); 5] = [(1150, 40), (1000, 32), (850, 30), (600, 30), (300, 20)];

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
