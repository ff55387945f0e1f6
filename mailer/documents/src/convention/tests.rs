//! Whatever is written in it, a convention stays on its paper.

use proptest::prelude::*;

use super::layout::laid_out;
use super::*;
use crate::paper::Colour;
use crate::paper::face::Faces;
use crate::paper::sheet::{Draw, MM, Sheets};
use jiff::civil::{date, time};

fn content() -> ConventionContent {
    ConventionContent {
        reference: "C-7F3K-92QD-5TBW".to_owned(),
        issued: date(2026, 12, 4),
        print: 1,
        letterhead: Letterhead {
            name: "Lycée Démo Paul".to_owned(),
            tagline: None,
            logo: None,
            colour: Colour::BRAND,
        },
        host: School::default(),
        origin: School::default(),
        pupil: Pupil::default(),
        guardian: Guardian::default(),
        placement: Placement {
            formation: "CAP Cuisine".to_owned(),
            date: date(2027, 9, 22),
            starts: time(9, 15, 0, 0),
            ends: time(12, 0, 0, 0),
            place: None,
            room: None,
            teacher: None,
        },
        articles: Vec::new(),
        notes: Vec::new(),
        marks: Marks::default(),
    }
}

/// The same text in every field that takes a text.
fn filled_with(text: &str) -> ConventionContent {
    let (full, known) = (text.to_owned(), Some(text.to_owned()));
    let mut content = content();
    content.letterhead.name = full.clone();
    content.letterhead.tagline = known.clone();
    content.host = School {
        name: full.clone(),
        uai: known.clone(),
        address: known.clone(),
        head: known.clone(),
        email: known.clone(),
        phone: known.clone(),
    };
    content.origin = content.host.clone();
    content.pupil =
        Pupil { name: full.clone(), born: Some(date(2012, 12, 31)), class: known.clone() };
    content.guardian = Guardian { name: known.clone(), phone: known.clone(), email: known.clone() };
    content.placement.formation = full.clone();
    content.placement.place = known.clone();
    content.placement.room = known.clone();
    content.placement.teacher = known;
    content.notes = vec![Note { title: full.clone(), text: full.clone() }; 2];
    content
}

fn assert_tidy(sheets: &Sheets) {
    let faces = Faces::load().unwrap();
    assert_eq!(sheets.overflow(faces), None);
    assert_eq!(sheets.collision(faces), None);
}

#[test]
fn an_almost_empty_convention_is_one_tidy_page() {
    let sheets = laid_out(&content(), None, b"key").unwrap();

    assert_eq!(sheets.pages.len(), 1);
    assert_tidy(&sheets);
}

#[test]
fn long_fields_run_on_without_leaving_their_place() {
    for (length, pages) in [(30, 2), (200, 3), (1200, 9)] {
        let text =
            "Établissement privé sous contrat d’association ".repeat(30)[..length].to_owned();

        let sheets =
            laid_out(&filled_with(text.trim_end_matches('\u{fffd}')), None, b"key").unwrap();

        assert_tidy(&sheets);
        assert_eq!(sheets.pages.len(), pages, "{length} bytes");
    }
}

#[test]
fn a_word_without_end_is_cut() {
    let sheets = laid_out(&filled_with(&"W".repeat(400)), None, b"key").unwrap();

    assert_tidy(&sheets);
}

#[test]
fn notes_of_any_length_never_meet_the_signatures() {
    for lines in 0..80 {
        let mut content = content();
        let text = "Une ligne de consignes.\n".repeat(lines);
        content.notes = vec![Note { title: "Consignes".to_owned(), text }];

        assert_tidy(&laid_out(&content, None, b"key").unwrap());
    }
}

/// What is written on the pages, piece by piece, with its left edge and its baseline.
fn written(sheets: &Sheets) -> Vec<(&str, f32, f32)> {
    let commands = sheets.pages.iter().flatten();
    let texts = commands.filter_map(|command| match &command.draw {
        Draw::Text { text, x, baseline, .. } => Some((text.as_str(), *x, *baseline)),
        _other => None,
    });
    texts.collect()
}

#[test]
fn a_mail_address_stays_whole_or_breaks_at_its_sign_or_a_dot() {
    let school = "ce.0491234a@ac-exemple.fr";
    let wide = "ce.0491234a@ac-nantes-et-des-pays-de-la-loire.education.exemple.fr";
    let local = "jean-baptiste.de-la-rochefoucauld-montmorency@messagerie.exemple.fr";
    for (email, lines) in [
        (school, vec![school]),
        (wide, vec!["ce.0491234a@ac-nantes-et-des-pays-de-la-loire", ".education.exemple.fr"]),
        (local, vec!["jean-baptiste.de-la-rochefoucauld-montmorency@", "messagerie.exemple.fr"]),
    ] {
        let mut content = content();
        let (uai, phone) = (Some("0491234A".to_owned()), Some("02 41 98 76 54".to_owned()));
        let email = Some(email.to_owned());
        content.origin = School { uai, phone, email: email.clone(), ..School::default() };
        content.guardian.email = email;

        let sheets = laid_out(&content, None, b"key").unwrap();

        assert_tidy(&sheets);
        let said: Vec<&str> = written(&sheets).iter().map(|(text, ..)| *text).collect();
        for line in lines {
            assert_eq!(said.iter().filter(|said| **said == line).count(), 2, "{line}: {said:?}");
        }
    }
}

#[test]
fn a_long_name_is_whole_in_its_box_and_leaves_the_room_to_sign_in() {
    let mut content = content();
    content.pupil.name =
        "DE LA ROCHEFOUCAULD-MONTMORENCY-LAVAL Marie-Antoinette Éléonore".to_owned();
    content.origin.name =
        "Collège intercommunal Notre-Dame-de-la-Providence-et-du-Sacré-Cœur de Saint-Barthélemy"
            .to_owned();

    let sheets = laid_out(&content, None, b"key").unwrap();

    assert_tidy(&sheets);
    let said = written(&sheets);
    let cut = |(text, ..): &&(&str, f32, f32)| text.ends_with('…') && !text.contains("……");
    assert_eq!(said.iter().find(cut), None);
    for room in places::signing_rooms() {
        let within = |(_, x, baseline): &&(&str, f32, f32)| {
            let (x, y) = (x / MM, baseline / MM);
            (room.x..room.x + room.width).contains(&x)
                && (room.y..room.y + room.height).contains(&y)
        };
        assert_eq!(said.iter().find(within), None);
    }
}

#[test]
fn short_articles_stand_in_the_larger_type_on_the_one_page() {
    let mut content = content();
    content.articles = vec![Note { title: "Tenue".to_owned(), text: "La blouse.".to_owned() }];

    let sheets = laid_out(&content, None, b"key").unwrap();

    let sizes = sheets.pages.iter().flatten().filter_map(|command| match &command.draw {
        Draw::Text { text, size, .. } if text.starts_with("La blouse") => Some(*size),
        _other => None,
    });
    assert_eq!((sheets.pages.len(), sizes.collect::<Vec<_>>()), (1, vec![9.5]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_anywhere_stays_tidy(text in "\\PC{0,300}") {
        let sheets = laid_out(&filled_with(&text), None, b"key").unwrap();

        assert_tidy(&sheets);
    }
}
