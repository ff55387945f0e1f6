//! TIFF, as photocopiers write it: one picture a page.
//!
//! A page compressed as fax or JPEG in one piece is carried over as it is; any
//! other is decoded and stored again without loss.

mod pixels;

use std::io::Cursor;

use lopdf::{Dictionary, Object, dictionary};
use tiff::TiffError;
use tiff::decoder::{Decoder, Limits as DecoderLimits};
use tiff::tags::{CompressionMethod, PhotometricInterpretation, Tag};

use super::bound::{Picture, bound};
use crate::{BadScan, Limits};

/// The most bytes of all pages as they are stored.
const MOST_STORED: usize = 300_000_000;
/// The most memory for what is said of one page before its pixels, bytes.
const MOST_SAID: usize = 1024 * 1024;
/// The shorter and the longer side of A4, in points.
const A4: (f32, f32) = (595.276, 841.89);

type Tiff<'a> = Decoder<Cursor<&'a [u8]>>;

/// The PDF of a TIFF.
pub(super) fn pdf(file: &[u8], limits: &Limits) -> Result<Vec<u8>, BadScan> {
    let mut allowed = DecoderLimits::default();
    // Eight bits in three channels are the most that a pixel may take.
    let most = usize::try_from(limits.pixels).unwrap_or(usize::MAX).saturating_mul(3);
    allowed.decoding_buffer_size = most;
    allowed.intermediate_buffer_size = most;
    allowed.ifd_value_size = MOST_SAID;
    let mut tiff =
        Decoder::new(Cursor::new(file)).map_err(|error| bad(&error))?.with_limits(allowed);
    let mut pages = Vec::new();
    let mut stored = 0;
    loop {
        let picture = page(&mut tiff, file, limits)?;
        stored += picture.pixels.len();
        pages.push(picture);
        if stored > MOST_STORED {
            return Err(BadScan::TooLarge { most: MOST_STORED });
        }
        if !tiff.more_images() {
            break;
        }
        if pages.len() >= limits.pages {
            return Err(BadScan::TooManyPages { most: limits.pages });
        }
        tiff.next_image().map_err(|error| bad(&error))?;
    }
    bound(pages).ok_or(BadScan::Damaged)
}

fn bad(error: &TiffError) -> BadScan {
    match error {
        TiffError::UnsupportedError(_) => BadScan::RareForm,
        TiffError::LimitsExceeded
        | TiffError::FormatError(_)
        | TiffError::IoError(_)
        | TiffError::IntSizeError
        | TiffError::UsageError(_) => BadScan::Damaged,
    }
}

fn page(tiff: &mut Tiff<'_>, file: &[u8], limits: &Limits) -> Result<Picture, BadScan> {
    let (width, height) = tiff.dimensions().map_err(|error| bad(&error))?;
    if width == 0 || height == 0 {
        return Err(BadScan::Damaged);
    }
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(BadScan::TooManyPixels { most: limits.pixels });
    }
    let (form, pixels) = match carried(tiff, file, (width, height)) {
        Some(carried) => carried,
        None => pixels::stored(tiff, (width, height))?,
    };
    let turned = match number(tiff, Tag::Orientation) {
        Some(3) => 2,
        Some(6) => 1,
        Some(8) => 3,
        _upright => 0,
    };
    let paper = paper(tiff, (width, height));
    Ok(Picture { form, pixels, width, height, paper, turned })
}

fn number(tiff: &mut Tiff<'_>, tag: Tag) -> Option<u32> {
    tiff.find_tag_unsigned(tag).ok().flatten()
}

/// The compressed pixels of a page in one piece that a PDF takes as they are.
fn carried(tiff: &mut Tiff<'_>, file: &[u8], size: (u32, u32)) -> Option<(Dictionary, Vec<u8>)> {
    let method = u16::try_from(number(tiff, Tag::Compression)?).ok()?;
    let piece = one_piece(tiff, file)?;
    match CompressionMethod::from_u16(method)? {
        CompressionMethod::Fax4 => Some((fax(tiff, -1, size)?, facsimile(tiff, piece))),
        CompressionMethod::Fax3 => {
            let plane = i64::from(number(tiff, Tag::Unknown(T4_OPTIONS)).unwrap_or(0) & 1);
            Some((fax(tiff, plane, size)?, facsimile(tiff, piece)))
        }
        CompressionMethod::ModernJPEG => jpeg(tiff, piece),
        _other => None,
    }
}

/// Whether lines of a fax are coded one by one, or by the line before.
const T4_OPTIONS: u16 = 292;

