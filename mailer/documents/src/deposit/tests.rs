//! Files as schools send them.

use std::fmt::Write;

use super::*;

mod hostile;

/// A file of these objects, numbered from 1, with a right cross-reference
/// table. The first is the catalogue.
fn file(objects: &[&str]) -> Vec<u8> {
    with_trailer(objects, "")
}

fn with_trailer(objects: &[&str], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
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

    assert_eq!(inspected(&file(&[CATALOGUE, tree, PAGE, below, PAGE, PAGE])), Ok(3));
}

#[test]
fn what_does_not_begin_as_a_pdf_is_not_a_pdf() {
    let mut late = vec![b' '; 1025];
    late.extend(one_page());
    let mut early = vec![b' '; 1024];
    early.extend(one_page());

    for bytes in [&b""[..], b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"<html>%PD-1.7", &late] {
        assert_eq!(inspected(bytes), Err(BadDeposit::NotAPdf));
    }
    assert_eq!(inspected(&early), Ok(1));
}

#[test]
fn a_file_above_the_limit_is_refused_before_anything_else() {
    let limits = Limits { bytes: 100, pages: 200 };

    assert_eq!(inspect(&[0; 101], &limits), Err(BadDeposit::TooLarge { most: 100 }));
    assert_eq!(inspect(&[0; 100], &limits), Err(BadDeposit::NotAPdf));
}

#[test]
fn a_file_without_its_end_is_truncated() {
    let bytes = one_page();

    for length in 9..bytes.len() - 6 {
        assert_eq!(inspected(&bytes[..length]), Err(BadDeposit::Truncated), "{length} bytes");
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
    let bytes = String::from_utf8_lossy(&one_page()).replace("0000000", "0000009").into_bytes();

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
    let tree = |count: usize| {
        let kids: Vec<String> = (3..3 + count).map(|id| format!("{id} 0 R")).collect();
        format!("<</Type/Pages/Kids[{}]/Count 1>>", kids.join(" "))
    };
    let of = |count: usize| {
        let tree = tree(count);
        let mut objects = vec![CATALOGUE, &tree];
        objects.extend(vec![PAGE; count]);
        file(&objects)
    };

    assert_eq!(inspected(&of(200)), Ok(200));
    assert_eq!(inspected(&of(201)), Err(BadDeposit::TooManyPages { most: 200 }));
    assert_eq!(inspected(&of(20_000)), Err(BadDeposit::TooManyPages { most: 200 }));
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
        &[CATALOGUE, "<</Type/Pages/Kids[3 0 R]>>", "<</Type/Pages/Kids[2 0 R]>>"],
        &[CATALOGUE, "<</Type/Pages/Kids[3 0 R 3 0 R]>>", PAGE],
        &["<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>"],
        &[CATALOGUE, "2 0 R"],
    ];

    for objects in trees {
        assert_eq!(inspected(&file(objects)), Err(BadDeposit::Truncated), "{objects:?}");
    }
}

#[test]
fn things_in_the_place_of_others_are_refused_by_name() {
    let wrong: [(&[&str], BadDeposit); 6] = [
        (&["[]"], BadDeposit::Truncated),
        (&["<</Type/Catalog/Pages 42>>"], BadDeposit::Truncated),
        (&[CATALOGUE, "(pages)"], BadDeposit::Truncated),
        (&[CATALOGUE, "<</Type/Pages/Kids[42 (page)]>>"], BadDeposit::Truncated),
        (&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]>>", "42"], BadDeposit::Truncated),
        (&[CATALOGUE, "<</Type/Pages/Kids[3 0 R]>>", "<</Contents(x)>>"], BadDeposit::Truncated),
    ];

    for (objects, refusal) in wrong {
        assert_eq!(inspected(&file(objects)), Err(refusal), "{objects:?}");
    }
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
    assert!(!begins_with_original(&signed, 0, &Sha256::digest(b"").into()));
}
