//! Our own conventions, read back from the files that schools send.

use crate::corpus::content::{self, KEY};
use documents::codes;
use documents::convention::{ConventionContent, render};
use scans::{BadScan, BoxesInk, Limits, SplitFault, Stack, read_page, split};

fn convention(content: &ConventionContent) -> Vec<u8> {
    render(content, KEY).unwrap()
}

fn opened(file: Vec<u8>) -> Stack {
    Stack::open(file, &Limits::default()).unwrap()
}

#[test]
fn each_page_is_read_with_its_number_and_its_ink() {
    let stack = opened(convention(&content::convention(3)));

    let readings: Vec<_> = (0..2).map(|page| read_page(&stack, page).unwrap()).collect();

    for (reading, page) in readings.iter().zip(1..) {
        let [text] = reading.found.as_slice() else { panic!("{:?}", reading.found) };
        let code = codes::decode(text, KEY).unwrap();
        assert_eq!((code.page, code.pages), (page, 2));
        assert_eq!((reading.blank, reading.turned), (false, 0));
        assert!((5_000..=60_000).contains(&reading.picture.len()), "{}", reading.picture.len());
    }
    let none = BoxesInk { origin: false, guardian: false, pupil: false, host: false };
    assert_eq!((readings[0].ink, readings[1].ink), (None, Some(none)));
    assert_eq!(read_page(&stack, 2), None);
}

#[test]
fn the_boxes_that_schools_signed_bear_ink() {
    let stack = opened(convention(&content::signed(1)));

    let ink = read_page(&stack, 0).unwrap().ink;

    let expected = BoxesInk { origin: true, guardian: false, pupil: false, host: true };
    assert_eq!(ink, Some(expected));
}

#[test]
fn a_page_of_its_own_draws_the_same_and_carries_the_same_bytes_each_time() {
    let stack = opened(convention(&content::convention(3)));

    let second = split(&stack, &[1]).unwrap();

    assert!(split(&stack, &[1]).unwrap() == second);
    assert!(second.len() < stack.pdf().len());
    let alone = opened(second);
    assert_eq!((alone.pages(), alone.is_signed()), (1, false));
    assert_eq!(read_page(&alone, 0), read_page(&stack, 1));
}

#[test]
fn pages_are_taken_in_the_order_asked_for_and_each_once() {
    let stack = opened(convention(&content::convention(3)));

    let turned_round = opened(split(&stack, &[1, 0]).unwrap());

    assert_eq!(read_page(&turned_round, 0), read_page(&stack, 1));
    for wrong in [&[][..], &[2], &[0, 0]] {
        assert_eq!(split(&stack, wrong).err(), Some(SplitFault::NoSuchPage), "{wrong:?}");
    }
}

#[test]
fn what_is_no_scan_is_refused_by_name() {
    let refused = |file: &[u8], limits| Stack::open(file.to_vec(), &limits).err();
    let whole = convention(&content::convention(3));
    let limits = Limits::default();

    let short = Limits { bytes: 1000, ..limits };
    assert_eq!(refused(&whole, short), Some(BadScan::TooLarge { most: 1000 }));
    let few = Limits { pages: 1, ..limits };
    assert_eq!(refused(&whole, few), Some(BadScan::TooManyPages { most: 1 }));
    assert_eq!(refused(&whole[..whole.len() / 2], limits), Some(BadScan::Damaged));
    assert_eq!(refused(b"PK\x03\x04", limits), Some(BadScan::UnknownFormat));
    assert_eq!(refused(b"\0\0\0\x18ftypheic", limits), Some(BadScan::Heic));
    let coarse = Limits { pixels: 100, ..limits };
    let signed = convention(&content::signed(1));
    assert_eq!(refused(&signed, coarse), Some(BadScan::TooManyPixels { most: 100 }));
}
