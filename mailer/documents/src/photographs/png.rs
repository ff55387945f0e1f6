//! A PNG without what surrounds its pixels, on white, row by row.

use std::io::{Cursor, Write};

use png::{BitDepth, ColorType, Compression, Decoder, Encoder, Limits, Reader, Transformations};

use super::{BadPhotograph, fits, orientation};
use crate::picture::{Stored, over_white};

/// The most memory for a row and for what is said before the pixels, bytes.
const MOST_MEMORY: usize = 16 * 1024 * 1024;

/// The bytes to embed, and what they are.
pub(super) fn bare(upload: &[u8]) -> Result<(Vec<u8>, Stored), BadPhotograph> {
    let limits = Limits { bytes: MOST_MEMORY };
    let mut decoder = Decoder::new_with_limits(Cursor::new(upload), limits);
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    decoder.set_transformations(Transformations::normalize_to_color8());
    let header = decoder.read_header_info().map_err(|_| BadPhotograph::Damaged)?;
    fits(header.width, header.height)?;
    if header.interlaced {
        return Err(BadPhotograph::RareForm);
    }
    let mut reader = decoder.read_info().map_err(|_| BadPhotograph::Damaged)?;
    if reader.info().animation_control.is_some() {
        return Err(BadPhotograph::Animated);
    }
    let turned = reader.info().exif_metadata.as_deref().map(orientation);
    let bytes = on_white(&mut reader).ok_or(BadPhotograph::Damaged)?;
    let mut stored = Stored::read(&bytes).ok_or(BadPhotograph::Damaged)?;
    if let Some(turned) = turned {
        stored.orientation = turned;
    }
    Ok((bytes, stored))
}

/// The same pixels in a file of ours, without transparency.
fn on_white(reader: &mut Reader<Cursor<&[u8]>>) -> Option<Vec<u8>> {
    let (colour, _) = reader.output_color_type();
    let grey = matches!(colour, ColorType::Grayscale | ColorType::GrayscaleAlpha);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, reader.info().width, reader.info().height);
    encoder.set_color(if grey { ColorType::Grayscale } else { ColorType::Rgb });
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Fast);
    let mut file = encoder.write_header().ok()?;
    let mut writer = file.stream_writer().ok()?;
    while let Some(row) = reader.next_row().ok()? {
        match colour {
            ColorType::Grayscale | ColorType::Rgb => writer.write_all(row.data()).ok()?,
            ColorType::GrayscaleAlpha => writer.write_all(&opaque::<2>(row.data())).ok()?,
            ColorType::Rgba => writer.write_all(&opaque::<4>(row.data())).ok()?,
            // The transformation leaves none.
            ColorType::Indexed => return None,
        }
    }
    reader.finish().ok()?;
    writer.finish().ok()?;
    file.finish().ok()?;
    Some(bytes)
}

/// A row of `CHANNELS`, of which the last is how opaque a pixel is.
fn opaque<const CHANNELS: usize>(row: &[u8]) -> Vec<u8> {
    let (pixels, _) = row.as_chunks::<CHANNELS>();
    let opaque =
        pixels.iter().filter_map(|pixel| pixel.split_last()).flat_map(|(&alpha, channels)| {
            channels.iter().map(move |&channel| over_white(channel, alpha))
        });
    opaque.collect()
}
