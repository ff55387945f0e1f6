//! Whatever is written in them, papers stay on their pages.

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::*;
use crate::paper::Colour;
use crate::paper::face::Faces;

fn letterhead(text: &str) -> Letterhead {
    Letterhead { name: text.to_owned(), tagline: None, logo: None, colour: Colour::BRAND }
}

fn visit(text: &str) -> Visit {
    Visit {
        host: text.to_owned(),
        formation: text.to_owned(),
        date: date(2027, 1, 13),
        starts: time(9, 15, 0, 0),
        ends: time(12, 0, 0, 0),
        room: Some(text.to_owned()),
        teacher: Some(text.to_owned()),
    }
}

fn pupil(text: &str) -> Attendee {
    Attendee { name: text.to_owned(), school: text.to_owned(), class: Some(text.to_owned()) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_anywhere_stays_tidy(text in "\\PC{0,300}") {
        let faces = Faces::load().unwrap();
        let sheet = AttendanceSheet {
            letterhead: letterhead(&text),
            issued: date(2027, 1, 12),
            visit: visit(&text),
            pupils: vec![pupil(&text); 6],
        };
        let certificate = AttendanceCertificate {
            letterhead: letterhead(&text),
            issued: date(2027, 1, 14),
            visit: visit(&text),
            host_address: Some(text.clone()),
            host_city: Some(text.clone()),
            pupil: pupil(&text),
            born: Some(date(2012, 5, 9)),
        };

        for sheets in [
            super::sheet::laid_out(&sheet).unwrap(),
            super::certificate::laid_out(&certificate).unwrap(),
        ] {
            prop_assert_eq!(sheets.overflow(faces), None);
            prop_assert_eq!(sheets.collision(faces), None);
        }
    }
}
