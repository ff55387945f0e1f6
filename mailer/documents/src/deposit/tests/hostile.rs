//! Files made to do harm, and files damaged on their way.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// Files that make careless readers loop, overflow or ask for all the memory.
fn hostile() -> Vec<Vec<u8>> {
    let deep = |open: &str, close: &str| {
        let nested = format!("{}{}", open.repeat(60_000), close.repeat(60_000));
        file(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", &nested])
    };
    let text = |text: &str| text.as_bytes().to_vec();
    let replaced =
        |from: &str, to: &str| String::from_utf8_lossy(&one_page()).replace(from, to).into_bytes();
    vec![
        deep("[", "]"),
        deep("<</A ", ">>"),
        deep("(", ")"),
        deep("<", ">"),
        with_trailer(&[CATALOGUE, "<</Kids[3 0 R]>>", PAGE], "/Prev 9"),
        with_trailer(&[CATALOGUE, "<</Kids[3 0 R]>>", PAGE], "/Prev -1"),
        with_trailer(&[CATALOGUE, "<</Kids[3 0 R]>>", PAGE], "/XRefStm 99999999999999999999"),
        replaced("/Size 4", "/Size 4294967295"),
        replaced("/Size 4", "/Size -1"),
        replaced("/Size 4", "/Size 0"),
        replaced("0 4\n", "0 4294967295\n"),
        replaced("0 4\n", "4294967290 4\n"),
        replaced("startxref\n", "startxref\n9"),
        replaced("startxref\n", "startxref\n-"),
        text("%PDF-1.7\n%%EOF"),
        text("%PDF-\n%%EOF"),
        text("%PDF-1.7\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"),
        text("%PDF-1.7\n1 0 obj<</Length 1 0 R>>stream\nendstream endobj\n%%EOF"),
        text("%PDF-1.7\n1 0 obj<</Length 99999999999>>stream\nx\nendstream endobj\n%%EOF"),
        text("%PDF-1.7\n1 0 obj<</Length -5>>stream\nx\nendstream endobj\n%%EOF"),
        text(
            "%PDF-1.5\n1 0 obj<</Type/XRef/W[8 8 8]/Size 9999999/Index[0 99999999]/Root 1 0 R\
             /Length 0>>stream\n\nendstream endobj\nstartxref\n9\n%%EOF",
        ),
        text(
            "%PDF-1.5\n1 0 obj<</Type/ObjStm/N 99999999/First 99999999/Length 0>>stream\n\
             endstream endobj\n%%EOF",
        ),
    ]
}

#[test]
fn hostile_files_are_answered_quickly_and_by_name() {
    for (number, bytes) in hostile().into_iter().enumerate() {
        let started = Instant::now();

        let answer = inspected(&bytes);

        assert!(started.elapsed() < Duration::from_secs(5), "file {number}");
        assert!(!matches!(answer, Err(BadDeposit::NotAPdf)), "file {number}: {answer:?}");
    }
}

/// A file whose page tree is in an object stream that inflates to `length` bytes.
fn packed(length: usize) -> Vec<u8> {
    let mut inside = b"2 0 3 42 <</Type/Pages/Kids[3 0 R]/Count 1>>       <</Type/Page>>".to_vec();
    inside.resize(length, b' ');
    let mut stream = lopdf::Stream::new(Dictionary::new(), inside);
    stream.compress().unwrap();
    let mut file = b"%PDF-1.5\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n4 0 obj\n".to_vec();
    let length = stream.content.len();
    let head = format!("<</Type/ObjStm/N 2/First 9/Filter/FlateDecode/Length {length}>>stream\n");
    file.extend(head.into_bytes());
    file.extend(&stream.content);
    file.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF");
    file
}

#[test]
fn a_bomb_is_not_inflated() {
    let bomb = packed(40 * 1024 * 1024);

    let started = Instant::now();

    assert_eq!(inspected(&packed(1024 * 1024)), Ok(1));
    assert!(bomb.len() < 1_000_000);
    assert_eq!(inspected(&bomb), Err(BadDeposit::Truncated));
    assert!(started.elapsed() < Duration::from_secs(5));
}

/// One change made to a file.
#[derive(Debug, Clone)]
enum Change {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index, usize),
    Repeat(prop::sample::Index, usize),
    Digit(prop::sample::Index, u8),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        (at(), 1u8..).prop_map(|(at, bits)| Change::Flip(at, bits)),
        (at(), 1usize..40).prop_map(|(at, length)| Change::Cut(at, length)),
        (at(), 1usize..2000).prop_map(|(at, length)| Change::Repeat(at, length)),
        (at(), b'0'..=b'9').prop_map(|(at, digit)| Change::Digit(at, digit)),
    ]
}

fn changed(mut bytes: Vec<u8>, change: &Change) -> Vec<u8> {
    match change {
        Change::Flip(at, bits) => {
            let at = at.index(bytes.len());
            bytes[at] ^= bits;
        }
        Change::Cut(at, length) => {
            let at = at.index(bytes.len());
            bytes.drain(at..bytes.len().min(at + length));
        }
        Change::Repeat(at, length) => {
            let at = at.index(bytes.len());
            let again = bytes[at..bytes.len().min(at + length)].to_vec();
            bytes.splice(at..at, again);
        }
        Change::Digit(at, digit) => {
            let digits: Vec<usize> =
                (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit()).collect();
            bytes[digits[at.index(digits.len())]] = *digit;
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_file_never_makes_reading_panic(changes in prop::collection::vec(change(), 1..6)) {
        let bytes = changes.iter().fold(one_page(), changed);

        if let Ok(pages) = inspected(&bytes) {
            prop_assert!((1..=200).contains(&pages));
        }
    }

    #[test]
    fn noise_between_head_and_end_never_makes_reading_panic(noise: Vec<u8>) {
        let bytes = [b"%PDF-1.7\n", noise.as_slice(), b"\n%%EOF"].concat();

        prop_assert_eq!(inspected(&bytes), Err(BadDeposit::Truncated));
    }
}
