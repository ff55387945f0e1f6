//! Codes are read back as written, and nothing else is.

use proptest::prelude::*;

use super::*;

const KEY: &[u8] = b"a key of the platform";

fn second_page() -> PageCode {
    PageCode { reference: "C-7F3K-92QD-5TBW".to_owned(), page: 2, pages: 3, print: 1 }
}

#[test]
fn a_code_is_read_back_as_written() {
    let text = encode(&second_page(), KEY);

    assert_eq!(text, "E1:C-7F3K-92QD-5TBW:2.3:ZR5FC27MNQ0M");
    assert_eq!(decode(&text, KEY), Ok(second_page()));
}

#[test]
fn a_print_that_is_not_the_first_has_its_number_in_the_code() {
    let third = PageCode { print: 3, ..second_page() };
    let text = encode(&third, KEY);

    assert!(text.starts_with("E1:C-7F3K-92QD-5TBW:2.3.3:"), "{text}");
    assert_eq!(decode(&text, KEY), Ok(third));
    assert!(has_form(&text));
    // It is authenticated like the rest, and one print has one text.
    assert_eq!(decode(&text.replace(":2.3.3:", ":2.3.4:"), KEY), Err(BadCode::Forged));
    for print in ["1", "0", "03", "65536", ""] {
        let other = text.replace(":2.3.3:", &format!(":2.3.{print}:"));
        assert_eq!(decode(&other, KEY), Err(BadCode::NotOurs), "{other}");
    }
}

#[test]
fn a_code_is_small_enough_for_the_second_size_of_qr() {
    let longest = PageCode { page: 10, pages: 12, ..second_page() };

    assert!(encode(&longest, KEY).len() <= 38);
}

#[test]
fn a_code_made_with_another_key_is_forged() {
    let text = encode(&second_page(), b"another key");

    assert_eq!(decode(&text, KEY), Err(BadCode::Forged));
}

#[test]
fn a_code_changed_in_any_place_is_refused() {
    let text = encode(&second_page(), KEY);

    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] = if changed[at] == b'7' { b'8' } else { b'7' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(
            matches!(decode(&changed, KEY), Err(BadCode::Forged | BadCode::NotOurs)),
            "{changed}"
        );
    }
}

#[test]
fn what_others_print_is_not_ours() {
    let texts = [
        "",
        "E1:",
        "E1::1.1:",
        "https://example.fr/C-7F3K",
        "E1:C:0.1:AAAAAAAAAAAA",
        "E1:C:2.1:AAAAAAAAAAAA",
        "E1:C:1.100:AAAAAAAAAAAA",
        "E1:c:1.1:AAAAAAAAAAAA",
        "E1:C:01.1:AAAAAAAAAAAA",
        "E1:C:+1.1:AAAAAAAAAAAA",
        "E1:C:1.1.1:AAAAAAAAAAAA",
        "E1:C-7F3K-92QD-5TBW-7F3K-92QD:1.1:AAAAAAAAAAAA",
    ];

    for text in texts {
        assert_eq!(decode(text, KEY), Err(BadCode::NotOurs), "{text}");
    }
}

#[test]
fn a_code_has_the_form_of_ours_whoever_made_it() {
    let text = encode(&second_page(), b"another key");

    assert!(has_form(&text));
    for other in
        [&text[1..], &text[..text.len() - 1], &text.to_lowercase(), "E1:C:01.1:AAAAAAAAAAAA"]
    {
        assert!(!has_form(other), "{other}");
    }
}

#[test]
fn a_cut_or_lengthened_tag_is_forged() {
    let text = encode(&second_page(), KEY);

    assert_eq!(decode(&text[..text.len() - 1], KEY), Err(BadCode::Forged));
    assert_eq!(decode(&format!("{text}0"), KEY), Err(BadCode::Forged));
}

#[test]
fn a_reference_is_drawn_from_the_id_and_checks_itself() {
    let reference = reference_of([7; 16]);

    assert_eq!(reference, "C-TXGX-81NF-5958");
    assert!(is_reference(&reference));
    assert_eq!(typed_reference(&reference), Some(reference));
}

#[test]
fn a_typed_reference_is_read_however_it_is_typed() {
    let reference = reference_of([7; 16]);
    let typed = reference.replace('0', "o").replace('-', " ").to_lowercase();

    assert_eq!(typed_reference(&typed), Some(reference));
    assert_eq!(typed_reference("C-7F3K"), None);
    assert_eq!(typed_reference("C-ÉÉÉÉÉÉ"), None);
}

proptest! {
    #[test]
    fn every_page_of_every_document_is_read_back(id: [u8; 16], pages in 1u8..=99, at in 0u8..99) {
        let code = PageCode { reference: reference_of(id), page: 1 + at % pages, pages, print: 1 };

        prop_assert_eq!(decode(&encode(&code, KEY), KEY), Ok(code));
    }

    #[test]
    fn one_wrong_digit_is_noticed(id: [u8; 16], at in 0usize..12, other in 0usize..32) {
        let mut digits: Vec<u8> = reference_of(id).replace('-', "").into_bytes();
        let other = ALPHABET[other];
        prop_assume!(digits[1 + at] != other);

        digits[1 + at] = other;

        prop_assert_eq!(typed_reference(&String::from_utf8(digits).unwrap()), None);
    }

    #[test]
    fn no_text_makes_reading_panic(text in "\\PC{0,60}") {
        prop_assert!(decode(&text, KEY).is_err());
        prop_assert!(typed_reference(&text).is_none_or(|reference| is_reference(&reference)));
    }
}
