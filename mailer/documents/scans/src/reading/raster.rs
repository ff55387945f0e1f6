//! A page of a PDF drawn in grey.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

use crate::grey::Grey;

/// The dots per inch at which an A4 page is drawn first.
pub(super) const USUAL: f32 = 200.0;
/// The longest side drawn at [`USUAL`], pixels: that of A3. Pages that claim to
/// be larger (photographs at one point a pixel) are drawn smaller.
const LONGEST: f32 = 3400.0;
/// The longest side of a page that claims to be smaller than a quarter of A4.
const SHORTEST: f32 = 1100.0;

/// A file of one page.
pub(super) struct Raster {
    pdf: Pdf,
}

/// A page as drawn.
pub(super) struct Seen {
    pub(super) grey: Grey,
    /// Nothing was left out because it could not be decoded.
    pub(super) whole: bool,
}

impl Raster {
    pub(super) fn of(pdf: Vec<u8>) -> Option<Self> {
        let pdf = Pdf::new(pdf).ok()?;
        (pdf.pages().len() == 1).then_some(Self { pdf })
    }

    /// The page at so many dots per inch, if it is of a usual size.
    pub(super) fn at(&self, dots: f32) -> Seen {
        let lost = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&lost);
        let interpreter = InterpreterSettings {
            warning_sink: Arc::new(move |_| told.store(true, Ordering::Relaxed)),
            ..InterpreterSettings::default()
        };
        let Some(page) = self.pdf.pages().first() else {
            return Seen { grey: Grey { width: 0, height: 0, pixels: Vec::new() }, whole: false };
        };
        let (width, height) = page.render_dimensions();
        let longest = width.max(height).max(1.0);
        let usual = (USUAL / 72.0).clamp(SHORTEST / longest, LONGEST / longest);
        // A side of no length would be no picture.
        let scale = |side: f32| (usual * dots / USUAL).max(1.0 / side.max(f32::MIN_POSITIVE));
        let settings =
            PixmapSettings { x_scale: scale(width), y_scale: scale(height), bg_color: WHITE };
        let cache = RenderCache::new();
        let pixels = render(page, &cache, &interpreter, &RenderSettings::default(), &settings);
        let grey = Grey {
            width: pixels.width().into(),
            height: pixels.height().into(),
            pixels: pixels.data_as_u8_slice().chunks_exact(4).map(luminance).collect(),
        };
        Seen { grey, whole: !lost.load(Ordering::Relaxed) }
    }
}

fn luminance(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [0, 1, 2].map(|at| pixel.get(at).copied().map_or(255, u32::from));
    u8::try_from((red * 299 + green * 587 + blue * 114) / 1000).unwrap_or(u8::MAX)
}
