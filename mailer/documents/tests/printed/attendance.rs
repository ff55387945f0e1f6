//! The attendance sheet, and the certificate of a pupil who was there.

use documents::Colour;
use documents::attendance::{
    AttendanceCertificate, AttendanceSheet, Attendee, Visit, render_certificate, render_sheet,
};
use documents::convention::Letterhead;
use jiff::civil::{date, time};

use crate::tools::{ask, pages, text};

fn letterhead() -> Letterhead {
    Letterhead {
        name: "Bassin de la Colline".to_owned(),
        tagline: None,
        logo: None,
        colour: Colour::BRAND,
    }
}

fn visit() -> Visit {
    Visit {
        host: "Lycée des métiers Démo Paul".to_owned(),
        formation: "CAP Composites, plastiques chaudronnés".to_owned(),
        date: date(2027, 1, 13),
        starts: time(9, 15, 0, 0),
        ends: time(12, 0, 0, 0),
        room: Some("Atelier C2".to_owned()),
        teacher: Some("M. Péraud".to_owned()),
    }
}

fn pupil(name: &str, school: &str) -> Attendee {
    Attendee { name: name.to_owned(), school: school.to_owned(), class: Some("3e B".to_owned()) }
}

pub(crate) fn sheet() -> AttendanceSheet {
    AttendanceSheet {
        letterhead: letterhead(),
        issued: date(2027, 1, 12),
        visit: visit(),
        pupils: vec![
            pupil("BERTHIER Zoé", "Collège de la Colline, Angers"),
            pupil("DA SILVA Noé", "Collège Jean-Rostand, Trélazé"),
            pupil("HAMDI Lina", "Collège de la Colline, Angers"),
        ],
    }
}

pub(crate) fn certificate() -> AttendanceCertificate {
    AttendanceCertificate {
        letterhead: letterhead(),
        issued: date(2027, 1, 14),
        visit: visit(),
        host_address: Some("3 avenue de l’Atelier, 49000 Angers".to_owned()),
        host_city: Some("Angers".to_owned()),
        pupil: pupil("BERTHIER Zoé", "Collège de la Colline, Angers"),
        born: Some(date(2012, 5, 9)),
    }
}

#[test]
fn the_sheet_has_two_boxes_for_each_pupil_and_room_for_those_who_come_along() {
    let pdf = render_sheet(&sheet()).unwrap();

    insta::assert_snapshot!(text(&pdf));
    assert_eq!(render_sheet(&sheet()).unwrap(), pdf);
}

#[test]
fn the_sheet_is_read_aloud_as_tables_with_headers() {
    let pdf = render_sheet(&sheet()).unwrap();

    insta::assert_snapshot!(ask("pdfinfo", &["-struct-text", "{}"], &pdf));
}

#[test]
fn a_long_sheet_goes_on_over_the_pages() {
    let mut sheet = sheet();
    sheet.pupils = vec![sheet.pupils[0].clone(); 40];

    let pdf = render_sheet(&sheet).unwrap();

    assert_eq!(pages(&pdf), 3);
    let said = text(&pdf);
    assert_eq!(said.matches("BERTHIER Zoé").count(), 40);
    assert!(said.contains("Page 1/3") && said.contains("Page 3/3"), "{said}");
}

#[test]
fn a_slot_that_nobody_booked_says_so() {
    let pdf = render_sheet(&AttendanceSheet { pupils: Vec::new(), ..sheet() }).unwrap();

    assert!(text(&pdf).contains("Aucun élève n’est attendu sur ce créneau."));
}

#[test]
fn the_certificate_says_who_was_where_and_when() {
    let pdf = render_certificate(&certificate()).unwrap();

    insta::assert_snapshot!(text(&pdf));
    assert_eq!(render_certificate(&certificate()).unwrap(), pdf);
    insta::assert_snapshot!(ask("pdfinfo", &["-struct-text", "{}"], &pdf));
    let about = ask("pdfinfo", &["{}"], &pdf);
    assert!(about.contains("Attestation de présence du mercredi 13 janvier 2027"), "{about}");
    assert!(about.contains("Tagged:          yes"), "{about}");
}
