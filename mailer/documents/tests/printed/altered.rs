//! Sealed documents that somebody changed: each way must be seen.

use documents::convention::render_signed;
use documents::seal;
use documents::signatures::{self, Integrity, Trust, unchanged_since};
use jiff::Timestamp;
use lopdf::{Document, IncrementalDocument, Object, ObjectId, dictionary};
use proptest::prelude::*;
use std::sync::LazyLock;

use crate::authority::{person, platform};
use crate::sample::{self, KEY};

fn at() -> Timestamp {
    "2026-12-07T09:00:32Z".parse().unwrap()
}

fn plain() -> &'static [u8] {
    static PLAIN: LazyLock<Vec<u8>> =
        LazyLock::new(|| render_signed(&sample::stamped(), &sample::signing(), KEY).unwrap());
    &PLAIN
}

fn sealed() -> &'static [u8] {
    static SEALED: LazyLock<Vec<u8>> =
        LazyLock::new(|| seal::seal(plain(), &platform().sealing(), at()).unwrap());
    &SEALED
}

fn integrities(pdf: &[u8]) -> Vec<Integrity> {
    let trust = Trust::nobody(at());
    signatures::verify(pdf, &trust).into_iter().map(|one| one.integrity).collect()
}

/// The file with a revision that does this to its first page or its catalog.
fn revised(pdf: &[u8], change: impl Fn(&mut IncrementalDocument, ObjectId, ObjectId)) -> Vec<u8> {
    let document = Document::load_mem(pdf).unwrap();
    let page = document.page_iter().next().unwrap();
    let catalog = document.trailer.get(b"Root").unwrap().as_reference().unwrap();
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), document);
    change(&mut update, page, catalog);
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).unwrap();
    bytes
}

/// The same with another text on its first page.
fn rewritten(pdf: &[u8]) -> Vec<u8> {
    revised(pdf, |update, page, _| {
        let content = lopdf::Stream::new(lopdf::Dictionary::new(), b"BT ET".to_vec());
        let content = update.new_document.add_object(content);
        set(update, page, "Contents", Object::Reference(content));
    })
}

fn set(update: &mut IncrementalDocument, id: ObjectId, name: &str, value: Object) {
    update.opt_clone_object_to_new_document(id).unwrap();
    update.new_document.get_dictionary_mut(id).unwrap().set(name, value);
}

#[test]
fn a_page_changed_by_a_revision_is_seen() {
    assert_eq!(integrities(&rewritten(sealed())), [Integrity::AlteredAfterSigning]);
}

#[test]
fn a_page_changed_then_signed_again_is_seen() {
    let altered = rewritten(sealed());
    let signed = seal::seal(&altered, &person().sealing(), at()).unwrap();

    assert_eq!(integrities(&signed), [Integrity::AlteredAfterSigning, Integrity::Intact]);
    assert!(!unchanged_since(&signed, plain().len()));
}

#[test]
fn an_original_changed_before_it_was_signed_is_seen() {
    let signed = seal::seal(&rewritten(plain()), &person().sealing(), at()).unwrap();

    assert_eq!(integrities(&signed), [Integrity::Intact]);
    assert!(!unchanged_since(&signed, plain().len()));
}

#[test]
fn an_object_that_a_page_draws_changed_by_a_revision_is_seen() {
    let document = Document::load_mem(sealed()).unwrap();
    for (id, object) in &document.objects {
        let Object::Stream(_) = object else { continue };
        let altered = revised(sealed(), |update, _, _| {
            update.opt_clone_object_to_new_document(*id).unwrap();
            let stream = update.new_document.get_object_mut(*id).unwrap().as_stream_mut().unwrap();
            stream.content.push(b' ');
        });

        let metadata = object.as_stream().unwrap().dict.get(b"Subtype");
        let description = metadata.and_then(Object::as_name).is_ok_and(|name| name == b"XML");
        let expected = if description { Integrity::Intact } else { Integrity::AlteredAfterSigning };
        assert_eq!(integrities(&altered), [expected], "{id:?}");
    }
}

#[test]
fn an_annotation_that_covers_the_page_is_seen() {
    let altered = revised(sealed(), |update, page, _| {
        let note = update.new_document.add_object(dictionary! {
            "Type" => "Annot", "Subtype" => "FreeText",
            "Rect" => vec![0.into(), 0.into(), 600.into(), 800.into()],
        });
        update.opt_clone_object_to_new_document(page).unwrap();
        let page = update.new_document.get_dictionary_mut(page).unwrap();
        page.get_mut(b"Annots").unwrap().as_array_mut().unwrap().push(note.into());
    });

    assert_eq!(integrities(&altered), [Integrity::AlteredAfterSigning]);
}

