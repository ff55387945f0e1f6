//! A convention as schools make them, with a logo, a signature and a stamp.

use std::io::Cursor;

use documents::Colour;
use documents::convention::{
    ConventionContent, Guardian, Hand, Letterhead, Mark, Marks, Note, Placement, Pupil, School,
    Signatory, Signing, Verification,
};
use documents::picture::{self, Picture};
use image::{ImageFormat, Rgba, RgbaImage};
use jiff::civil::{date, time};

/// The key of the samples.
pub(crate) const KEY: &[u8] = b"a key for samples only";

/// Everything known, nothing stored yet: fits on one page.
pub(crate) fn convention() -> ConventionContent {
    ConventionContent {
        reference: documents::codes::reference_of([42; 16]),
        issued: date(2026, 12, 4),
        print: 1,
        letterhead: Letterhead {
            name: "Lycée des métiers Démo Paul".to_owned(),
            tagline: Some("Plateforme de gestion des stages".to_owned()),
            logo: None,
            colour: Colour::BRAND,
        },
        origin: school("Collège de la Colline", "0491234A", "12 rue des Écoles, 49100 Angers"),
        host: School {
            head: Some("M. Hérault, proviseur".to_owned()),
            ..school(
                "Lycée des métiers Démo Paul",
                "0590121L",
                "3 avenue de l’Atelier, 49000 Angers",
            )
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
        articles: Vec::new(),
        notes: vec![Note {
            title: "À prévoir".to_owned(),
            text: "Chaussures fermées et cheveux attachés dans les ateliers ; de quoi noter."
                .to_owned(),
        }],
        marks: Marks::default(),
    }
}

fn school(name: &str, uai: &str, address: &str) -> School {
    School {
        name: name.to_owned(),
        uai: Some(uai.to_owned()),
        address: Some(address.to_owned()),
        ..School::default()
    }
}

/// The same with the logo of the platform, signed and stamped by both schools.
pub(crate) fn signed() -> ConventionContent {
    let mut content = convention();
    content.letterhead.logo = Some(logo());
    content.marks = Marks {
        origin: Mark { signature: Some(signature(1.0)), stamp: Some(stamp()) },
        host: Mark { signature: Some(signature(1.6)), stamp: None },
        ..Marks::default()
    };
    content
}

#[expect(clippy::expect_used, reason = "the samples are ours")]
fn accepted(pixels: &RgbaImage) -> Picture {
    let mut file = Cursor::new(Vec::new());
    pixels.write_to(&mut file, ImageFormat::Png).expect("a picture in memory is written");
    picture::accept(&file.into_inner()).expect("a small PNG is accepted")
}

fn logo() -> Picture {
    accepted(&RgbaImage::from_fn(200, 200, |x, y| {
        let (dx, dy) = (x.abs_diff(100), y.abs_diff(100));
        let far = dx * dx + dy * dy;
        match far {
            0..=1600 => Rgba([255, 255, 255, 255]),
            1601..=9800 if x > y => Rgba([15, 92, 102, 255]),
            1601..=9800 => Rgba([48, 148, 140, 255]),
            _ => Rgba([0, 0, 0, 0]),
        }
    }))
}

/// A pen stroke in blue.
fn signature(pace: f32) -> Picture {
    let mut pixels = RgbaImage::new(420, 200);
    for step in 0..6000u16 {
        let t = f32::from(step) / 6000.0;
        let x = 30.0 + 360.0 * t + 26.0 * (t * 31.0 * pace).cos();
        let y = 100.0 + 62.0 * (1.0 - t) * (t * 37.0 * pace).sin();
        for (dx, dy) in (0..4).flat_map(|dx| (0..4).map(move |dy| (dx, dy))) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
            pixels.put_pixel(x as u32 + dx, y as u32 + dy, Rgba([24, 42, 120, 255]));
        }
    }
    accepted(&pixels)
}

/// A round stamp in red.
fn stamp() -> Picture {
    accepted(&RgbaImage::from_fn(240, 240, |x, y| {
        let (dx, dy) = (x.abs_diff(120), y.abs_diff(120));
        let far = dx * dx + dy * dy;
        let ring = (11_600..=13_400).contains(&far) || (6_700..=7_400).contains(&far);
        let words = dy < 26 && dx < 60 && y % 14 < 6;
        if ring || words { Rgba([160, 30, 40, 230]) } else { Rgba([0, 0, 0, 0]) }
    }))
}

/// All four signed online: three drew, one typed a name; the host has a stamp.
pub(crate) fn signing() -> Signing {
    let drawn = |pace: f32| Hand::Drawn(signature(pace));
    let mail = "Lien personnel, puis code reçu à l'adresse";
    Signing {
        origin: Some(Signatory {
            capacity: Some("principale".to_owned()),
            ..signatory("Mme Fournier", drawn(1.0), "2026-12-05T08:12:44Z", mail)
        }),
        guardian: Some(Signatory {
            method: "Lien personnel, puis code reçu au 06 ·· ·· ·· 78".to_owned(),
            ..signatory("BERTHIER Sophie", drawn(1.6), "2026-12-04T18:03:10Z", mail)
        }),
        pupil: Some(signatory(
            "BERTHIER Zoé",
            Hand::Typed("Zoé Berthier".to_owned()),
            "2026-12-04T18:20:00Z",
            mail,
        )),
        host: Some(signatory("M. Hérault", drawn(2.2), "2026-12-07T09:00:31Z", mail)),
        verification: Verification {
            address: "https://stages.example.fr/verifier".to_owned(),
            code: "7F3K-92QD-5TBW".to_owned(),
            link: "https://stages.example.fr/verifier#C-7F3K-92QD-5TBW/7F3K-92QD".to_owned(),
        },
    }
}

#[expect(clippy::expect_used, reason = "the samples are ours")]
fn signatory(name: &str, hand: Hand, at: &str, method: &str) -> Signatory {
    Signatory {
        name: name.to_owned(),
        capacity: None,
        hand,
        at: at.parse().expect("an instant"),
        address: "203.0.113.×".to_owned(),
        method: format!("{method} {}", "s…@example.fr"),
        earlier: false,
        document: [0x5a; 32],
    }
}

/// Signed online, with the stamp of the host beside its signature.
pub(crate) fn stamped() -> ConventionContent {
    let mut content = convention();
    content.letterhead.logo = Some(logo());
    content.marks.host.stamp = Some(stamp());
    content.marks.origin.stamp = Some(stamp());
    content
}
