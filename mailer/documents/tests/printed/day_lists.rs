//! The list of the day.

use documents::Colour;
use documents::convention::Letterhead;
use documents::day_list::{DayList, Expected, Slot, render};
use jiff::civil::{date, time};

use crate::tools::{ask, pages, text};

fn expected(name: &str, school: &str, remark: Option<&str>) -> Expected {
    Expected { name: name.to_owned(), school: school.to_owned(), remark: remark.map(str::to_owned) }
}

fn list() -> DayList {
    DayList {
        letterhead: Letterhead {
            name: "Lycée des métiers Démo Paul".to_owned(),
            tagline: None,
            logo: None,
            colour: Colour::BRAND,
        },
        host: "Lycée des métiers Démo Paul".to_owned(),
        date: date(2027, 1, 13),
        issued: date(2027, 1, 12),
        slots: vec![
            Slot {
                formation: "CAP Composites, plastiques chaudronnés".to_owned(),
                starts: time(9, 15, 0, 0),
                ends: time(12, 0, 0, 0),
                room: Some("Atelier C2".to_owned()),
                teacher: Some("M. Péraud".to_owned()),
                pupils: vec![
                    expected("BERTHIER Zoé", "Collège de la Colline, Angers", None),
                    expected(
                        "DA SILVA Noé",
                        "Collège Jean-Rostand, Trélazé",
                        Some("Convention non reçue"),
                    ),
                    expected("HAMDI Lina", "Collège de la Colline, Angers", None),
                ],
            },
            Slot {
                formation: "BAC PRO Métiers de l’accueil".to_owned(),
                starts: time(13, 30, 0, 0),
                ends: time(16, 30, 0, 0),
                room: None,
                teacher: None,
                pupils: vec![expected("NGUYEN Théo", "Collège Montaigne, Angers", None)],
            },
        ],
    }
}

#[test]
fn the_list_names_each_pupil_under_its_slot() {
    let pdf = render(&list()).unwrap();

    insta::assert_snapshot!(text(&pdf));
    assert_eq!(render(&list()).unwrap(), pdf);
}

#[test]
fn the_list_is_a_table_with_headers() {
    let pdf = render(&list()).unwrap();

    insta::assert_snapshot!(ask("pdfinfo", &["-struct-text", "{}"], &pdf));
}

#[test]
fn a_day_without_pupils_says_so() {
    let pdf = render(&DayList { slots: Vec::new(), ..list() }).unwrap();

    assert!(text(&pdf).contains("Aucun élève n’est attendu ce jour."));
}

#[test]
fn a_long_list_goes_on_over_the_pages() {
    let mut list = list();
    let pupil = list.slots[0].pupils[0].clone();
    list.slots[0].pupils = vec![pupil; 90];

    let pdf = render(&list).unwrap();

    assert_eq!(pages(&pdf), 4);
    assert_eq!(text(&pdf).matches("BERTHIER Zoé").count(), 90);
    let said = ask("qpdf", &["--check", "{}"], &pdf);
    assert!(said.contains("No syntax or stream encoding errors"), "{said}");
}
