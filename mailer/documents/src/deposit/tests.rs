//! Files as schools send them, and files made to do harm.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

/// A file of these objects, numbered from 1, with a right cross-reference
/// table. The first is the catalogue.
fn file(objects: &[&str]) -> Vec<u8> {
    with_trailer(objects, "")
}

fn with_trailer(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").into_bytes());
    }
    let start = file.len();
    let size = objects.len() + 1;
    let end = format!(
        "{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n"
    );
    file.extend(end.into_bytes());
    file
}

const CATALOGUE: &str = "<</Type/Catalog/Pages 2 0 R>>";
const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>";

fn one_page() -> Vec<u8> {
    file(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", PAGE])
}

fn inspected(bytes: &[u8]) -> Result<usize, BadDeposit> {
    inspect(bytes, &Limits::default()).map(|inspection| inspection.pages)
}

#[test]
fn a_plain_file_is_taken_with_its_length_and_hash() {
    let bytes = one_page();

    let inspection = inspect(&bytes, &Limits::default()).unwrap();

    assert_eq!(inspection.pages, 1);
    assert_eq!(inspection.bytes, bytes.len());
    assert_eq!(inspection.sha256, <[u8; 32]>::from(Sha256::digest(&bytes)));
}

#[test]
fn the_pages_counted_are_those_in_the_tree_whatever_it_claims() {
    let tree = "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 900>>";
    let below = "<</Type/Pages/Parent 2 0 R/Kids[5 0 R 6 0 R]/Count 1>>";

    assert_eq!(
        inspected(&file(&[CATALOGUE, tree, PAGE, below, PAGE, PAGE])),
        Ok(3)
    );
}

#[test]
fn what_does_not_begin_as_a_pdf_is_not_a_pdf() {
    let mut late = vec![b' '; 1025];
    late.extend(one_page());
    let mut early = vec![b' '; 1024];
    early.extend(one_page());

    for bytes in [
        &b""[..],
        b"PK\x03\x04",
        b"\xff\xd8\xff\xe0",
        b"<html>%PD-1.7",
        &late,
    ] {
        assert_eq!(inspected(bytes), Err(BadDeposit::NotAPdf));
    }
    assert_eq!(inspected(&early), Ok(1));
}

#[test]
fn a_file_above_the_limit_is_refused_before_anything_else() {
    let limits = Limits {
        bytes: 100,
        pages: 200,
    };

    assert_eq!(
        inspect(&[0; 101], &limits),
        Err(BadDeposit::TooLarge { most: 100 })
    );
    assert_eq!(inspect(&[0; 100], &limits), Err(BadDeposit::NotAPdf));
}

#[test]
fn a_file_without_its_end_is_truncated() {
    let bytes = one_page();

    for length in 9..bytes.len() - 6 {
        assert_eq!(
            inspected(&bytes[..length]),
            Err(BadDeposit::Truncated),
            "{length} bytes"
        );
    }
}

#[test]
fn lines_that_a_gateway_adds_after_the_end_do_no_harm() {
    let mut bytes = one_page();
    bytes.extend([b'\n'; 3000]);

    assert_eq!(inspected(&bytes), Ok(1));
}

#[test]
fn a_wrong_table_of_a_complete_file_is_forgiven_as_readers_do() {
    let bytes = String::from_utf8_lossy(&one_page())
        .replace("0000000", "0000009")
        .into_bytes();

    assert_eq!(inspected(&bytes), Ok(1));
}

#[test]
fn a_file_with_holes_is_truncated() {
    let without_page = file(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R 9 0 R]/Count 2>>", PAGE]);
    let without_contents = file(&[
        CATALOGUE,
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/Contents 9 0 R>>",
    ]);
    let without_tree = file(&["<</Type/Catalog>>"]);

    for bytes in [without_page, without_contents, without_tree] {
        assert_eq!(inspected(&bytes), Err(BadDeposit::Truncated));
    }
}

#[test]
fn a_file_without_pages_has_no_page() {
    let bytes = file(&[CATALOGUE, "<</Type/Pages/Kids[]/Count 5>>"]);

    assert_eq!(inspected(&bytes), Err(BadDeposit::NoPage));
}

#[test]
fn a_file_with_too_many_pages_is_refused_however_it_counts_them() {
    let kids = |count: usize| -> String { (3..3 + count).map(|id| format!("{id} 0 R ")).collect() };
    let tree = |count| format!("<</Type/Pages/Kids[{}]/Count 1>>", kids(count));
    let of = |count: usize| {
        let tree = tree(count);
        let mut objects = vec![CATALOGUE, &tree];
        objects.extend(vec![PAGE; count]);
        file(&objects)
    };

    assert_eq!(inspected(&of(200)), Ok(200));
    assert_eq!(
        inspected(&of(201)),
        Err(BadDeposit::TooManyPages { most: 200 })
    );
    assert_eq!(
        inspected(&of(20_000)),
        Err(BadDeposit::TooManyPages { most: 200 })
    );
}

#[test]
fn an_encrypted_file_is_refused_even_with_an_empty_password() {
    let objects = [
        CATALOGUE,
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE,
        "<</Filter/Standard/V 1/R 2/O<00>/U<00>/P -4>>",
    ];

    assert_eq!(
        inspected(&with_trailer(&objects, "/Encrypt 4 0 R/ID[<00><00>]")),
        Err(BadDeposit::Encrypted)
    );
}

#[test]
fn a_page_tree_that_bites_its_tail_is_refused() {
    let trees: [&[&str]; 5] = [
        &[CATALOGUE, "<</Type/Pages/Kids[2 0 R]/Count 1>>"],
        &[
            CATALOGUE,
            "<</Type/Pages/Kids[3 0 R]>>",
            "<</Type/Pages/Kids[2 0 R]>>",
        ],
        &[CATALOGUE, "<</Type/Pages/Kids[3 0 R 3 0 R]>>", PAGE],
        &["<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>"],
        &[CATALOGUE, "2 0 R"],
    ];

    for objects in trees {
        assert_eq!(
            inspected(&file(objects)),
            Err(BadDeposit::Truncated),
            "{objects:?}"
        );
    }
}

#[test]
fn things_in_the_place_of_others_are_refused_by_name() {
    let wrong: [(&[&str], BadDeposit); 6] = [
        (&["[]"], BadDeposit::Truncated),
        (&["<</Type/Catalog/Pages 42>>"], BadDeposit::Truncated),
        (&[CATALOGUE, "(pages)"], BadDeposit::Truncated),
        (
            &[CATALOGUE, "<</Type/Pages/Kids[42 (page)]>>"],
            BadDeposit::Truncated,
        ),
        (
            &[CATALOGUE, "<</Type/Pages/Kids[3 0 R]>>", "42"],
            BadDeposit::Truncated,
        ),
        (
            &[CATALOGUE, "<</Type/Pages/Kids[3 0 R]>>", "<</Contents(x)>>"],
            BadDeposit::Truncated,
        ),
    ];

    for (objects, refusal) in wrong {
        assert_eq!(inspected(&file(objects)), Err(refusal), "{objects:?}");
    }
}

/// Files that make careless readers loop, overflow or ask for all the memory.
fn hostile() -> Vec<Vec<u8>> {
    let deep = |open: &str, close: &str| {
        let nested = format!("{}{}", open.repeat(60_000), close.repeat(60_000));
        file(&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]/Count 1>>", &nested])
    };
    let text = |text: &str| text.as_bytes().to_vec();
    let replaced = |from: &str, to: &str| {
        String::from_utf8_lossy(&one_page())
            .replace(from, to)
            .into_bytes()
    };
    vec![
        deep("[", "]"),
        deep("<</A ", ">>"),
        deep("(", ")"),
        deep("<", ">"),
        with_trailer(&[CATALOGUE, "<</Kids[3 0 R]>>", PAGE], "/Prev 9"),
        with_trailer(&[CATALOGUE, "<</Kids[3 0 R]>>", PAGE], "/Prev -1"),
        with_trailer(
            &[CATALOGUE, "<</Kids[3 0 R]>>", PAGE],
            "/XRefStm 99999999999999999999",
        ),
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
        assert!(
            !matches!(answer, Err(BadDeposit::NotAPdf)),
            "file {number}: {answer:?}"
        );
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

#[test]
fn a_file_that_goes_on_after_an_original_begins_with_it() {
    let original = one_page();
    let hash = Sha256::digest(&original).into();
    let mut signed = original.clone();
    signed.extend(b"4 0 obj<</Type/Sig>>endobj");
    let mut altered = signed.clone();
    altered[20] ^= 1;

    assert!(begins_with_original(&original, original.len(), &hash));
    assert!(begins_with_original(&signed, original.len(), &hash));
    assert!(!begins_with_original(&altered, original.len(), &hash));
    assert!(!begins_with_original(&original[1..], original.len(), &hash));
    assert!(!begins_with_original(
        &signed,
        0,
        &Sha256::digest(b"").into()
    ));
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
        (at(), 1usize..2000).prop_map(|(at, length)| Change::Cut(at, length)),
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
            let digits: Vec<usize> = (0..bytes.len())
                .filter(|&at| bytes[at].is_ascii_digit())
                .collect();
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
