//! Writes a sample list of the day: `cargo run -p documents --example day_list -- list.pdf`.

use documents::Colour;
use documents::convention::Letterhead;
use documents::day_list::{DayList, Expected, Slot, render};
use jiff::civil::{date, time};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("where to? give the path of the PDF to write")?;
    std::fs::write(path, render(&sample())?)?;
    Ok(())
}

fn sample() -> DayList {
    let pupil = |name: &str, school: &str, remark: Option<&str>| Expected {
        name: name.to_owned(),
        school: school.to_owned(),
        remark: remark.map(str::to_owned),
    };
    let slot = |formation: &str, from: i8, room: &str, pupils: Vec<Expected>| Slot {
        formation: formation.to_owned(),
        starts: time(from, 15, 0, 0),
        ends: time(from + 3, 0, 0, 0),
        room: Some(room.to_owned()),
        teacher: Some("M. Péraud".to_owned()),
        pupils,
    };
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
            slot(
                "CAP Composites, plastiques chaudronnés",
                9,
                "Atelier C2",
                vec![
                    pupil("BERTHIER Zoé", "Collège de la Colline, Angers", None),
                    pupil(
                        "DA SILVA Noé",
                        "Collège Jean-Rostand, Trélazé",
                        Some("Convention non reçue"),
                    ),
                    pupil("HAMDI Lina", "Collège de la Colline, Angers", None),
                    pupil("LE GOFF Malo", "Collège Saint-Aubin, Les Ponts-de-Cé", None),
                ],
            ),
            slot(
                "BAC PRO Métiers de l’accueil",
                13,
                "B104",
                vec![
                    pupil("NGUYEN Théo", "Collège Montaigne, Angers", None),
                    pupil("MARTIN Inès", "Collège Jean-Rostand, Trélazé", None),
                ],
            ),
        ],
    }
}
