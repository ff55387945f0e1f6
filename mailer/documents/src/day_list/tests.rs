//! Whatever is written in it, a list stays on its paper.

use jiff::civil::{date, time};
use proptest::prelude::*;

use super::layout::laid_out;
use super::*;
use crate::paper::Colour;
use crate::paper::face::Faces;

fn filled_with(text: &str) -> DayList {
    let pupil =
        Expected { name: text.to_owned(), school: text.to_owned(), remark: Some(text.to_owned()) };
    let slot = Slot {
        formation: text.to_owned(),
        starts: time(9, 15, 0, 0),
        ends: time(12, 0, 0, 0),
        room: Some(text.to_owned()),
        teacher: Some(text.to_owned()),
        pupils: vec![pupil; 4],
    };
    DayList {
        letterhead: Letterhead {
            name: text.to_owned(),
            tagline: None,
            logo: None,
            colour: Colour::BRAND,
        },
        host: text.to_owned(),
        date: date(2027, 1, 13),
        issued: date(2027, 1, 12),
        slots: vec![slot; 3],
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_text_anywhere_stays_tidy(text in "\\PC{0,400}") {
        let faces = Faces::load().unwrap();

        let sheets = laid_out(&filled_with(&text)).unwrap();

        prop_assert_eq!(sheets.overflow(faces), None);
        prop_assert_eq!(sheets.collision(faces), None);
    }
}
