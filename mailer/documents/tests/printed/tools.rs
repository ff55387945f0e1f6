//! The tools by which a PDF is looked at from outside: poppler, qpdf, a
//! renderer and a reader of codes.

use std::io::Write;
use std::process::{Command, Stdio};

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use tempfile::NamedTempFile;

/// What a tool says of the file; `{}` stands for its path.
pub(crate) fn ask(tool: &str, arguments: &[&str], pdf: &[u8]) -> String {
    String::from_utf8(ask_bytes(tool, arguments, pdf)).expect("text in UTF-8")
}

/// The same when the answer is a file.
pub(crate) fn ask_bytes(tool: &str, arguments: &[&str], pdf: &[u8]) -> Vec<u8> {
    let mut file = NamedTempFile::new().expect("a temporary file is made");
    file.write_all(pdf).expect("a temporary file is written");
    let path = file.path().to_str().expect("a path in UTF-8");
    let output = Command::new(tool)
        .args(arguments.iter().map(|argument| argument.replace("{}", path)))
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| {
            panic!("{tool} is missing ({error}): install poppler-utils and qpdf to run the tests")
        });
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && complaint.is_empty(), "{tool} {arguments:?}: {complaint}");
    output.stdout
}

/// The text as a person would copy it, pages parted by a line.
pub(crate) fn text(pdf: &[u8]) -> String {
    let text = ask("pdftotext", &["-layout", "-enc", "UTF-8", "{}", "-"], pdf);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().replace('\u{c}', "\n=== next page ===\n")
}

pub(crate) fn pages(pdf: &[u8]) -> usize {
    let said = ask("pdfinfo", &["{}"], pdf);
    let count = said.lines().find_map(|line| line.strip_prefix("Pages:"));
    count.expect("a number of pages").trim().parse().expect("a number")
}

/// A page as a scanner at 200 dots per inch would see it, in grey.
pub(crate) struct Scan {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) grey: Vec<u8>,
}

pub(crate) fn scans(pdf: &[u8]) -> Vec<Scan> {
    let pdf = Pdf::new(pdf.to_vec()).expect("the renderer reads the file");
    let cache = RenderCache::new();
    let scale = 200.0 / 72.0;
    let settings = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
    pdf.pages()
        .iter()
        .map(|page| {
            let (interpreter, rendering) =
                (InterpreterSettings::default(), RenderSettings::default());
            let pixels = render(page, &cache, &interpreter, &rendering, &settings);
            let grey = pixels.data_as_u8_slice().chunks_exact(4).map(luminance).collect();
            Scan { width: pixels.width().into(), height: pixels.height().into(), grey }
        })
        .collect()
}

fn luminance(pixel: &[u8]) -> u8 {
    let [red, green, blue] = [0, 1, 2].map(|at| u32::from(pixel[at]));
    u8::try_from((red * 299 + green * 587 + blue * 114) / 1000).expect("a byte")
}

impl Scan {
    /// The part that begins at `x`, `y` and measures `width` by `height`, in
    /// hundredths of the page.
    pub(crate) fn part(&self, x: usize, y: usize, width: usize, height: usize) -> Self {
        let (left, top) = (self.width * x / 100, self.height * y / 100);
        let (width, height) = (self.width * width / 100, self.height * height / 100);
        let rows = self.grey.chunks_exact(self.width).skip(top).take(height);
        let grey = rows.flat_map(|row| &row[left..left + width]).copied().collect();
        Self { width, height, grey }
    }

    /// The text of the one code in this picture.
    pub(crate) fn code(&self) -> Option<String> {
        let (width, height) = (u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        let format = Some(rxing::BarcodeFormat::QR_CODE);
        let found = rxing::helpers::detect_in_luma(self.grey.clone(), width, height, format);
        Some(found.ok()?.getText().to_owned())
    }
}
