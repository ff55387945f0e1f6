//! Conventions that come back, rewritten by the tools that people have.

use std::sync::LazyLock;

use documents::convention::render;
use documents::deposit::{BadDeposit, Inspection, Limits, begins_with_original, inspect};
use proptest::prelude::*;

use crate::sample::{self, KEY};
use crate::tools::ask_bytes;

fn original() -> Vec<u8> {
    static ORIGINAL: LazyLock<Vec<u8>> = LazyLock::new(|| render(&sample::signed(), KEY).unwrap());
    ORIGINAL.clone()
}

/// The same as other programs write it, with its objects packed.
fn packed() -> Vec<u8> {
    static PACKED: LazyLock<Vec<u8>> =
        LazyLock::new(|| ask_bytes("qpdf", &["--object-streams=generate", "{}", "-"], &original()));
    PACKED.clone()
}

fn inspected(bytes: &[u8]) -> Result<Inspection, BadDeposit> {
    inspect(bytes, &Limits::default())
}

#[test]
fn our_own_convention_comes_back_as_it_left() {
    let original = original();

    let inspection = inspected(&original).unwrap();

    assert_eq!(inspection.pages, 1);
    assert!(begins_with_original(&original, inspection.bytes, &inspection.sha256));
}

#[test]
fn a_convention_rewritten_by_other_tools_is_taken() {
    let original = original();
    let rewrites: [(&str, &[&str]); 4] = [
        ("qpdf", &["--object-streams=generate", "{}", "-"]),
        ("qpdf", &["--linearize", "{}", "-"]),
        ("qpdf", &["--empty", "--pages", "{}", "{}", "--", "-"]),
        ("pdftocairo", &["-pdf", "{}", "-"]),
    ];

    for (tool, arguments) in rewrites {
        let rewritten = ask_bytes(tool, arguments, &original);

        let pages = inspected(&rewritten).map(|inspection| inspection.pages);

        let expected = if arguments.contains(&"--empty") { 2 } else { 1 };
        assert_eq!(pages, Ok(expected), "{tool} {arguments:?}");
    }
}

#[test]
fn an_encrypted_convention_is_refused_with_or_without_a_password_to_open_it() {
    for password in ["secret", ""] {
        let arguments = ["--encrypt", password, "owner", "256", "--", "{}", "-"];
        let encrypted = ask_bytes("qpdf", &arguments, &original());

        assert_eq!(inspected(&encrypted), Err(BadDeposit::Encrypted), "password {password:?}");
    }
}

#[test]
fn a_convention_cut_anywhere_is_truncated() {
    let original = original();

    for part in 1..50 {
        let cut = &original[..original.len() * part / 50];

        assert_eq!(inspected(cut), Err(BadDeposit::Truncated), "{part} parts of 50");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_convention_damaged_in_transit_never_makes_reading_panic(
        at in prop::collection::vec(any::<prop::sample::Index>(), 1..40),
        byte: u8,
        packed: bool,
    ) {
        let mut bytes = if packed { self::packed() } else { original() };
        for at in at {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }

        if let Ok(inspection) = inspected(&bytes) {
            prop_assert!((1..=2).contains(&inspection.pages));
        }
    }
}
