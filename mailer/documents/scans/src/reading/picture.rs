//! A small picture of a page, for a person to look at.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, resize};
use image::{ExtendedColorType, GrayImage};

use crate::grey::Grey;

/// The most bytes of a picture.
const MOST_BYTES: usize = 60_000;
/// Longest side and quality, tried in this order until the picture is small enough.
const TRIES: [(u32, u8); 6] = [(1240, 45), (1100, 40), (1000, 32), (850, 30), (600, 30), (300, 20)];

/// A JPEG of the page; empty if it has no size.
pub(super) fn of(page: &Grey) -> Vec<u8> {
    let size = (u32::try_from(page.width), u32::try_from(page.height));
    let (Ok(width), Ok(height)) = size else {
        return Vec::new();
    };
    let Some(pixels) = GrayImage::from_raw(width, height, page.pixels.clone()) else {
        return Vec::new();
    };
    let mut tries = TRIES.iter().filter_map(|&(longest, quality)| small(&pixels, longest, quality));
    tries.find(|bytes| bytes.len() <= MOST_BYTES).unwrap_or_default()
}

fn small(pixels: &GrayImage, longest: u32, quality: u8) -> Option<Vec<u8>> {
    let (width, height) = pixels.dimensions();
    let most = width.max(height);
    let side = |side: u32| (side * longest / most.max(1)).max(1);
    let shown = if most > longest {
        &resize(pixels, side(width), side(height), FilterType::Triangle)
    } else {
        pixels
    };
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.encode(shown, shown.width(), shown.height(), ExtendedColorType::L8).ok()?;
    Some(bytes)
}
