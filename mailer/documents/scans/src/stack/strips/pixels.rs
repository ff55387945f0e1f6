//! The pixels of a page that no PDF takes as they are, decoded and stored
//! without loss.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::{Dictionary, dictionary};
use tiff::ColorType;
use tiff::decoder::DecodingResult;

use super::{Tiff, bad};
use crate::BadScan;

/// What a PDF must know of the pixels, and the pixels.
pub(super) fn stored(
    tiff: &mut Tiff<'_>,
    (width, height): (u32, u32),
) -> Result<(Dictionary, Vec<u8>), BadScan> {
    let colours = tiff.colortype().map_err(|error| bad(&error))?;
    let decoded = tiff.read_image().map_err(|error| bad(&error))?;
    let bytes = match decoded {
        DecodingResult::U8(bytes) => bytes,
        DecodingResult::U16(words) => words.into_iter().map(|word| word.to_be_bytes()[0]).collect(),
        _numbers => return Err(BadScan::RareForm),
    };
    let (channels, bits, bytes) = match colours {
        ColorType::Gray(bits @ (1 | 2 | 4 | 8)) => (1, bits, bytes),
        ColorType::Gray(16) => (1, 8, bytes),
        ColorType::RGB(8 | 16) => (3, 8, bytes),
        ColorType::RGBA(8 | 16) => (3, 8, opaque(&bytes)),
        ColorType::YCbCr(8) => (3, 8, mixed(&bytes)),
        _rare => return Err(BadScan::RareForm),
    };
    let row = (u64::from(width) * channels * u64::from(bits)).div_ceil(8);
    if bytes.len() as u64 != row * u64::from(height) {
        return Err(BadScan::Damaged);
    }
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
    let packed = packed.write_all(&bytes).and_then(|()| packed.finish());
    let form = dictionary! {
        "ColorSpace" => if channels == 1 { "DeviceGray" } else { "DeviceRGB" },
        "BitsPerComponent" => i64::from(bits),
        "Filter" => "FlateDecode",
    };
    Ok((form, packed.map_err(|_| BadScan::Damaged)?))
}

/// Colours laid on white paper.
fn opaque(pixels: &[u8]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<4>();
    let over = |channel: u8, alpha: u8| {
        let (channel, alpha) = (u32::from(channel), u32::from(alpha));
        u8::try_from((channel * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    pixels.iter().flat_map(|&[r, g, b, alpha]| [r, g, b].map(|it| over(it, alpha))).collect()
}

/// Red, green and blue from luminance and two chrominances, as JFIF mixes them.
fn mixed(pixels: &[u8]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<3>();
    let colours = pixels.iter().flat_map(|&pixel| {
        let [y, blue, red] = pixel.map(i32::from);
        let (blue, red) = (blue - 128, red - 128);
        [
            y + (91_881 * red + 32_768) / 65_536,
            y - (22_554 * blue + 46_802 * red + 32_768) / 65_536,
            y + (116_130 * blue + 32_768) / 65_536,
        ]
        .map(|channel| u8::try_from(channel.clamp(0, 255)).unwrap_or(u8::MAX))
    });
    colours.collect()
}
