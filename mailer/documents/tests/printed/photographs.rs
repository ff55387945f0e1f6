//! Conventions that were printed, signed and photographed, bound into one PDF.

use std::io::Cursor;

use documents::convention::render;
use documents::deposit::{Limits, inspect};
use documents::photographs::{accept, bind};
use image::{ImageFormat, Rgb, RgbImage};
use jiff::civil::date;

use crate::sample::{self, KEY};
use crate::tools::{self, ask_bytes};

const RED: [u8; 3] = [220, 20, 20];
const GREEN: [u8; 3] = [20, 180, 20];
const BLUE: [u8; 3] = [20, 20, 220];
const WHITE: [u8; 3] = [255, 255, 255];

/// What the convention’s page looks like to a camera.
fn photographed(options: &[&str]) -> Vec<u8> {
    let convention = render(&sample::signed(), KEY).unwrap();
    let arguments = [&["-r", "150", "-singlefile"], options, &["{}"]].concat();
    ask_bytes("pdftoppm", &arguments, &convention)
}

/// A picture of 640 × 480 in four quarters: both of the upper row, both of the lower.
fn quarters(colours: [[u8; 3]; 4]) -> RgbImage {
    RgbImage::from_fn(640, 480, |x, y| {
        Rgb(colours[usize::from(x >= 320) + 2 * usize::from(y >= 240)])
    })
}

fn jpeg(pixels: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let mut bytes = bytes.into_inner();
    let exif = [
        b"\xff\xe1\0\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(),
        &[orientation, 0, 0, 0, 0, 0, 0],
    ];
    bytes.splice(2..2, exif.concat());
    bytes
}

/// The colours in the middle of the four quarters of a picture of this shape, which takes the
/// whole width of the page of `pdf`, as poppler paints them.
fn seen(pdf: &[u8], width: u32, height: u32) -> [[u8; 3]; 4] {
    let page = ask_bytes("pdftoppm", &["-r", "36", "-png", "-singlefile", "{}"], pdf);
    let page = image::load_from_memory(&page).unwrap().to_rgb8();
    let (left, right) = (page.width() / 4, page.width() * 3 / 4);
    let quarter = page.width() * height / width / 4;
    let (upper, lower) = (page.height() / 2 - quarter, page.height() / 2 + quarter);
    [(left, upper), (right, upper), (left, lower), (right, lower)]
        .map(|(x, y)| page.get_pixel(x, y).0)
}

fn is_near(seen: [[u8; 3]; 4], expected: [[u8; 3]; 4]) -> bool {
    let channels = seen.iter().flatten().zip(expected.iter().flatten());
    channels.into_iter().all(|(seen, expected)| seen.abs_diff(*expected) < 12)
}

/// The quarters as a camera stores them for each value of « Orientation » (TIFF 6.0, tag 274),
/// so that they are red, green, blue, white once upright.
#[test]
fn whichever_way_the_camera_was_held_the_page_is_upright() {
    let stored = [
        (1, [RED, GREEN, BLUE, WHITE]),
        (2, [GREEN, RED, WHITE, BLUE]),
        (3, [WHITE, BLUE, GREEN, RED]),
        (4, [BLUE, WHITE, RED, GREEN]),
        (5, [RED, BLUE, GREEN, WHITE]),
        (6, [GREEN, WHITE, RED, BLUE]),
        (7, [WHITE, GREEN, BLUE, RED]),
        (8, [BLUE, RED, WHITE, GREEN]),
    ];

    for (orientation, colours) in stored {
        let photograph = accept(&jpeg(&quarters(colours), orientation)).unwrap();
        let pdf = bind(&[photograph], date(2027, 1, 13)).unwrap();

        let (width, height) = if orientation < 5 { (640, 480) } else { (480, 640) };
        let seen = seen(&pdf, width, height);

        assert!(is_near(seen, [RED, GREEN, BLUE, WHITE]), "{orientation}: {seen:?}");
    }
}

#[test]
fn the_code_of_a_photographed_page_is_still_read() {
    let original = tools::scans(&render(&sample::signed(), KEY).unwrap());
    let expected = original[0].part(50, 0, 50, 30).code().unwrap();
    for options in [
        ["-jpeg", "-jpegopt", "quality=80"].as_slice(),
        &["-jpeg", "-jpegopt", "progressive=y"],
        &["-jpeg", "-gray"],
        &["-png"],
        &["-png", "-gray"],
        &["-png", "-mono"],
    ] {
        let photograph = accept(&photographed(options)).unwrap();

        let pdf = bind(&[photograph], date(2027, 1, 13)).unwrap();

        let scan = &tools::scans(&pdf)[0];
        assert_eq!(scan.part(50, 0, 50, 30).code(), Some(expected.clone()), "{options:?}");
    }
}

#[test]
fn several_photographs_become_one_a4_pdf_that_is_taken_as_any_deposit() {
    let pages = [photographed(&["-jpeg"]), photographed(&["-png"]), photographed(&["-jpeg"])];
    let pages: Vec<_> = pages.iter().map(|page| accept(page).unwrap()).collect();

    let pdf = bind(&pages, date(2027, 1, 13)).unwrap();

    assert_eq!(inspect(&pdf, &Limits::default()).map(|it| it.pages), Ok(3));
    let said = tools::ask("pdfinfo", &["-l", "3", "{}"], &pdf);
    assert_eq!(said.matches("595.276 x 841.89 pts (A4)").count(), 3, "{said}");
    let structure = tools::ask("pdfinfo", &["-struct", "{}"], &pdf);
    assert_eq!(structure.matches("Figure").count(), 3, "{structure}");
    let qpdf = tools::ask("qpdf", &["--check", "{}"], &pdf);
    assert!(qpdf.contains("No syntax or stream encoding errors found"), "{qpdf}");
}
