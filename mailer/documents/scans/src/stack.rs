//! The file, once it is known to be readable: always a PDF.

mod bound;
mod strips;
pub(crate) mod tree;

use documents::deposit::{self, BadDeposit};
use documents::photographs;
use jiff::civil::Date;
use lopdf::{Document, LoadOptions, Object, ObjectId};

use crate::{BadScan, Limits};

/// The most that one stream read while loading may inflate to, bytes.
const MOST_INFLATED: usize = 8 * 1024 * 1024;

/// A stack of pages, of which none is read yet.
#[derive(Debug)]
pub struct Stack {
    pdf: Vec<u8>,
    pub(crate) document: Document,
    pub(crate) pages: Vec<ObjectId>,
    signed: bool,
    made: bool,
}

impl Stack {
    /// Opens a file: a PDF is kept as it is; of a TIFF, a JPEG or a PNG a PDF is
    /// made with the same pixels, one picture a page.
    pub fn open(file: Vec<u8>, limits: &Limits) -> Result<Self, BadScan> {
        if file.len() > limits.bytes {
            return Err(BadScan::TooLarge { most: limits.bytes });
        }
        if is_tiff(&file) {
            return Self::of(strips::pdf(&file, limits)?, true, limits);
        }
        let within = deposit::Limits { bytes: limits.bytes, pages: limits.pages };
        match deposit::inspect(&file, &within) {
            Ok(_) => Self::of(file, false, limits),
            Err(BadDeposit::NotAPdf) => Self::of(photographed(&file, limits)?, true, limits),
            Err(bad) => Err(bad.into()),
        }
    }

    fn of(pdf: Vec<u8>, made: bool, limits: &Limits) -> Result<Self, BadScan> {
        let options = LoadOptions::with_max_decompressed_size(MOST_INFLATED);
        let document =
            Document::load_mem_with_options(&pdf, options).map_err(|_| BadScan::Damaged)?;
        let pages = tree::pages(&document, limits.pages)?;
        if document.objects.values().any(|object| pixels(object, &document) > limits.pixels) {
            return Err(BadScan::TooManyPixels { most: limits.pixels });
        }
        let signed = document.objects.values().any(is_signature);
        Ok(Self { pdf, document, pages, signed, made })
    }

    /// How many pages there are: at least one.
    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    /// The PDF to keep.
    pub fn pdf(&self) -> &[u8] {
        &self.pdf
    }

    /// The same, where the file was no PDF.
    pub(crate) fn made(&self) -> Option<&[u8]> {
        self.made.then_some(&self.pdf)
    }

    /// Whether somebody signed it in a PDF reader.
    pub fn is_signed(&self) -> bool {
        self.signed
    }
}

fn is_tiff(file: &[u8]) -> bool {
    let magic = [&b"II\x2a\0"[..], b"MM\0\x2a", b"II\x2b\0", b"MM\0\x2b"];
    magic.iter().any(|magic| file.starts_with(magic))
}

/// One photograph, as a page of its own that says nothing of when it was made.
fn photographed(file: &[u8], limits: &Limits) -> Result<Vec<u8>, BadScan> {
    let photograph = photographs::accept(file)?;
    let bound = photographs::bind(&[photograph], Date::constant(2000, 1, 1));
    let bound = bound.map_err(|_| BadScan::Damaged)?;
    let stack = Stack::of(bound, true, limits)?;
    crate::split(&stack, &[0]).map_err(|_| BadScan::Damaged)
}

/// How many pixels a picture says that it has.
fn pixels(object: &Object, document: &Document) -> u64 {
    let Object::Stream(stream) = object else {
        return 0;
    };
    let side = |long: &[u8], short: &[u8]| {
        let side = stream.dict.get(long).or_else(|_| stream.dict.get(short)).ok()?;
        let (_, side) = document.dereference(side).ok()?;
        u64::try_from(side.as_i64().ok()?).ok()
    };
    side(b"Width", b"W").unwrap_or(0).saturating_mul(side(b"Height", b"H").unwrap_or(0))
}

fn is_signature(object: &Object) -> bool {
    match object {
        Object::Dictionary(dictionary) => dictionary.has(b"ByteRange"),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..)
        | Object::Array(_)
        | Object::Stream(_)
        | Object::Reference(_) => false,
    }
}
