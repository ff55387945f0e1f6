//! The modules of a page code, as the fewest rectangles.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

use crate::fault::RenderFault;

/// A QR code, level M.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Square {
    /// Modules on a side, without the quiet zone.
    pub side: u16,
    /// Dark stretches: row, first column, length.
    pub runs: Vec<(u16, u16, u16)>,
}

impl Square {
    /// A code of this text, which must be in the alphanumeric alphabet to stay small.
    pub(crate) fn of(text: &str) -> Result<Self, RenderFault> {
        let code = QrCode::encode_segments_advanced(
            &QrSegment::make_segments(text),
            QrCodeEcc::Medium,
            Version::MIN,
            Version::new(10),
            None,
            false,
        )
        .map_err(RenderFault::CodeTooLong)?;
        let mut runs: Vec<(u16, u16, u16)> = Vec::new();
        let side = u16::try_from(code.size()).unwrap_or_default();
        for (row, column) in (0..side).flat_map(|row| (0..side).map(move |column| (row, column))) {
            if !code.get_module(i32::from(column), i32::from(row)) {
                continue;
            }
            match runs.last_mut() {
                Some((r, first, length)) if *r == row && *first + *length == column => *length += 1,
                _gap => runs.push((row, column, 1)),
            }
        }
        Ok(Self { side, runs })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{PageCode, encode, reference_of};

    /// The corpus of scans has prints of both sizes.
    #[test]
    fn the_code_of_a_print_grows_with_the_tenth() {
        let side = |print| {
            let code = PageCode { reference: reference_of([3; 16]), page: 1, pages: 2, print };
            Square::of(&encode(&code, b"key")).unwrap().side
        };

        assert_eq!([1, 2, 9, 10, 12, 99].map(side), [25, 25, 25, 29, 29, 29]);
    }
}
