//! The two file forms that `accept` writes, read without decoding: a PDF can
//! hold the compressed pixels of both as they are.

use image::metadata::Orientation;

/// What a PDF must say of the pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    /// PNG, otherwise JPEG.
    pub png: bool,
    pub width: u32,
    pub height: u32,
    /// One channel, otherwise three.
    pub grey: bool,
    /// How the pixels are turned to be seen upright.
    pub orientation: Orientation,
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Stored {
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(PNG) { read_png(bytes) } else { read_jpeg(bytes) }
    }

    /// Width and height as they are seen, to fit it somewhere.
    pub(crate) fn shape(self) -> (f32, f32) {
        let length = |pixels: u32| u16::try_from(pixels).map_or(f32::from(u16::MAX), f32::from);
        let (width, height) = (length(self.width.max(1)), length(self.height.max(1)));
        match self.orientation {
            Orientation::NoTransforms
            | Orientation::Rotate180
            | Orientation::FlipHorizontal
            | Orientation::FlipVertical => (width, height),
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (height, width),
        }
    }

    /// The matrix that draws it upright over this area, from its bottom left.
    pub(crate) fn over(self, x: f32, y: f32, width: f32, height: f32) -> [f32; 6] {
        let scale = [width, height, width, height, width, height];
        let shift = [0.0, 0.0, 0.0, 0.0, x, y];
        let turn = self.turn();
        let mut matrix = [0.0; 6];
        for (to, ((turn, scale), shift)) in matrix.iter_mut().zip(turn.iter().zip(scale).zip(shift))
        {
            *to = turn * scale + shift;
        }
        matrix
    }

    /// Where the unit square of the pixels goes in the unit square that is
    /// seen: `x = a·u + c·v + e`, `y = b·u + d·v + f`, both from the bottom left.
    fn turn(self) -> [f32; 6] {
        match self.orientation {
            Orientation::NoTransforms => [1.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            Orientation::FlipHorizontal => [-1.0, 0.0, 0.0, 1.0, 1.0, 0.0],
            Orientation::Rotate180 => [-1.0, 0.0, 0.0, -1.0, 1.0, 1.0],
            Orientation::FlipVertical => [1.0, 0.0, 0.0, -1.0, 0.0, 1.0],
            Orientation::Rotate90FlipH => [0.0, -1.0, -1.0, 0.0, 1.0, 1.0],
            Orientation::Rotate90 => [0.0, -1.0, 1.0, 0.0, 0.0, 1.0],
            Orientation::Rotate270FlipH => [0.0, 1.0, 1.0, 0.0, 0.0, 0.0],
            Orientation::Rotate270 => [0.0, 1.0, -1.0, 0.0, 1.0, 0.0],
        }
    }

    /// The compressed pixels: the data chunks of a PNG, the whole of a JPEG.
    pub(crate) fn stream(self, bytes: &[u8]) -> Vec<u8> {
        if !self.png {
            return bytes.to_vec();
        }
        chunks(bytes)
            .filter(|(kind, _)| kind == b"IDAT")
            .flat_map(|(_, data)| data)
            .copied()
            .collect()
    }
}

fn read_png(bytes: &[u8]) -> Option<Stored> {
    let (kind, header) = chunks(bytes).next()?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    // Eight bits, grey or three channels, not interlaced.
    let grey = match header.get(8..13)? {
        [8, 0, 0, 0, 0] => true,
        [8, 2, 0, 0, 0] => false,
        _other => return None,
    };
    let whole = chunks(bytes).any(|(kind, _)| &kind == b"IEND");
    (&kind == b"IHDR" && whole).then_some(Stored {
        png: true,
        width: number(0)?,
        height: number(4)?,
        grey,
        orientation: Orientation::NoTransforms,
    })
}

fn chunks(bytes: &[u8]) -> impl Iterator<Item = ([u8; 4], &[u8])> {
    let mut rest = bytes.get(PNG.len()..).unwrap_or_default();
    std::iter::from_fn(move || {
        let length = usize::try_from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?)).ok()?;
        let kind = rest.get(4..8)?.try_into().ok()?;
        let data = rest.get(8..8 + length)?;
        rest = rest.get(12 + length..)?;
        Some((kind, data))
    })
}

/// The frame header of a baseline JPEG.
fn read_jpeg(bytes: &[u8]) -> Option<Stored> {
    let mut rest = bytes.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let marker = *rest.strip_prefix(&[0xff])?.first()?;
        let length = usize::from(u16::from_be_bytes(rest.get(2..4)?.try_into().ok()?));
        if marker == 0xc0 {
            let number = |at: usize| {
                Some(u32::from(u16::from_be_bytes(rest.get(at..at + 2)?.try_into().ok()?)))
            };
            let grey = match (rest.get(4)?, rest.get(9)?) {
                (8, 1) => true,
                (8, 3) => false,
                _other => return None,
            };
            return Some(Stored {
                png: false,
                width: number(7)?,
                height: number(5)?,
                grey,
                orientation: Orientation::NoTransforms,
            });
        }
        if !matches!(marker, 0xdb | 0xc4 | 0xe0..=0xef | 0xfe) {
            return None;
        }
        rest = rest.get(2 + length..)?;
    }
}
