//! A JPEG without what surrounds its pixels, segment by segment.

use image::metadata::Orientation;

use super::{BadPhotograph, fits, orientation};
use crate::picture::Stored;

/// The most scans of one picture: ten are usual in a progressive one, and each
/// costs its readers a pass over all pixels.
const MOST_SCANS: usize = 100;
/// What says that colours are luminance and two chrominances, without the
/// thumbnail that may follow.
const JFIF: &[u8] = b"\xff\xe0\x00\x10JFIF\x00\x01\x02\x00\x00\x01\x00\x01\x00\x00";
/// What says which colours these are; the last byte is missing.
const ADOBE: &[u8] = b"\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00";

const END: u8 = 0xd9;

/// A picture on its way.
#[derive(Debug)]
struct Bare {
    kept: Vec<u8>,
    frame: Option<Frame>,
    orientation: Option<Orientation>,
    scans: usize,
    /// Length of the compressed pixels.
    entropy: usize,
}

/// What the frame header says.
#[derive(Debug, Clone, Copy)]
struct Frame {
    width: u32,
    height: u32,
    grey: bool,
    /// Squares of eight by eight, over all channels.
    blocks: u64,
}

/// The bytes to embed, and what they are.
pub(super) fn bare(upload: &[u8]) -> Result<(Vec<u8>, Stored), BadPhotograph> {
    let start = &[0xff, 0xd8];
    let mut rest = upload.strip_prefix(start).ok_or(BadPhotograph::Damaged)?;
    let mut bare =
        Bare { kept: start.to_vec(), frame: None, orientation: None, scans: 0, entropy: 0 };
    loop {
        let (marker, after) = marker(rest).ok_or(BadPhotograph::Damaged)?;
        if marker == END {
            return bare.finished();
        }
        let (body, after) = body(after).ok_or(BadPhotograph::Damaged)?;
        bare.take(marker, body)?;
        rest = if marker == 0xda { bare.scan(after)? } else { after };
    }
}

impl Bare {
    /// Keeps a segment, some of it, or nothing.
    fn take(&mut self, marker: u8, body: &[u8]) -> Result<(), BadPhotograph> {
        match marker {
            // Tables, and how often the decoder starts anew.
            0xdb | 0xc4 | 0xdd => self.keep(marker, body),
            0xc0..=0xc2 if self.frame.is_none() => {
                self.frame = Some(frame(body)?);
                self.keep(marker, body);
            }
            0xda if self.frame.is_some() => self.keep(marker, body),
            0xe0 if body.starts_with(b"JFIF\0") => self.kept.extend(JFIF),
            0xe1 if body.starts_with(b"Exif\0\0") => {
                let exif = body.get(6..).unwrap_or_default();
                self.orientation.get_or_insert_with(|| orientation(exif));
            }
            0xee if body.starts_with(b"Adobe") => {
                self.kept.extend(ADOBE);
                self.kept.push(u8::from(body.get(11) != Some(&0)));
            }
            0xe0..=0xef | 0xfe => {}
            // Lossless, hierarchical, arithmetic, or of a height told later.
            0xc3 | 0xc5..=0xcf | 0xdc | 0xde | 0xdf => return Err(BadPhotograph::RareForm),
            _misplaced => return Err(BadPhotograph::Damaged),
        }
        Ok(())
    }

    fn keep(&mut self, marker: u8, body: &[u8]) {
        let length = u16::try_from(body.len() + 2).unwrap_or(u16::MAX);
        self.kept.extend([0xff, marker]);
        self.kept.extend(length.to_be_bytes());
        self.kept.extend(body);
    }

    /// Keeps the compressed pixels that `rest` begins with; gives what follows.
    fn scan<'a>(&mut self, rest: &'a [u8]) -> Result<&'a [u8], BadPhotograph> {
        self.scans += 1;
        if self.scans > MOST_SCANS {
            return Err(BadPhotograph::RareForm);
        }
        let ends = |pair: &[u8]| matches!(pair, [0xff, 0x01..=0xcf | 0xd8..=0xfe]);
        let length = rest.windows(2).position(ends).ok_or(BadPhotograph::Damaged)?;
        let (pixels, rest) = rest.split_at_checked(length).ok_or(BadPhotograph::Damaged)?;
        self.entropy += pixels.len();
        self.kept.extend(pixels);
        Ok(rest)
    }

    fn finished(mut self) -> Result<(Vec<u8>, Stored), BadPhotograph> {
        let frame = self.frame.ok_or(BadPhotograph::Damaged)?;
        // Every block takes a bit at least: fewer, and the file promises what it does not hold.
        if (self.entropy as u64).saturating_mul(8) < frame.blocks {
            return Err(BadPhotograph::Damaged);
        }
        self.kept.extend([0xff, END]);
        let stored = Stored {
            png: false,
            width: frame.width,
            height: frame.height,
            grey: frame.grey,
            orientation: self.orientation.unwrap_or(Orientation::NoTransforms),
        };
        Ok((self.kept, stored))
    }
}

/// The marker that `bytes` begin with; it may be filled up with `0xff` before.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let mut rest = bytes.strip_prefix(&[0xff])?;
    while let Some(after) = rest.strip_prefix(&[0xff]) {
        rest = after;
    }
    rest.split_first().map(|(marker, rest)| (*marker, rest))
}

/// The content of a segment, and what follows it.
fn body(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.split_at_checked(usize::from(u16::from_be_bytes(*length)).checked_sub(2)?)
}

fn frame(body: &[u8]) -> Result<Frame, BadPhotograph> {
    let &[precision, high, low, wide, narrow, channels, ref sampling @ ..] = body else {
        return Err(BadPhotograph::Damaged);
    };
    let height = u32::from(u16::from_be_bytes([high, low]));
    let width = u32::from(u16::from_be_bytes([wide, narrow]));
    if sampling.len() != 3 * usize::from(channels) || width == 0 {
        return Err(BadPhotograph::Damaged);
    }
    let grey = match (precision, channels) {
        (8, 1) => true,
        (8, 3) => false,
        (8, 4) => return Err(BadPhotograph::PrinterColours),
        _other => return Err(BadPhotograph::RareForm),
    };
    if height == 0 {
        return Err(BadPhotograph::RareForm);
    }
    fits(width, height)?;
    let blocks = blocks(width, height, sampling).ok_or(BadPhotograph::Damaged)?;
    Ok(Frame { width, height, grey, blocks })
}

/// How many blocks the channels have in all, by how finely each is sampled.
fn blocks(width: u32, height: u32, sampling: &[u8]) -> Option<u64> {
    let factors = sampling.chunks_exact(3).map(|channel| match channel {
        [_, both, _] => (u32::from(both >> 4), u32::from(both & 15)),
        _short => (0, 0),
    });
    let most_across = factors.clone().map(|(across, _)| across).max()?;
    let most_down = factors.clone().map(|(_, down)| down).max()?;
    let mut all = 0;
    for (across, down) in factors {
        if !(1..=4).contains(&across) || !(1..=4).contains(&down) {
            return None;
        }
        let columns = (width * across).div_ceil(8 * most_across);
        let rows = (height * down).div_ceil(8 * most_down);
        all += u64::from(columns) * u64::from(rows);
    }
    Some(all)
}
