//! Writes a sample convention: `cargo run -p documents --example convention -- sample.pdf`.

use documents::Colour;
use documents::convention::{
    ConventionContent, Guardian, Letterhead, Marks, Note, Placement, Pupil, School, render,
};
use jiff::civil::{date, time};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("where to? give the path of the PDF to write")?;
    std::fs::write(path, render(&sample(), b"a key for samples only")?)?;
    Ok(())
}

fn sample() -> ConventionContent {
    ConventionContent {
        reference: documents::codes::reference_of([42; 16]),
        issued: date(2026, 12, 4),
        letterhead: Letterhead {
            name: "Lycée des métiers Démo Paul".to_owned(),
            tagline: Some("Plateforme de gestion des stages".to_owned()),
            logo: None,
            colour: Colour::BRAND,
        },
        origin: School {
            name: "Collège de la Colline".to_owned(),
            uai: Some("0491234A".to_owned()),
            address: Some("12 rue des Écoles, 49100 Angers".to_owned()),
            head: Some("Mme Morel, principale".to_owned()),
            ..School::default()
        },
        host: School {
            name: "Lycée des métiers Démo Paul".to_owned(),
            uai: Some("0590121L".to_owned()),
            address: Some("3 avenue de l’Atelier, 49000 Angers".to_owned()),
            head: Some("M. Hérault, proviseur".to_owned()),
            ..School::default()
        },
        pupil: Pupil {
            name: "BERTHIER Zoé".to_owned(),
            born: Some(date(2012, 5, 9)),
            class: Some("3e B".to_owned()),
        },
        guardian: Guardian {
            name: Some("BERTHIER Sophie".to_owned()),
            phone: Some("06 12 34 56 78".to_owned()),
            email: Some("sophie.berthier@example.fr".to_owned()),
        },
        placement: Placement {
            formation: "CAP Composites, plastiques chaudronnés".to_owned(),
            date: date(2027, 1, 13),
            starts: time(9, 15, 0, 0),
            ends: time(12, 0, 0, 0),
            place: None,
            room: Some("Atelier C2".to_owned()),
            teacher: Some("M. Péraud".to_owned()),
        },
        notes: vec![Note {
            title: "À prévoir".to_owned(),
            text: "Chaussures fermées et cheveux attachés dans les ateliers ; de quoi noter."
                .to_owned(),
        }],
        marks: Marks::default(),
    }
}
