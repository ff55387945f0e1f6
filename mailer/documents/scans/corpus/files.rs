//! Scans in the files that machines write.

use fax::encoder::Encoder;
use fax::{Color, VecWriter};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, GrayImage};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::sheet::Sheet;

/// The pixels of a page as a PDF holds them.
pub(crate) struct Pixels {
    form: Dictionary,
    bytes: Vec<u8>,
    size: (usize, usize),
    dots: f32,
}

pub(crate) fn jpeg(sheet: &Sheet, quality: u8) -> Vec<u8> {
    let (width, height) = size(sheet);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.encode(&sheet.grey(), width, height, ExtendedColorType::L8).expect("a JPEG is made");
    bytes
}

pub(crate) fn png(sheet: &Sheet) -> Vec<u8> {
    let (width, height) = size(sheet);
    let pixels = GrayImage::from_raw(width, height, sheet.grey()).expect("the sheet has its size");
    let mut bytes = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, image::ImageFormat::Png).expect("a PNG is made");
    bytes.into_inner()
}

fn size(sheet: &Sheet) -> (u32, u32) {
    (u32::try_from(sheet.width).expect("small"), u32::try_from(sheet.height).expect("small"))
}

pub(crate) fn in_grey(sheet: &Sheet, quality: u8) -> Pixels {
    let form = dictionary! {
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
    };
    pixels(sheet, form, jpeg(sheet, quality))
}

/// On paper of this colour, each channel in shares of 255.
pub(crate) fn tinted(sheet: &Sheet, tint: [f32; 3]) -> Pixels {
    let (width, height) = size(sheet);
    let grey = sheet.grey();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a shade")]
    let colours: Vec<u8> =
        grey.iter().flat_map(|&it| tint.map(|share| (f32::from(it) * share) as u8)).collect();
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 70);
    encoder.encode(&colours, width, height, ExtendedColorType::Rgb8).expect("a JPEG is made");
    let form = dictionary! {
        "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
    };
    pixels(sheet, form, bytes)
}

pub(crate) fn in_group4(sheet: &Sheet) -> Pixels {
    let said = dictionary! {
        "K" => -1, "Columns" => whole(sheet.width), "Rows" => whole(sheet.height),
    };
    let form = dictionary! {
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 1,
        "Filter" => "CCITTFaxDecode", "DecodeParms" => said,
    };
    pixels(sheet, form, group4(sheet))
}

/// A generic region, coded as fax inside JBIG2.
pub(crate) fn in_jbig2(sheet: &Sheet) -> Pixels {
    let (width, height) = size(sheet);
    let corner = [width.to_be_bytes(), height.to_be_bytes()].concat();
    let page = [corner.as_slice(), &[0; 8], &[0], &[0; 2]].concat();
    // At the origin, combined by OR; the pixels are coded as MMR.
    let region = [corner.as_slice(), &[0; 8], &[0], &[1], &group4(sheet)].concat();
    let bytes = [segment(0, 48, &page), segment(1, 38, &region)].concat();
    let form = dictionary! {
        "ColorSpace" => "DeviceGray", "BitsPerComponent" => 1, "Filter" => "JBIG2Decode",
    };
    pixels(sheet, form, bytes)
}

fn segment(number: u32, kind: u8, content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len()).expect("small").to_be_bytes();
    [&number.to_be_bytes(), &[kind, 0, 1][..], &length, content].concat()
}

fn group4(sheet: &Sheet) -> Vec<u8> {
    let mut encoder = Encoder::new(VecWriter::new());
    let width = u16::try_from(sheet.width).expect("small");
    for row in sheet.shades.chunks_exact(sheet.width) {
        let colours = row.iter().map(|&it| if it < 135.0 { Color::Black } else { Color::White });
        encoder.encode_line(colours, width).expect("a line is coded");
    }
    encoder.finish().expect("a fax is made").finish()
}

/// A TIFF of several pages, each a fax in one piece.
pub(crate) fn tiff(sheets: &[Sheet]) -> Vec<u8> {
    let mut file = b"II\x2a\0\0\0\0\0".to_vec();
    let mut link = 4;
    for sheet in sheets {
        let offset = file.len();
        let pixels = group4(sheet);
        file.extend(&pixels);
        file.resize(file.len().next_multiple_of(2), 0);
        let long = |value: usize| u32::try_from(value).expect("small");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small")]
        let dots = sheet.dots as u32;
        let resolution = file.len();
        file.extend([dots.to_le_bytes(), 1_u32.to_le_bytes()].concat());
        let directory = long(file.len());
        file[link..link + 4].copy_from_slice(&directory.to_le_bytes());
        let entries: [(u16, u16, u32); 11] = [
            (256, 4, long(sheet.width)),
            (257, 4, long(sheet.height)),
            (258, 3, 1),
            (259, 3, 4),
            (262, 3, 0),
            (273, 4, long(offset)),
            (277, 3, 1),
            (278, 4, long(sheet.height)),
            (279, 4, long(pixels.len())),
            (282, 5, long(resolution)),
            (283, 5, long(resolution)),
        ];
        file.extend(11_u16.to_le_bytes());
        for (tag, kind, value) in entries {
            file.extend([tag.to_le_bytes(), kind.to_le_bytes()].concat());
            file.extend([1_u32.to_le_bytes(), value.to_le_bytes()].concat());
        }
        link = file.len();
        file.extend([0; 4]);
    }
    file
}

fn pixels(sheet: &Sheet, form: Dictionary, bytes: Vec<u8>) -> Pixels {
    Pixels { form, bytes, size: (sheet.width, sheet.height), dots: sheet.dots }
}

fn whole(length: usize) -> i64 {
    i64::try_from(length).expect("small")
}

/// A PDF of these pages, as a scanner writes it.
pub(crate) fn pdf(pages: Vec<Pixels>) -> Vec<u8> {
    let mut document = Document::with_version("1.4");
    let tree = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for page in pages {
        let (width, height) = (whole(page.size.0), whole(page.size.1));
        let mut form = page.form;
        form.extend(&dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
        });
        let picture = document.add_object(Stream::new(form, page.bytes));
        #[expect(clippy::cast_precision_loss, reason = "small")]
        let paper = [width, height].map(|side| side as f32 * 72.0 / page.dots);
        let draw = format!("q {} 0 0 {} 0 0 cm /Im0 Do Q", paper[0], paper[1]).into_bytes();
        let draw = document.add_object(Stream::new(Dictionary::new(), draw));
        let page = dictionary! {
            "Type" => "Page", "Parent" => tree, "Contents" => draw,
            "MediaBox" => vec![0.into(), 0.into(), paper[0].into(), paper[1].into()],
            "Resources" => dictionary! { "XObject" => dictionary! { "Im0" => picture } },
        };
        kids.push(document.add_object(page).into());
    }
    let count = whole(kids.len());
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    document.objects.insert(tree, pages.into());
    let root = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", root);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a file in memory is written");
    bytes
}