/// The bytes of the page, when they are in one piece.
fn one_piece<'a>(tiff: &mut Tiff<'_>, file: &'a [u8]) -> Option<&'a [u8]> {
    let offsets = tiff.get_tag_u64_vec(Tag::StripOffsets).ok()?;
    let lengths = tiff.get_tag_u64_vec(Tag::StripByteCounts).ok()?;
    let (&[offset], &[length]) = (offsets.as_slice(), lengths.as_slice()) else {
        return None;
    };
    let start = usize::try_from(offset).ok()?;
    file.get(start..start.checked_add(usize::try_from(length).ok()?)?)
}

fn fax(tiff: &mut Tiff<'_>, plane: i64, (width, height): (u32, u32)) -> Option<Dictionary> {
    let samples = number(tiff, Tag::SamplesPerPixel).unwrap_or(1);
    if samples != 1 || number(tiff, Tag::BitsPerSample).unwrap_or(1) != 1 {
        return None;
    }
    let white_is_zero = match photometric(tiff)? {
        PhotometricInterpretation::WhiteIsZero => true,
        PhotometricInterpretation::BlackIsZero => false,
        _colours => return None,
    };
    let said = dictionary! {
        "K" => plane,
        "Columns" => i64::from(width),
        "Rows" => i64::from(height),
        "BlackIs1" => !white_is_zero,
    };
    Some(dictionary! {
        "ColorSpace" => "DeviceGray",
        "BitsPerComponent" => 1,
        "Filter" => "CCITTFaxDecode",
        "DecodeParms" => said,
    })
}

fn photometric(tiff: &mut Tiff<'_>) -> Option<PhotometricInterpretation> {
    let number = u16::try_from(number(tiff, Tag::PhotometricInterpretation)?).ok()?;
    PhotometricInterpretation::from_u16(number)
}

/// Faxes may be written from the lowest bit of a byte to the highest.
fn facsimile(tiff: &mut Tiff<'_>, piece: &[u8]) -> Vec<u8> {
    if number(tiff, Tag::FillOrder) == Some(2) {
        piece.iter().map(|byte| byte.reverse_bits()).collect()
    } else {
        piece.to_vec()
    }
}

/// A JPEG whose tables may stand apart.
fn jpeg(tiff: &mut Tiff<'_>, piece: &[u8]) -> Option<(Dictionary, Vec<u8>)> {
    let (colours, transform) = match photometric(tiff)? {
        PhotometricInterpretation::BlackIsZero => ("DeviceGray", 0),
        PhotometricInterpretation::RGB => ("DeviceRGB", 0),
        PhotometricInterpretation::YCbCr => ("DeviceRGB", 1),
        _other => return None,
    };
    let pixels = piece.strip_prefix(START)?;
    let tables = match tiff.find_tag(Tag::JPEGTables).ok()? {
        Some(tables) => tables.into_u8_vec().ok()?,
        None => [START, END].concat(),
    };
    let tables = tables.strip_prefix(START)?;
    let tables = tables.strip_suffix(END).unwrap_or(tables);
    let form = dictionary! {
        "ColorSpace" => colours,
        "BitsPerComponent" => 8,
        "Filter" => "DCTDecode",
        "DecodeParms" => dictionary! { "ColorTransform" => Object::Integer(transform) },
    };
    Some((form, [START, tables, pixels].concat()))
}

const START: &[u8] = b"\xff\xd8";
const END: &[u8] = b"\xff\xd9";

/// How large the page is on paper: by its resolution, or else as A4.
fn paper(tiff: &mut Tiff<'_>, (width, height): (u32, u32)) -> (f32, f32) {
    let an_inch = match number(tiff, Tag::ResolutionUnit) {
        Some(3) => 2.54,
        _inches => 1.0,
    };
    let mut points = |pixels: u32, tag| {
        let dots = tiff.get_tag_f32(tag).ok()? * an_inch;
        let usual = (50.0..=2400.0).contains(&dots);
        usual.then(|| length(pixels) * 72.0 / dots)
    };
    match (points(width, Tag::XResolution), points(height, Tag::YResolution)) {
        (Some(width), Some(height)) => (width, height),
        _unknown => {
            let (width, height) = (length(width), length(height));
            let scale = (A4.0 / width.min(height)).min(A4.1 / width.max(height));
            (width * scale, height * scale)
        }
    }
}

/// A number of pixels to reckon with.
fn length(pixels: u32) -> f32 {
    u16::try_from(pixels).map_or(f32::from(u16::MAX), f32::from)
}
