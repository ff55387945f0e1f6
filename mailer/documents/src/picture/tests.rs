//! What is accepted, what is refused, and what is kept.

use image::{Rgb, Rgba, RgbaImage};

use super::*;

fn file(pixels: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    pixels.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn blue(width: u32, height: u32) -> DynamicImage {
    RgbImage::from_pixel(width, height, Rgb([20, 40, 160])).into()
}

#[test]
fn a_png_is_kept_as_a_png_and_a_jpeg_as_a_jpeg() {
    let png = accept(&file(&blue(30, 20), ImageFormat::Png)).unwrap();
    let jpeg = accept(&file(&blue(30, 20), ImageFormat::Jpeg)).unwrap();

    assert_eq!((png.media_type(), png.size()), ("image/png", (30, 20)));
    assert_eq!((jpeg.media_type(), jpeg.size()), ("image/jpeg", (30, 20)));
}

#[test]
fn an_accepted_picture_is_restored_from_its_bytes() {
    let accepted = accept(&file(&blue(30, 20), ImageFormat::Png)).unwrap();

    assert_eq!(restore(accepted.bytes()), Ok(accepted));
}

#[test]
fn transparency_is_laid_on_white() {
    let half = RgbaImage::from_pixel(4, 4, Rgba([0, 0, 0, 128]));

    let accepted = accept(&file(&half.into(), ImageFormat::Png)).unwrap();

    let pixels = image::load_from_memory(accepted.bytes()).unwrap();
    assert_eq!(pixels.color(), image::ColorType::L8);
    assert_eq!(pixels.to_luma8().get_pixel(0, 0).0, [127]);
}

#[test]
fn a_large_picture_is_made_smaller_and_a_huge_one_refused() {
    let large = accept(&file(&blue(2800, 700), ImageFormat::Png)).unwrap();

    assert_eq!(large.size(), (1400, 350));
    assert_eq!(
        accept(&file(&blue(4001, 10), ImageFormat::Png)),
        Err(BadPicture::TooLarge { most: 4000 })
    );
}

#[test]
fn what_is_not_a_picture_is_refused_by_name() {
    let png = file(&blue(300, 200), ImageFormat::Png);

    assert_eq!(accept(b"%PDF-1.7"), Err(BadPicture::UnknownFormat));
    assert_eq!(accept(b""), Err(BadPicture::UnknownFormat));
    assert_eq!(accept(b"GIF89a\x01\x00\x01\x00"), Err(BadPicture::UnknownFormat));
    assert_eq!(accept(&png[..png.len() / 2]), Err(BadPicture::Damaged));
    assert_eq!(accept(&vec![0; MOST_BYTES + 1]), Err(BadPicture::TooHeavy { most: MOST_BYTES }));
}

#[test]
fn a_file_that_was_not_accepted_is_not_restored() {
    let transparent = RgbaImage::from_pixel(4, 4, Rgba([0, 0, 0, 128]));

    assert_eq!(restore(&file(&transparent.into(), ImageFormat::Png)), Err(BadPicture::NotAccepted));
    assert_eq!(restore(b"\xff\xd8\xff"), Err(BadPicture::NotAccepted));
    assert_eq!(restore(b""), Err(BadPicture::NotAccepted));
}

#[test]
fn metadata_of_the_upload_is_not_kept() {
    let mut png = file(&blue(30, 20), ImageFormat::Png);
    let at = png.len() - 12;
    png.splice(at..at, *b"\0\0\0\x0ctEXtAuthor\0Alice\x7a\x3e\xf0\xcf");

    let kept = accept(&png).map(|picture| picture.bytes().to_vec()).unwrap_or_default();

    assert!(!kept.windows(5).any(|window| window == b"Alice"));
}
