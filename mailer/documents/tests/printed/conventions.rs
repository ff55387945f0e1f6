//! The convention: every word, the reading order, the codes, the bytes.

use documents::RenderFault;
use documents::codes::{self, PageCode};
use documents::convention::{ConventionContent, Guardian, Note, Pupil, School, render};

use crate::sample::{self, KEY};
use crate::tools::{ask, pages, scans, text};

fn rendered(content: &ConventionContent) -> Vec<u8> {
    render(content, KEY).unwrap()
}

/// As little as can be known, and notes that need a second page.
fn sparse_with_long_notes() -> ConventionContent {
    let mut content = sample::convention();
    content.guardian = Guardian::default();
    content.pupil = Pupil { name: "DA SILVA Noé".to_owned(), ..Pupil::default() };
    content.origin = School { name: "Collège Jean-Rostand".to_owned(), ..School::default() };
    content.placement.teacher = None;
    content.placement.room = None;
    let text = "Le jour du mini-stage, l’élève se présente à la loge avec un justificatif \
        d’identité.\n\nLe self est ouvert aux visiteurs. "
        .repeat(6);
    content.notes = vec![
        Note { title: "Accueil".to_owned(), text },
        Note { title: String::new(), text: "Bienvenue au lycée !".to_owned() },
    ];
    content
}

#[test]
fn a_convention_says_all_that_the_parties_sign() {
    let pdf = rendered(&sample::convention());

    assert_eq!(pages(&pdf), 1);
    insta::assert_snapshot!(text(&pdf));
}

#[test]
fn what_is_not_known_is_left_to_fill_in_and_long_notes_take_a_second_page() {
    let pdf = rendered(&sparse_with_long_notes());

    assert_eq!(pages(&pdf), 2);
    insta::assert_snapshot!(text(&pdf));
}

#[test]
fn the_articles_of_a_platform_take_the_place_of_ours() {
    let mut content = sample::convention();
    let article = |title: &str, text: &str| Note { title: title.to_owned(), text: text.to_owned() };
    content.articles = vec![
        article("Tenue", "L'élève porte la blouse : elle lui est prêtée."),
        article("Transport", "Le car part à 8 h.\nIl revient à 16 h."),
    ];

    let said = text(&rendered(&content));

    for printed in
        ["Article 1 – Tenue. L’élève porte la blouse", "Article 2 – Transport. Le car part"]
    {
        assert!(said.contains(printed), "{printed} is not in {said}");
    }
    assert!(!said.contains("Article 3"), "{said}");
    assert!(!said.contains("Statut de l’élève"), "{said}");
}

#[test]
fn a_screen_reader_follows_the_order_of_the_paper() {
    let pdf = rendered(&sample::signed());

    insta::assert_snapshot!(ask("pdfinfo", &["-struct-text", "{}"], &pdf));
}

