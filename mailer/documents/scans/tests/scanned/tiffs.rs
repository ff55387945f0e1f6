//! TIFF in the forms that machines write: the pixels of its pages are kept.

use std::io::Cursor;

use lopdf::{Document, Object};
use scans::{BadScan, Limits, Stack};
use tiff::encoder::colortype::{Gray8, RGB8};
use tiff::encoder::{Compression, DeflateLevel, TiffEncoder};

use crate::corpus::chance::Chance;

const SIZE: (u32, u32) = (37, 23);

fn pixels(channels: u32) -> Vec<u8> {
    let mut chance = Chance(7);
    (0..SIZE.0 * SIZE.1 * channels).map(|_| u8::try_from(chance.one_of(256)).unwrap()).collect()
}

/// A page in grey and one in colours.
fn tiff(compression: Compression) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).unwrap().with_compression(compression);
    encoder.write_image::<Gray8>(SIZE.0, SIZE.1, &pixels(1)).unwrap();
    encoder.write_image::<RGB8>(SIZE.0, SIZE.1, &pixels(3)).unwrap();
    file.into_inner()
}

/// The decoded pixels of each picture, in the order of the pages.
fn kept(stack: &Stack) -> Vec<Vec<u8>> {
    let document = Document::load_mem(stack.pdf()).unwrap();
    let pictures = document.objects.values().filter_map(|object| match object {
        Object::Stream(stream) if stream.dict.has(b"Width") => Some(stream),
        _ => None,
    });
    pictures.map(|picture| picture.decompressed_content().unwrap()).collect()
}

#[test]
fn every_compression_keeps_every_pixel_of_every_page() {
    let forms = [
        Compression::Uncompressed,
        Compression::Lzw,
        Compression::Deflate(DeflateLevel::Balanced),
        Compression::Packbits,
    ];

    for (form, at) in forms.into_iter().zip(0..) {
        let stack = Stack::open(tiff(form), &Limits::default()).unwrap();

        assert_eq!(stack.pages(), 2);
        assert!(kept(&stack) == [pixels(1), pixels(3)], "compression {at}");
    }
}

#[test]
fn a_tiff_beyond_the_limits_or_cut_short_is_refused() {
    let file = tiff(Compression::Lzw);
    let refused = |bytes: &[u8], limits| Stack::open(bytes.to_vec(), &limits).err();

    let few = Limits { pages: 1, ..Limits::default() };
    assert_eq!(refused(&file, few), Some(BadScan::TooManyPages { most: 1 }));
    let coarse = Limits { pixels: 100, ..Limits::default() };
    assert_eq!(refused(&file, coarse), Some(BadScan::TooManyPixels { most: 100 }));
    for length in [4, 8, 100, file.len() / 2] {
        assert_eq!(refused(&file[..length], Limits::default()), Some(BadScan::Damaged), "{length}");
    }
}
