//! The two faces of our documents, Inter regular and semi-bold, and how wide
//! they write.

use std::sync::OnceLock;

use super::sfnt::Metrics;
use crate::fault::RenderFault;

/// One of the two faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Face {
    Regular,
    Strong,
}

impl Face {
    pub(crate) const ALL: [Self; 2] = [Self::Regular, Self::Strong];

    /// The TrueType file of the face.
    pub(crate) fn file(self) -> &'static [u8] {
        match self {
            Self::Regular => include_bytes!("../../fonts/Inter-Regular.ttf"),
            Self::Strong => include_bytes!("../../fonts/Inter-SemiBold.ttf"),
        }
    }

    /// Its name inside a PDF, with the six letters that say « a subset ».
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular => "ESCALE+Inter-Regular",
            Self::Strong => "ESCALE+Inter-SemiBold",
        }
    }
}

/// The metrics of both faces, read once.
#[derive(Debug)]
pub(crate) struct Faces {
    regular: Metrics,
    strong: Metrics,
}

impl Faces {
    pub(crate) fn load() -> Result<&'static Self, RenderFault> {
        static FACES: OnceLock<Option<Faces>> = OnceLock::new();
        FACES
            .get_or_init(|| {
                Some(Self {
                    regular: Metrics::read(Face::Regular.file())?,
                    strong: Metrics::read(Face::Strong.file())?,
                })
            })
            .as_ref()
            .ok_or(RenderFault::Font)
    }

    pub(crate) fn of(&self, face: Face) -> &Metrics {
        match face {
            Face::Regular => &self.regular,
            Face::Strong => &self.strong,
        }
    }

    /// The width of a text in points, kerning included.
    pub(crate) fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        let metrics = self.of(face);
        let mut thousandths = 0;
        let mut before = None;
        for character in text.chars() {
            thousandths += metrics.advance(character);
            thousandths += before.map_or(0, |first| metrics.kern(first, character));
            before = Some(character);
        }
        points(thousandths, size)
    }
}

/// Thousandths of an em in points.
pub(crate) fn points(thousandths: i32, size: f32) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a line is far below 2^24 thousandths")]
    let em = thousandths as f32 / 1000.0;
    em * size
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn both_faces_have_the_same_characters_each_with_its_own_glyph() {
        let faces = Faces::load().unwrap();

        let regular: Vec<char> = faces.of(Face::Regular).characters().collect();
        let strong: Vec<char> = faces.of(Face::Strong).characters().collect();
        let glyphs: BTreeSet<u16> =
            regular.iter().map(|&c| faces.of(Face::Regular).glyph(c)).collect();

        assert_eq!(regular, strong);
        assert_eq!(glyphs.len(), regular.len());
        assert_eq!(regular.len(), 708);
    }

    #[test]
    fn french_and_its_neighbours_are_covered() {
        let faces = Faces::load().unwrap();
        let needed = "abc ÀÂÄÆÇÉÈÊËÎÏÔŒÙÛÜŸàâäæçéèêëîïôœùûüÿ «»’–—…€№°²³½ \u{a0}\u{202f}\
            ğĞıİşŞ ąćęłńóśźżĄĆĘŁŃÓŚŹŻ ășțîâĂȘȚ ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđĐ \
            ñÑãõ ßöü åøØ čďěňřšťůž őű ãẽĩũ kʼ Ə";

        for character in needed.chars() {
            assert!(faces.of(Face::Regular).has(character), "{character:?}");
        }
    }

    #[test]
    fn kerning_draws_letters_together() {
        let faces = Faces::load().unwrap();

        let apart = faces.width(Face::Regular, 10.0, "A") + faces.width(Face::Regular, 10.0, "V");

        assert!(faces.width(Face::Regular, 10.0, "AV") < apart - 0.5);
    }
}
