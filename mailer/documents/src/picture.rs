//! Logos, signatures and stamps: looked at and re-encoded once, when they are
//! uploaded, so that nothing is decoded when a document is made.
//!
//! Transparency is laid on white, the colour of the paper; nothing of the
//! uploaded file but its pixels is kept (no metadata, no position).

use std::fmt;
use std::io::Cursor;
use std::sync::Arc;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{
    DynamicImage, GrayImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits,
    RgbImage, imageops,
};
use serde::{Deserialize, Serialize};

mod stored;

pub(crate) use stored::Stored;

/// The largest file accepted, bytes.
pub const MOST_BYTES: usize = 2 * 1024 * 1024;
/// The longest side accepted, pixels.
pub const LONGEST_SIDE: u32 = 4000;
/// The longest side kept, pixels: 60 mm at 600 dots per inch.
const KEPT_SIDE: u32 = 1400;

/// A picture in the form in which documents embed it.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    bytes: Arc<[u8]>,
    pub(crate) stored: Stored,
}

impl fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Stored { width, height, .. } = self.stored;
        write!(formatter, "Picture({width} × {height}, {} bytes)", self.bytes.len())
    }
}

/// Why a picture is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub enum BadPicture {
    /// Neither a PNG nor a JPEG.
    #[error("the file is neither a PNG nor a JPEG")]
    UnknownFormat,
    /// The file is too big.
    #[error("the file is larger than {most} bytes")]
    TooHeavy {
        /// The most bytes accepted.
        most: usize,
    },
    /// A side is too long.
    #[error("a side of the picture is longer than {most} pixels")]
    TooLarge {
        /// The most pixels accepted on a side.
        most: u32,
    },
    /// The pixels cannot be read.
    #[error("the picture is damaged")]
    Damaged,
    /// The bytes are not those of an accepted picture.
    #[error("the bytes are not those of a picture accepted before")]
    NotAccepted,
}

/// Reads an uploaded PNG or JPEG and re-encodes it for documents. Store
/// [`Picture::bytes`] and give them to [`restore`] later.
pub fn accept(upload: &[u8]) -> Result<Picture, BadPicture> {
    if upload.len() > MOST_BYTES {
        return Err(BadPicture::TooHeavy { most: MOST_BYTES });
    }
    let (pixels, format) = decoded(upload)?;
    let pixels = on_white(&shrunk(pixels));
    let bytes = match format {
        ImageFormat::Jpeg => as_jpeg(&pixels),
        _png => as_png(&pixels),
    };
    restore(&bytes.ok_or(BadPicture::Damaged)?)
}

/// An accepted picture from the bytes that were stored. Only its header is read.
pub fn restore(bytes: &[u8]) -> Result<Picture, BadPicture> {
    let stored = Stored::read(bytes).ok_or(BadPicture::NotAccepted)?;
    Ok(Picture::of(bytes.to_vec(), stored))
}

impl Picture {
    /// A picture of bytes that were read before.
    pub(crate) fn of(bytes: Vec<u8>, stored: Stored) -> Self {
        Self { bytes: bytes.into(), stored }
    }

    /// A plain PNG or JPEG file that browsers show: what to store.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its media type.
    pub fn media_type(&self) -> &'static str {
        if self.stored.png { "image/png" } else { "image/jpeg" }
    }

    /// Width and height, pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.stored.width, self.stored.height)
    }

    /// The compressed pixels as a PDF takes them.
    pub(crate) fn stream(&self) -> Vec<u8> {
        self.stored.stream(&self.bytes)
    }
}

fn decoded(upload: &[u8]) -> Result<(DynamicImage, ImageFormat), BadPicture> {
    let mut reader = ImageReader::new(Cursor::new(upload))
        .with_guessed_format()
        .map_err(|_| BadPicture::UnknownFormat)?;
    let format = match reader.format() {
        Some(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
        _other => return Err(BadPicture::UnknownFormat),
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(256 * 1024 * 1024);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| BadPicture::Damaged)?;
    let (width, height) = decoder.dimensions();
    if width.max(height) > LONGEST_SIDE {
        return Err(BadPicture::TooLarge { most: LONGEST_SIDE });
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut pixels = DynamicImage::from_decoder(decoder).map_err(|_| BadPicture::Damaged)?;
    pixels.apply_orientation(orientation);
    Ok((pixels, format))
}

fn shrunk(pixels: DynamicImage) -> DynamicImage {
    if pixels.width().max(pixels.height()) <= KEPT_SIDE {
        return pixels;
    }
    pixels.resize(KEPT_SIDE, KEPT_SIDE, imageops::FilterType::Triangle)
}

/// Without transparency, and grey where there is no colour.
fn on_white(pixels: &DynamicImage) -> DynamicImage {
    let from = pixels.to_rgba8();
    let colour = RgbImage::from_fn(from.width(), from.height(), |x, y| {
        let image::Rgba([red, green, blue, alpha]) = *from.get_pixel(x, y);
        image::Rgb([red, green, blue].map(|channel| over_white(channel, alpha)))
    });
    if colour.pixels().all(|image::Rgb([red, green, blue])| red == green && green == blue) {
        let grey = GrayImage::from_fn(colour.width(), colour.height(), |x, y| {
            image::Luma([colour.get_pixel(x, y).0[0]])
        });
        return grey.into();
    }
    colour.into()
}

/// A channel of a pixel that is `alpha` opaque, laid on white paper.
pub(crate) fn over_white(channel: u8, alpha: u8) -> u8 {
    let (channel, alpha) = (u32::from(channel), u32::from(alpha));
    let mixed = (channel * alpha + 255 * (255 - alpha) + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

fn as_png(pixels: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    let colour = pixels.color().into();
    encoder.write_image(pixels.as_bytes(), pixels.width(), pixels.height(), colour).ok()?;
    Some(bytes)
}

fn as_jpeg(pixels: &DynamicImage) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, 88);
    let colour = pixels.color().into();
    encoder.write_image(pixels.as_bytes(), pixels.width(), pixels.height(), colour).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests;
