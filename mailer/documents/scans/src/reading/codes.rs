//! The codes in a picture, and where they are.

use std::collections::HashSet;

use rxing::common::{GlobalHistogramBinarizer, HybridBinarizer};
use rxing::multi::MultipleBarcodeReader;
use rxing::qrcode::QRCodeReader;
use rxing::qrcode::cpp_port::QrReader;
use rxing::{BarcodeFormat, Binarizer, BinaryBitmap, DecodeHints, Luma8Source, Point, Reader};

use documents::codes;

use crate::grey::Grey;

/// A code of our form, in the pixels of the page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) text: String,
    /// Its corners as printed: top left, top right, bottom right, bottom left.
    pub(super) corners: [(f32, f32); 4],
}

/// How a picture is made black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    /// By what surrounds each pixel.
    Local,
    /// By one threshold for all.
    Global,
}

/// All codes of our form in a picture.
pub(super) fn all(grey: &Grey, binary: Binary) -> Vec<Found> {
    match binary {
        Binary::Local => source(grey).map(|it| many(HybridBinarizer::new(it))),
        Binary::Global => source(grey).map(|it| many(GlobalHistogramBinarizer::new(it))),
    }
    .unwrap_or_default()
}

/// One code of our form in a picture, by another algorithm.
pub(super) fn one(grey: &Grey) -> Option<Found> {
    let mut bitmap = BinaryBitmap::new(HybridBinarizer::new(source(grey)?));
    let result = QRCodeReader.decode_with_hints(&mut bitmap, &hints()).ok()?;
    let [low, corner, right, ..] = result.getPoints() else {
        return None;
    };
    found(result.getText(), around(*low, *corner, *right))
}

fn source(grey: &Grey) -> Option<Luma8Source<'_>> {
    let (width, height) = (u32::try_from(grey.width).ok()?, u32::try_from(grey.height).ok()?);
    // Smaller pictures hold no code, and some algorithms divide by their size.
    if width < SMALLEST || height < SMALLEST {
        return None;
    }
    Luma8Source::new_with_slice(&grey.pixels, width, height).ok()
}

const SMALLEST: u32 = 40;

fn hints() -> DecodeHints {
    DecodeHints {
        PossibleFormats: Some(HashSet::from([BarcodeFormat::QR_CODE])),
        TryHarder: Some(true),
        ..DecodeHints::default()
    }
}

fn many<B: Binarizer>(binarizer: B) -> Vec<Found> {
    let mut bitmap = BinaryBitmap::new(binarizer);
    let results = QrReader.decode_multiple_with_hints(&mut bitmap, &hints()).unwrap_or_default();
    let found = results.iter().filter_map(|result| {
        // The two at the bottom come from left to right.
        let [left, right, low, far, ..] = result.getPoints() else {
            return None;
        };
        let corners = [left, right, far, low].map(|point| (point.x, point.y));
        found(result.getText(), corners)
    });
    found.collect()
}

fn found(text: &str, corners: [(f32, f32); 4]) -> Option<Found> {
    codes::has_form(text).then(|| Found { text: text.to_owned(), corners })
}

/// The corners of a code from the middles of its three marks: they lie 3.5
/// modules inside it, and 18 modules apart in a code of our size.
fn around(low: Point, corner: Point, right: Point) -> [(f32, f32); 4] {
    const OUT: f32 = 3.5 / 18.0;
    let across = ((right.x - corner.x) * OUT, (right.y - corner.y) * OUT);
    let down = ((low.x - corner.x) * OUT, (low.y - corner.y) * OUT);
    let far = (right.x + low.x - corner.x, right.y + low.y - corner.y);
    [
        (corner.x - across.0 - down.0, corner.y - across.1 - down.1),
        (right.x + across.0 - down.0, right.y + across.1 - down.1),
        (far.0 + across.0 + down.0, far.1 + across.1 + down.1),
        (low.x - across.0 + down.0, low.y - across.1 + down.1),
    ]
}

impl Found {
    /// The same in a picture of which this one is a part, or another size.
    pub(super) fn within(mut self, left: usize, top: usize, scale: f32) -> Self {
        let offset = |pixels: usize| u16::try_from(pixels).map_or(0.0, f32::from);
        for (x, y) in &mut self.corners {
            *x = *x * scale + offset(left);
            *y = *y * scale + offset(top);
        }
        self
    }

    /// How often the page is to be turned clockwise by a quarter, so that this
    /// code stands upright.
    pub(super) fn turned(&self) -> u8 {
        let [(left, top), (right, end), ..] = self.corners;
        let (across, down) = (right - left, end - top);
        match (across.abs() >= down.abs(), across >= 0.0, down >= 0.0) {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (false, _, true) => 3,
            (false, _, false) => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(corners: [(f32, f32); 4]) -> Found {
        Found { text: String::new(), corners }
    }

    #[test]
    fn a_code_tells_how_its_page_lies() {
        let upright = [(0.0, 0.0), (9.0, 1.0), (8.0, 10.0), (-1.0, 9.0)];

        for (first, turned) in [(0, 0), (1, 1), (2, 2), (3, 3)] {
            let mut corners = upright;
            // The page turned counterclockwise once puts its top left corner at the bottom left.
            corners.rotate_right(first);
            assert_eq!(at(corners).turned(), turned, "{corners:?}");
        }
    }

    #[test]
    fn the_corners_lie_around_the_marks() {
        let point = |x: f32, y: f32| Point { x, y };

        let corners = around(point(3.5, 21.5), point(3.5, 3.5), point(21.5, 3.5));

        assert_eq!(corners, [(0.0, 0.0), (25.0, 0.0), (25.0, 25.0), (0.0, 25.0)]);
    }
}