#[test]
fn the_document_tells_its_title_and_its_language() {
    let pdf = rendered(&sample::convention());

    let said = ask("pdfinfo", &["{}"], &pdf);
    let known =
        ["Title", "Subject", "Author", "Producer", "Metadata Stream", "Tagged", "Page size"];
    let kept: Vec<&str> =
        said.lines().filter(|line| known.iter().any(|known| line.starts_with(known))).collect();
    insta::assert_snapshot!(kept.join("\n"), @r"
    Title:           Convention de mini-stage n° C-QQWB-WCHZ-V7SY
    Subject:         Mini-stage du 13 janvier 2027
    Author:          Lycée des métiers Démo Paul
    Producer:        Escale
    Metadata Stream: yes
    Tagged:          yes
    Page size:       595.276 x 841.89 pts (A4)
    ");
    let document = lopdf::Document::load_mem(&pdf).unwrap();
    let language = document.catalog().unwrap().get(b"Lang").unwrap();
    assert_eq!(language.as_str().unwrap(), b"fr-FR");
}

#[test]
fn the_same_content_gives_the_same_bytes_and_another_gives_another_identifier() {
    let content = sample::signed();
    let mut other = sample::signed();
    other.pupil.name = "BERTHIER Zoë".to_owned();

    let identifier = |pdf: &[u8]| {
        let at = pdf.windows(4).rposition(|window| window == b"/ID[").unwrap();
        pdf[at..at + 72].to_vec()
    };

    assert_eq!(rendered(&content), rendered(&content));
    assert_ne!(identifier(&rendered(&content)), identifier(&rendered(&other)));
}

#[test]
fn the_file_is_sound_and_small() {
    for content in [sample::convention(), sample::signed(), sparse_with_long_notes()] {
        let pdf = rendered(&content);

        let said = ask("qpdf", &["--check", "{}"], &pdf);

        assert!(said.contains("No syntax or stream encoding errors"), "{said}");
        assert!(!said.contains("WARNING"), "{said}");
        assert!(pdf.len() < 100_000, "{} bytes", pdf.len());
    }
}

#[test]
fn both_codes_of_each_page_are_read_from_a_scan() {
    let content = sparse_with_long_notes();

    let scans = scans(&rendered(&content));

    assert_eq!(scans.len(), 2);
    for (page, scan) in (1..).zip(&scans) {
        let expected = PageCode { reference: content.reference.clone(), page, pages: 2, print: 1 };
        for part in [scan.part(60, 0, 40, 25), scan.part(0, 60, 40, 40)] {
            let text = part.code().expect("a code is read");
            assert_eq!(codes::decode(&text, KEY).as_ref(), Ok(&expected));
        }
    }
}

#[test]
fn text_is_copied_as_it_was_written() {
    let mut content = sample::convention();
    let names = "Łukasz Żółć, İpek Yağmur, Ștefan Țîrlea, Nguyễn Thị Hằng, Œuvrard & fils, \
        « 5 € » № 3, fi fl ffi";
    content.notes = vec![Note { title: "Noms".to_owned(), text: names.to_owned() }];

    let pdf = rendered(&content);
    let copied = ask("pdftotext", &["-raw", "-enc", "UTF-8", "{}", "-"], &pdf).replace('\n', " ");
    // Poppler makes every space a plain one; the characters themselves are in the file.
    let exact = lopdf::Document::load_mem(&pdf).unwrap().extract_text(&[1]).unwrap();

    assert!(copied.contains(names), "{copied}");
    assert!(exact.contains("Classe\u{202f}: 3e B"), "{exact}");
    assert!(exact.contains("09:15\u{a0}–\u{a0}12:00"), "{exact}");
}

#[test]
fn a_decomposed_or_unknown_character_is_shown_all_the_same() {
    let mut content = sample::convention();
    content.pupil.name = "MU\u{308}LLER Rene\u{301} 李".to_owned();

    assert!(text(&rendered(&content)).contains("MÜLLER René □"));
}

#[test]
fn a_stored_picture_is_embedded_once_and_as_it_is() {
    let mut content = sample::signed();
    content.marks.guardian = content.marks.host.clone();

    let images = ask("pdfimages", &["-list", "{}"], &rendered(&content));

    let objects: std::collections::BTreeSet<&str> =
        images.lines().skip(2).filter_map(|line| line.split_whitespace().nth(10)).collect();
    assert_eq!((images.lines().skip(2).count(), objects.len()), (5, 4), "{images}");
}

#[test]
fn a_reference_that_no_code_can_carry_is_refused() {
    for reference in ["", "c-7f3k", "C 7F3K", "C-7F3K-92QD-5TBW-7F3K-92QD", "C-É"] {
        let content = ConventionContent { reference: reference.to_owned(), ..sample::convention() };

        assert!(matches!(render(&content, KEY), Err(RenderFault::BadReference)), "{reference}");
    }
}

#[test]
fn an_endless_text_is_refused_and_not_printed() {
    let mut content = sample::convention();
    content.notes[0].text = "Encore une ligne.\n".repeat(3000);

    assert!(matches!(render(&content, KEY), Err(RenderFault::TooLong { most: 20 })));
}
