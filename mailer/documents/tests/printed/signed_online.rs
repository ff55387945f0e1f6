//! The convention signed online: its boxes, its page of proof.

use documents::RenderFault;
use documents::codes::{self, PageCode};
use documents::convention::{ConventionContent, Hand, Signing, render, render_signed};

use crate::sample::{self, KEY};
use crate::tools::{ask, pages, scans, text};

fn rendered(signing: &Signing) -> Vec<u8> {
    render_signed(&sample::stamped(), signing, KEY).unwrap()
}

#[test]
fn the_boxes_and_the_page_of_proof_say_who_signed_when_and_how() {
    let pdf = rendered(&sample::signing());

    assert_eq!(pages(&pdf), 2);
    insta::assert_snapshot!(text(&pdf));
}

#[test]
fn a_screen_reader_reads_the_proof_after_the_signatures() {
    let pdf = rendered(&sample::signing());

    let structure = ask("pdfinfo", &["-struct-text", "{}"], &pdf);
    let from = structure.find("\"Signatures\"").unwrap();
    insta::assert_snapshot!(structure[from..].trim_end());
}

#[test]
fn who_has_not_signed_yet_keeps_an_empty_box_and_no_proof() {
    let signing = Signing { host: None, pupil: None, ..sample::signing() };

    let said = text(&rendered(&signing));

    assert_eq!(said.matches("Signataire  ").count(), 2, "{said}");
    assert_eq!(said.matches("Le ………").count(), 2, "{said}");
}

#[test]
fn the_codes_of_both_pages_and_the_one_to_check_are_read_from_a_scan() {
    let scans = scans(&rendered(&sample::signing()));

    for (page, scan) in (1..).zip(&scans) {
        let reference = sample::convention().reference;
        let expected = PageCode { reference, page, pages: 2, print: 1 };
        for part in [scan.part(60, 0, 40, 20), scan.part(0, 70, 40, 30)] {
            let text = part.code().expect("a code is read");
            assert_eq!(codes::decode(&text, KEY).as_ref(), Ok(&expected));
        }
    }
    let link = scans[1].part(70, 65, 30, 20).code();
    assert_eq!(
        link.as_deref(),
        Some("https://stages.example.fr/verifier#C-7F3K-92QD-5TBW/7F3K-92QD")
    );
}

#[test]
fn a_print_that_is_not_the_first_says_so_and_who_signed_the_one_before() {
    let content = ConventionContent { print: 2, ..sample::stamped() };
    let mut signing = sample::signing();
    if let Some(host) = &mut signing.host {
        host.earlier = true;
    }

    let pdf = render_signed(&content, &signing, KEY).unwrap();

    let said = text(&pdf);
    assert!(said.contains("version 2"), "{said}");
    assert_eq!(said.matches("une version précédente").count(), 1, "{said}");
    let first = scans(&pdf).swap_remove(0).part(60, 0, 40, 20).code().expect("a code is read");
    assert_eq!(codes::decode(&first, KEY).map(|code| code.print), Ok(2));
}

#[test]
fn the_same_signatures_give_the_same_bytes_and_the_unsigned_one_is_as_before() {
    let signing = sample::signing();
    let mut other = sample::signing();
    if let Some(pupil) = &mut other.pupil {
        pupil.hand = Hand::Typed("Zoé B.".to_owned());
    }

    assert_eq!(rendered(&signing), rendered(&signing));
    assert_ne!(rendered(&signing), rendered(&other));
    assert_eq!(pages(&render(&sample::stamped(), KEY).unwrap()), 1);
}

#[test]
fn a_link_too_long_for_a_printed_code_is_refused() {
    let mut signing = sample::signing();
    signing.verification.link = "x".repeat(300);

    let refused = render_signed(&sample::stamped(), &signing, KEY);

    assert!(matches!(refused, Err(RenderFault::CodeTooLong(_))));
}
