//! Scans are read by a child of the binary itself.

use std::path::Path;

use documents::RenderFault;
use documents::convention::{
    ConventionContent, Letterhead, Marks, Placement, Pupil, School, render,
};
use jiff::civil::{date, time};
use scans::{BadScan, Limits, Progress, Reader, SplitFault};

const KEY: &[u8] = b"a key for this test";

pub(crate) fn convention() -> Result<Vec<u8>, RenderFault> {
    let school = School { name: "Collège de la Colline".to_owned(), ..School::default() };
    let content = ConventionContent {
        reference: documents::codes::reference_of([3; 16]),
        issued: date(2026, 12, 4),
        print: 1,
        letterhead: Letterhead {
            name: "Lycée Démo".to_owned(),
            tagline: None,
            logo: None,
            colour: documents::Colour::BRAND,
        },
        origin: school.clone(),
        host: school,
        pupil: Pupil { name: "BERTHIER Zoé".to_owned(), ..Pupil::default() },
        guardian: documents::convention::Guardian::default(),
        placement: Placement {
            formation: "CAP Composites".to_owned(),
            date: date(2027, 1, 13),
            starts: time(9, 15, 0, 0),
            ends: time(12, 0, 0, 0),
            place: None,
            room: None,
            teacher: None,
        },
        articles: Vec::new(),
        notes: Vec::new(),
        marks: Marks::default(),
    };
    render(&content, KEY)
}

fn reader() -> Reader {
    Reader::of(Path::new(env!("CARGO_BIN_EXE_escale")).to_owned())
}

#[test]
fn a_child_reads_and_splits_a_file_and_tells_how_far_it_is() {
    let pdf = convention().unwrap();
    let mut told = Vec::new();

    let reading = reader().read(&pdf, &Limits::default(), |progress| told.push(progress));
    let reading = reading.unwrap().unwrap();
    let parts = reader().split(&pdf, &Limits::default(), vec![vec![0]]).unwrap().unwrap();

    assert_eq!((reading.pdf, reading.signed), (None, false));
    let code = documents::codes::decode(&reading.pages[0].found[0], KEY).unwrap();
    assert_eq!((code.page, code.pages), (1, 1));
    assert_eq!(told, [Progress { read: 0, pages: 1 }, Progress { read: 1, pages: 1 }]);
    assert!(parts[0].starts_with(b"%PDF-1.7"));
}

#[test]
fn what_a_child_refuses_comes_back_by_name() {
    let pdf = convention().unwrap();
    let limits = Limits::default();

    let refused = |file: &[u8]| reader().read(file, &limits, |_| {}).unwrap();

    assert_eq!(refused(b"not a scan"), Err(BadScan::UnknownFormat));
    assert_eq!(refused(&pdf[..pdf.len() - 10]), Err(BadScan::Damaged));
    let beyond = reader().split(&pdf, &limits, vec![vec![0], vec![1]]).unwrap();
    assert_eq!(beyond, Err(SplitFault::NoSuchPage));
}

/// Ten thousand million points of a pattern: no reader gets to its end.
#[test]
fn a_child_that_works_without_end_is_ended_and_the_page_is_named() {
    let pdf = String::from_utf8_lossy(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n\
        2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
        /Resources<</XObject<</A 5 0 R>>>>>>endobj\n",
    )
    .into_owned();
    let form = |number: usize| {
        let next = number + 1;
        let draw = "/A Do ".repeat(50);
        format!(
            "{number} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 595 842]\
            /Resources<</XObject<</A {next} 0 R>>>>/Length {}>>stream\n{draw}\nendstream endobj\n",
            draw.len()
        )
    };
    let forms: String = (5..13).map(form).collect();
    let dots = "0 0 595 842 re f ".repeat(50);
    let end = format!(
        "4 0 obj<</Length 5>>stream\n/A Do\nendstream endobj\n{forms}13 0 obj<</Type/XObject\
        /Subtype/Form/BBox[0 0 595 842]/Length {}>>stream\n{dots}\nendstream endobj\n\
        trailer<</Root 1 0 R/Size 14>>\nstartxref\n0\n%%EOF\n",
        dots.len()
    );

    let read = reader().read(format!("{pdf}{end}").as_bytes(), &Limits::default(), |_| {}).unwrap();

    assert_eq!(read, Err(BadScan::Unreadable { page: Some(0) }));
}
