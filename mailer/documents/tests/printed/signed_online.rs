//! The convention signed online: its boxes, its page of proof.

use documents::RenderFault;
use documents::codes::{self, PageCode};
use documents::convention::{
    ConventionContent, Guardian, Hand, Signatory, Signing, render, render_signed,
};

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
fn the_box_of_who_did_not_have_to_sign_asks_for_nothing_and_says_why() {
    let of_minor = Signing { pupil: None, ..sample::signing() };
    let of_age = Signing { guardian: None, ..sample::signing() };
    let by_guardian = Signing { origin: None, pupil: None, host: None, ..sample::signing() };

    for (signing, spared, signed) in [
        (of_minor, "responsable légal a signé.", 3),
        (of_age, "l’élève, majeur, a signé.", 3),
        (by_guardian, "Signature non requise.", 1),
    ] {
        let said = text(&rendered(&signing));

        assert!(said.contains(spared), "{spared}: {said}");
        assert_eq!(said.matches("Signataire  ").count(), signed, "{said}");
        assert_eq!(said.matches("……").count(), 0, "{said}");
    }
}

#[test]
fn a_stored_signature_that_counts_has_no_date_to_fill_in() {
    let signing = Signing { origin: None, host: None, ..sample::signing() };

    let said = text(&render_signed(&sample::signed(), &signing, KEY).unwrap());

    assert_eq!(said.matches("Signature enregistrée").count(), 2, "{said}");
    assert_eq!(said.matches("……").count(), 0, "{said}");
}

#[test]
fn what_is_not_known_of_a_guardian_is_no_more_to_fill_in_once_all_signed() {
    let content = ConventionContent { guardian: Guardian::default(), ..sample::stamped() };
    let signing = Signing { guardian: None, ..sample::signing() };

    let said = text(&render_signed(&content, &signing, KEY).unwrap());

    assert!(said.contains("Non renseigné"), "{said}");
    assert_eq!(said.matches("……").count(), 0, "{said}");
}

#[test]
fn four_who_signed_an_earlier_version_are_proved_on_one_page() {
    let content = ConventionContent { print: 2, ..sample::stamped() };

    // With a line more for three, whose mail addresses are long.
    let signing = earlier(|it| match it.name.as_str() {
        "M. Hérault" => (),
        _long => it.method = "Lien personnel et code reçu à\nc…@ac-exemple.fr".to_owned(),
    });

    let pdf = render_signed(&content, &signing, KEY).unwrap();

    assert_eq!(pages(&pdf), 2);
    assert_eq!(text(&pdf).matches("une version précédente").count(), 4);
}

#[test]
fn the_verification_never_stands_alone_on_a_page() {
    // One line more each time: somewhere in between the proof takes a second page.
    let proved = |lines: usize| {
        let signing = earlier(|it| it.method = "Lien personnel\n".repeat(lines));
        render_signed(&sample::stamped(), &signing, KEY).unwrap()
    };
    let taken: Vec<usize> = (1..8).map(|lines| pages(&proved(lines))).collect();
    assert!(taken.contains(&2) && taken.contains(&3), "{taken:?}");

    for lines in 1..8 {
        let pdf = proved(lines);
        let count = pages(&pdf).to_string();
        let last = ask("pdftotext", &["-f", &count, "-layout", "{}", "-"], &pdf);

        assert!(last.contains("Vérifier ce document"), "{last}");
        assert!(last.contains("Signataire  "), "{last}");
    }
}

/// All four signed an earlier version.
fn earlier(change: impl Fn(&mut Signatory)) -> Signing {
    let mut signing = sample::signing();
    let all = [&mut signing.origin, &mut signing.guardian, &mut signing.pupil, &mut signing.host];
    for signatory in all.into_iter().flatten() {
        signatory.earlier = true;
        change(signatory);
    }
    signing
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
