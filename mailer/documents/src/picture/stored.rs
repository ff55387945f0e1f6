//! The two file forms that `accept` writes, read without decoding: a PDF can
//! hold the compressed pixels of both as they are.

/// What a PDF must say of the pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stored {
    /// PNG, otherwise JPEG.
    pub png: bool,
    pub width: u32,
    pub height: u32,
    /// One channel, otherwise three.
    pub grey: bool,
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

impl Stored {
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(PNG) { read_png(bytes) } else { read_jpeg(bytes) }
    }

    /// Width and height, to fit it somewhere.
    pub(crate) fn shape(self) -> (f32, f32) {
        let length = |pixels: u32| u16::try_from(pixels).map_or(f32::from(u16::MAX), f32::from);
        (length(self.width.max(1)), length(self.height.max(1)))
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
            return Some(Stored { png: false, width: number(7)?, height: number(5)?, grey });
        }
        if !matches!(marker, 0xdb | 0xc4 | 0xe0..=0xef | 0xfe) {
            return None;
        }
        rest = rest.get(2 + length..)?;
    }
}
