//! A convention that comes back as photographs: one JPEG or PNG a page, bound
//! into one PDF on A4.
//!
//! Nothing here trusts a file, and sizes are read before any pixel. A JPEG is
//! never decoded: its tables and its compressed pixels are carried over as they
//! are. A PNG is decoded row by row, so that no picture, however large, is ever
//! whole in memory. Both are turned by the PDF as their camera was held, and of
//! the rest of the file (place, date, device, author, what follows the picture)
//! nothing is kept.

mod bound;
mod jpeg;
mod png;

use image::metadata::Orientation;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::RenderFault;
use crate::picture::Picture;

/// The most photographs in one PDF.
pub const MOST_PAGES: usize = 20;
/// The longest side accepted, pixels.
pub const LONGEST_SIDE: u32 = 12_000;
/// The most pixels in one photograph: those of the phones that have most.
pub const MOST_PIXELS: u64 = 50_000_000;

/// A photograph as a page holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photograph(Picture);

/// Why a photograph is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "camelCase")]
pub enum BadPhotograph {
    /// Neither a JPEG nor a PNG.
    #[error("the file is neither a JPEG nor a PNG")]
    UnknownFormat,
    /// What iPhones write unless told otherwise.
    #[error("the photograph is a HEIC")]
    Heic,
    /// It has more pixels than are accepted.
    #[error(
        "the photograph has more than {LONGEST_SIDE} pixels on a side, or {MOST_PIXELS} in all"
    )]
    TooLarge,
    /// Its inks are those of a printer, which screens show as they please.
    #[error("the photograph is in the four colours of a printer")]
    PrinterColours,
    /// It moves.
    #[error("the picture is animated")]
    Animated,
    /// A form that readers of PDFs do not all show.
    #[error("the photograph is of a rare form of JPEG or PNG")]
    RareForm,
    /// It is cut short, or its parts do not fit together.
    #[error("the photograph is incomplete or damaged")]
    Damaged,
}

/// Reads a photograph, and leaves out of it all but its pixels.
pub fn accept(upload: &[u8]) -> Result<Photograph, BadPhotograph> {
    let (bytes, stored) = if upload.starts_with(b"\xff\xd8\xff") {
        jpeg::bare(upload)?
    } else if upload.starts_with(b"\x89PNG\r\n\x1a\n") {
        png::bare(upload)?
    } else if is_heic(upload) {
        return Err(BadPhotograph::Heic);
    } else {
        return Err(BadPhotograph::UnknownFormat);
    };
    Ok(Photograph(Picture::of(bytes, stored)))
}

/// The PDF of these photographs, one a page; the same bytes for the same
/// photographs and the same day.
pub fn bind(photographs: &[Photograph], issued: Date) -> Result<Vec<u8>, RenderFault> {
    bound::bound(photographs, issued)
}

fn is_heic(bytes: &[u8]) -> bool {
    let brand = bytes.get(8..12).unwrap_or_default();
    bytes.get(4..8) == Some(b"ftyp")
        && [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"]
            .iter()
            .any(|one| one.as_slice() == brand)
}

fn fits(width: u32, height: u32) -> Result<(), BadPhotograph> {
    let pixels = u64::from(width) * u64::from(height);
    if width.max(height) > LONGEST_SIDE || pixels > MOST_PIXELS {
        return Err(BadPhotograph::TooLarge);
    }
    Ok(())
}

/// How the camera was held, from what it wrote of itself.
fn orientation(exif: &[u8]) -> Orientation {
    Orientation::from_exif_chunk(exif).unwrap_or(Orientation::NoTransforms)
}

#[cfg(test)]
mod tests;
