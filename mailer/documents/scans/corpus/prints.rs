//! Conventions on paper, and what a reader should say of them.

use documents::codes::{PageCode, encode};
use documents::convention::render;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};

use super::content::{self, KEY};
use super::sheet::Sheet;

/// The dots per inch of a printer whose dots can be told from one another.
const DOTS: f32 = 300.0;

/// A printed page.
pub(crate) struct Print {
    pub(crate) sheet: Sheet,
    /// The text of its codes.
    pub(crate) text: String,
    /// Whether it is the last of its convention: the one to sign.
    pub(crate) last: bool,
}

/// The pages of the convention of this number: two for every third, else one.
pub(crate) fn convention(number: u8) -> Vec<Print> {
    let content = content::convention(number);
    let sheets = sheets(render(&content, KEY).expect("our convention is made"));
    let pages = u8::try_from(sheets.len()).expect("few pages");
    let print = |(sheet, page): (Sheet, u8)| {
        let (reference, print) = (content.reference.clone(), content.print);
        let code = PageCode { reference, page, pages, print };
        Print { sheet, text: encode(&code, KEY), last: page == pages }
    };
    sheets.into_iter().zip(1..).map(print).collect()
}

fn sheets(pdf: Vec<u8>) -> Vec<Sheet> {
    let pdf = Pdf::new(pdf).expect("our convention is read");
    let cache = RenderCache::new();
    let scale = DOTS / 72.0;
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    let pages = pdf.pages().iter().map(|page| {
        let (interpreter, rendering) = (InterpreterSettings::default(), RenderSettings::default());
        let pixels = hayro::render(page, &cache, &interpreter, &rendering, &settings);
        let shades = pixels.data_as_u8_slice().chunks_exact(4);
        let shades = shades.map(|pixel| f32::from(pixel[1]) * 0.88 + 18.0).collect();
        let (width, height) = (pixels.width().into(), pixels.height().into());
        Sheet { width, height, dots: DOTS, shades }
    });
    pages.collect()
}
