//! What is accepted, what is refused and by which name, and what is left out.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, LumaA, Rgb, RgbImage, Rgba, RgbaImage};
use jiff::civil::date;

use super::*;

mod hostile;

fn file(pixels: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn blue(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb([20, 40, 160])).into()
}

fn jpeg() -> Vec<u8> {
    file(&blue(30, 20), ImageFormat::Jpeg)
}

fn png() -> Vec<u8> {
    file(&blue(30, 20), ImageFormat::Png)
}

/// A segment of a JPEG.
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xff, marker], length.to_be_bytes().as_slice(), content].concat()
}

/// The JPEG, with these segments right after its beginning.
fn with(segments: &[Vec<u8>]) -> Vec<u8> {
    let jpeg = jpeg();
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

/// What a camera writes of itself: how it was held, and a place.
fn exif(orientation: u8) -> Vec<u8> {
    let entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
    let ifd = [&[0, 1], entry.as_slice(), &[0; 4]].concat();
    [b"MM\0\x2a\0\0\0\x08", ifd.as_slice(), b"GPS 47.4784 N, 0.5632 W"].concat()
}

/// A chunk of a PNG before its pixels.
fn png_with(kind: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let mut png = png();
    let mut chunk = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
    chunk.extend([kind.as_slice(), content].concat());
    chunk.extend(crc(&chunk[4..]).to_be_bytes());
    png.splice(33..33, chunk);
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
        })
    })
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window == word.as_bytes())
}

fn kept(upload: &[u8]) -> Vec<u8> {
    accept(upload).unwrap().0.bytes().to_vec()
}

#[test]
fn the_compressed_pixels_of_a_jpeg_are_kept_as_they_are() {
    assert_eq!(kept(&jpeg()), jpeg());
}

#[test]
fn nothing_that_a_camera_wrote_beside_the_pixels_is_kept() {
    let exif = [b"Exif\0\0".as_slice(), &exif(1)].concat();
    let trailer = b"\xff\xd8\xff\xe1MotionPhoto 47.4784";
    let full = with(&[
        segment(0xe1, &exif),
        segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0GPSLatitude"),
        segment(0xe2, b"ICC_PROFILE\0\x01\x01 of Alice"),
        segment(0xed, b"Photoshop 3.0\0 by Alice"),
        segment(0xfe, b"taken by Alice"),
    ]);

    let bound = kept(&[full.as_slice(), trailer].concat());

    assert_eq!(bound, jpeg());
}

#[test]
fn the_thumbnail_in_a_jfif_header_is_not_kept_either() {
    let jfif = b"JFIF\0\x01\x01\x00\x00\x01\x00\x01\x01\x01GPS";

    let bound = kept(&with(&[segment(0xe0, jfif)]));

    assert!(!holds(&bound, "GPS"));
    assert_eq!(image::load_from_memory(&bound).unwrap().width(), 30);
}

#[test]
fn a_png_keeps_its_pixels_and_loses_the_rest() {
    let full = png_with(b"tEXt", b"Author\0Alice, 47.4784");

    let bound = kept(&full);

    assert!(!holds(&bound, "Alice"));
    assert_eq!(image::load_from_memory(&bound).unwrap(), blue(30, 20));
}

#[test]
fn the_pdf_names_no_place_and_no_author() {
    let exif = [b"Exif\0\0".as_slice(), &exif(6)].concat();
    let jpeg = accept(&with(&[segment(0xe1, &exif)])).unwrap();
    let png = accept(&png_with(b"eXIf", &self::exif(6))).unwrap();

    let pdf = bind(&[jpeg, png], date(2027, 1, 13)).unwrap();

    assert!(!holds(&pdf, "GPS") && !holds(&pdf, "47.4784"));
    assert!(holds(&pdf, "DCTDecode"));
}

#[test]
fn a_camera_held_sideways_makes_an_upright_page() {
    let exif = [b"Exif\0\0".as_slice(), &exif(6)].concat();
    let jpeg = accept(&with(&[segment(0xe1, &exif)])).unwrap();
    let png = accept(&png_with(b"eXIf", &self::exif(8))).unwrap();

    assert_eq!(jpeg.0.stored.orientation, Orientation::Rotate90);
    assert_eq!(jpeg.0.stored.shape(), (20.0, 30.0));
    assert_eq!(png.0.stored.orientation, Orientation::Rotate270);
}

#[test]
fn every_png_becomes_eight_bits_on_white() {
    let half: u8 = 128;
    let pixels: [(DynamicImage, [u8; 3]); 6] = [
        (GrayImage::from_pixel(3, 2, Luma([7])).into(), [7, 7, 7]),
        (image::ImageBuffer::from_pixel(3, 2, LumaA([0_u8, half])).into(), [127, 127, 127]),
        (RgbaImage::from_pixel(3, 2, Rgba([255, 0, 0, 0])).into(), [255, 255, 255]),
        (RgbaImage::from_pixel(3, 2, Rgba([9, 8, 7, 255])).into(), [9, 8, 7]),
        (image::ImageBuffer::from_pixel(3, 2, Rgb([0x0900_u16, 0, 0xffff])).into(), [9, 0, 255]),
        (image::ImageBuffer::from_pixel(3, 2, Luma([0x8000_u16])).into(), [128, 128, 128]),
    ];

    for (pixels, expected) in pixels {
        let bound = kept(&file(&pixels, ImageFormat::Png));

        let seen = image::load_from_memory(&bound).unwrap();
        assert_eq!(seen.to_rgb8().get_pixel(2, 1).0, expected, "{:?}", pixels.color());
    }
}

/// A PNG of colours in a table, one of them transparent.
#[test]
fn a_palette_is_unfolded() {
    let mut file = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut file, 2, 1);
    encoder.set_color(::png::ColorType::Indexed);
    encoder.set_depth(::png::BitDepth::One);
    encoder.set_palette([200, 10, 20, 0, 0, 0].as_slice());
    encoder.set_trns([255, 0].as_slice());
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[0b0100_0000]).unwrap();
    writer.finish().unwrap();

    let seen = image::load_from_memory(&kept(&file)).unwrap().to_rgb8();

    assert_eq!((seen.get_pixel(0, 0).0, seen.get_pixel(1, 0).0), ([200, 10, 20], [255; 3]));
}

#[test]
fn the_same_photographs_make_the_same_bytes_and_more_than_twenty_none() {
    let photograph = accept(&jpeg()).unwrap();
    let made = |count| bind(&vec![photograph.clone(); count], date(2027, 1, 13));

    assert_eq!(made(2).unwrap(), made(2).unwrap());
    assert_eq!(made(20).unwrap().len(), made(20).unwrap().len());
    assert!(matches!(made(21), Err(RenderFault::TooLong { most: 20 })));
}