#[test]
fn other_pages_an_action_and_a_field_taken_away_are_seen() {
    let action = revised(sealed(), |update, _, catalog| {
        set(update, catalog, "OpenAction", Object::string_literal("x"));
    });
    let pages = revised(sealed(), |update, page, catalog| {
        let tree = update.new_document.add_object(dictionary! {
            "Type" => "Pages", "Count" => 2, "Kids" => vec![page.into(), page.into()],
        });
        set(update, catalog, "Pages", tree.into());
    });
    let twice = seal::seal(sealed(), &person().sealing(), at()).unwrap();
    let fewer = revised(&twice, |update, _, catalog| {
        update.opt_clone_object_to_new_document(catalog).unwrap();
        let catalog = update.new_document.get_dictionary_mut(catalog).unwrap();
        let form = catalog.get_mut(b"AcroForm").unwrap().as_dict_mut().unwrap();
        form.get_mut(b"Fields").unwrap().as_array_mut().unwrap().remove(0);
    });

    for altered in [action, pages, fewer] {
        assert_eq!(integrities(&altered), [Integrity::AlteredAfterSigning]);
    }
}

#[test]
fn a_changed_byte_is_seen_wherever_it_is() {
    let digits = sealed().windows(10).rposition(|window| window == b"/Contents<").unwrap();
    let places = (0..plain().len()).step_by(997).chain([digits - 40, digits + 200]);

    for place in places {
        let mut altered = sealed().to_vec();
        altered[place] = altered[place].wrapping_add(1);

        assert!(!integrities(&altered).contains(&Integrity::Intact), "byte {place}");
    }
}

#[test]
fn a_file_cut_short_has_no_intact_signature() {
    for part in 1..40 {
        let cut = &sealed()[..sealed().len() * part / 40];

        assert!(!integrities(cut).contains(&Integrity::Intact), "{part} parts of 40");
    }
}

#[test]
fn a_signature_whose_gap_holds_more_than_its_digits_is_no_signature() {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let at = sealed().windows(10).rposition(|window| window == b"/ByteRange").unwrap();
    let close = at + sealed()[at..].iter().position(|byte| *byte == b']').unwrap();
    let numbers: Vec<usize> = text(&sealed()[at + 11..close])
        .split_whitespace()
        .map(|number| number.trim_start_matches('[').parse().unwrap())
        .collect();
    let wraps = [
        [0, numbers[1] - 20, numbers[2], numbers[3]],
        [0, numbers[1], numbers[2] + 3, numbers[3] - 3],
        [1, numbers[1] - 1, numbers[2], numbers[3]],
        [0, numbers[1], numbers[2], numbers[3] + 1],
        [0, numbers[1], 0, 0],
    ];

    for [a, b, c, d] in wraps {
        let mut altered = sealed().to_vec();
        let range = format!("[{a} {b} {c} {d}");
        let range = format!("{range:<width$}", width = close - at - 10);
        altered[at + 10..close].copy_from_slice(range.as_bytes());

        assert_eq!(integrities(&altered), [Integrity::Invalid], "{range}");
    }
}

#[test]
fn the_signature_of_another_document_is_no_signature_of_this_one() {
    let mut other = sample::stamped();
    other.pupil.name = "BERTHIER Zoë".to_owned();
    let other = render_signed(&other, &sample::signing(), KEY).unwrap();
    let mut forged = seal::seal(&other, &platform().sealing(), at()).unwrap();
    let digits =
        |bytes: &[u8]| bytes.windows(10).rposition(|window| window == b"/Contents<").unwrap() + 10;
    let (from, to) = (digits(sealed()), digits(&forged));
    let length = sealed()[from..].iter().position(|byte| *byte == b'>').unwrap();

    forged[to..to + length].copy_from_slice(&sealed()[from..from + length]);

    assert_eq!(integrities(&forged), [Integrity::AlteredAfterSigning]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn no_damage_makes_checking_panic(
        at in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
        byte: u8,
        near_the_end: bool,
    ) {
        let mut bytes = sealed().to_vec();
        let from = if near_the_end { plain().len() } else { 0 };
        for at in at {
            let at = from + at.index(bytes.len() - from);
            bytes[at] = byte;
        }

        prop_assert!(integrities(&bytes).len() <= 1);
    }
}
