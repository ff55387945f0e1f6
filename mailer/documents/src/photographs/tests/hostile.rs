//! Files that are something else, that lie, or that were damaged on their way.

use proptest::prelude::*;

use super::*;

/// The same JPEG, with bytes of its frame header replaced (from the length on).
fn frame(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut jpeg = jpeg();
    let header = jpeg.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    jpeg.splice(header + 2 + at..header + 2 + at + bytes.len(), bytes.iter().copied());
    jpeg
}

/// The same JPEG under another process than the baseline.
fn process(marker: u8) -> Vec<u8> {
    let mut jpeg = jpeg();
    let header = jpeg.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    jpeg[header + 1] = marker;
    jpeg
}

/// A PNG that says it has this size, and has next to no pixels.
fn png_of(width: u32, height: u32, interlaced: u8) -> Vec<u8> {
    let mut png = png();
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, interlaced]];
    png.splice(16..29, header.concat());
    let sum = crc(&png[12..29]).to_be_bytes();
    png.splice(29..33, sum);
    png
}

#[test]
fn what_is_not_taken_is_refused_by_name() {
    use BadPhotograph as Bad;
    let four = [0, 20, 8, 0, 20, 0, 30, 4, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0];
    let mut cmyk = jpeg();
    let header = cmyk.windows(2).position(|window| window == [0xff, 0xc0]).unwrap();
    cmyk.splice(header + 2..header + 19, four);
    let files: [(&str, Vec<u8>, Bad); 20] = [
        ("nothing", Vec::new(), Bad::UnknownFormat),
        ("a PDF", b"%PDF-1.7\n".to_vec(), Bad::UnknownFormat),
        ("a GIF", b"GIF89a\x01\x00\x01\x00".to_vec(), Bad::UnknownFormat),
        ("a WebP", b"RIFF\x24\0\0\0WEBPVP8 ".to_vec(), Bad::UnknownFormat),
        ("an AVIF", b"\0\0\0\x1cftypavif\0\0\0\0".to_vec(), Bad::UnknownFormat),
        ("a HEIC", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Bad::Heic),
        ("a HEIC of a burst", b"\0\0\0\x18ftypmif1\0\0\0\0".to_vec(), Bad::Heic),
        ("an animation", png_with(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]), Bad::Animated),
        ("four inks", cmyk, Bad::PrinterColours),
        ("twelve bits", frame(2, &[12]), Bad::RareForm),
        ("no loss", process(0xc3), Bad::RareForm),
        ("arithmetic", process(0xc9), Bad::RareForm),
        ("a height told later", frame(3, &[0, 0]), Bad::RareForm),
        ("interlaced", png_of(30, 20, 1), Bad::RareForm),
        ("no width", frame(5, &[0, 0]), Bad::Damaged),
        ("samples of nothing", frame(9, &[0]), Bad::Damaged),
        ("a long side", frame(5, &[0xff, 0xff]), Bad::TooLarge),
        ("too many pixels", frame(3, &[0x2e, 0xe0, 0x2e, 0xe0]), Bad::TooLarge),
        ("a long side of a PNG", png_of(12_001, 1, 0), Bad::TooLarge),
        ("too many pixels of a PNG", png_of(10_000, 5_001, 0), Bad::TooLarge),
    ];

    for (name, bytes, expected) in files {
        assert_eq!(accept(&bytes), Err(expected), "{name}");
    }
}

#[test]
fn a_file_that_promises_more_than_it_holds_is_refused() {
    assert_eq!(accept(&frame(3, &[0x1b, 0x58, 0x1b, 0x58])), Err(BadPhotograph::Damaged));
    assert_eq!(accept(&png_of(7_000, 7_000, 0)), Err(BadPhotograph::Damaged));
}

/// Each scan costs its readers a pass over all pixels.
#[test]
fn a_thousand_scans_of_nothing_are_refused() {
    let mut jpeg = process(0xc2);
    let end = jpeg.len() - 2;
    let scan = segment(0xda, &[1, 1, 0, 0, 63, 0]);
    jpeg.splice(end..end, scan.repeat(1000));

    assert_eq!(accept(&jpeg), Err(BadPhotograph::RareForm));
}

/// Text that inflates to much more than its file is never inflated.
#[test]
fn a_bomb_beside_the_pixels_is_left_alone() {
    let blank = file(&GrayImage::new(8_000, 4_000).into(), ImageFormat::Png);
    let packed = [b"Comment\0\0".as_slice(), &blank[41..]].concat();

    assert_eq!(kept(&png_with(b"zTXt", &packed)), kept(&png()));
}

#[test]
fn a_photograph_cut_anywhere_is_refused() {
    for whole in [jpeg(), png()] {
        for length in 16..whole.len() - 1 {
            let cut = accept(&whole[..length]);

            assert_eq!(cut, Err(BadPhotograph::Damaged), "{length} bytes of {}", whole.len());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_photograph_never_makes_reading_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        is_png: bool,
    ) {
        let mut bytes = if is_png { png() } else { jpeg() };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }

        if let Ok(photograph) = accept(&bytes) {
            let pdf = bind(&[photograph], date(2027, 1, 13)).unwrap();
            prop_assert!(pdf.starts_with(b"%PDF-1.7"));
        }
    }

    #[test]
    fn noise_after_a_good_beginning_never_makes_reading_panic(noise: Vec<u8>) {
        let start = [b"\xff\xd8\xff".as_slice(), &noise].concat();

        prop_assert!(accept(&start).is_err());
    }
}
