//! The conventions that are printed.

use std::io::Cursor;

use documents::Colour;
use documents::codes::reference_of;
use documents::convention::{
    ConventionContent, Guardian, Letterhead, Mark, Marks, Note, Placement, Pupil, School,
};
use documents::picture;
use image::{ImageFormat, Rgb, RgbImage};
use jiff::civil::{date, time};

/// The key of the corpus.
pub(crate) const KEY: &[u8] = b"a key for the corpus only";

/// The print of the convention of this number: of every other the first, of the others the second,
/// whose code has as many modules as the first one's, or the twelfth, whose code has more.
fn print(number: u8) -> u16 {
    match number % 4 {
        1 => 2,
        3 => 12,
        _even => 1,
    }
}

/// The convention of this number, without marks: two pages for every third, else one.
pub(crate) fn convention(number: u8) -> ConventionContent {
    let school = |name: &str| School {
        name: name.to_owned(),
        address: Some("12 rue des Écoles, 49100 Angers".to_owned()),
        ..School::default()
    };
    let line = "Le jour du mini-stage, l’élève se présente à la loge.\n\n";
    ConventionContent {
        reference: reference_of([number; 16]),
        issued: date(2026, 12, 4),
        print: print(number),
        letterhead: Letterhead {
            name: "Lycée des métiers Démo Paul".to_owned(),
            tagline: None,
            logo: None,
            colour: Colour::BRAND,
        },
        origin: school("Collège de la Colline"),
        host: school("Lycée des métiers Démo Paul"),
        pupil: Pupil {
            name: format!("BERTHIER Zoé-{number}"),
            born: Some(date(2012, 5, 9)),
            class: Some("3e B".to_owned()),
        },
        guardian: Guardian { name: Some("BERTHIER Sophie".to_owned()), ..Guardian::default() },
        placement: Placement {
            formation: "CAP Composites, plastiques chaudronnés".to_owned(),
            date: date(2027, 1, 13),
            starts: time(9, 15, 0, 0),
            ends: time(12, 0, 0, 0),
            place: None,
            room: Some("Atelier C2".to_owned()),
            teacher: None,
        },
        notes: vec![Note {
            title: "Accueil".to_owned(),
            text: line.repeat(if number.is_multiple_of(3) { 12 } else { 1 }),
        }],
        articles: Vec::new(),
        marks: Marks::default(),
    }
}

/// The same, signed by both schools before it was printed.
pub(crate) fn signed(number: u8) -> ConventionContent {
    let cross = RgbImage::from_fn(60, 40, |x, y| {
        Rgb(if x.abs_diff(y * 3 / 2) < 4 { [20, 30, 120] } else { [255; 3] })
    });
    let mut file = Cursor::new(Vec::new());
    cross.write_to(&mut file, ImageFormat::Png).expect("a picture in memory is written");
    let picture = picture::accept(&file.into_inner()).expect("a small PNG is accepted");
    let mark = Mark { signature: Some(picture), stamp: None };
    let marks = Marks { origin: mark.clone(), host: mark, ..Marks::default() };
    ConventionContent { marks, ..convention(number) }
}
