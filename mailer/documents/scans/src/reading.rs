//! What is read on a page.

mod cascade;
mod codes;
mod ink;
mod picture;
mod raster;

use serde::{Deserialize, Serialize};

use crate::Stack;
use crate::split::extracted;
use codes::Found;
use raster::Raster;

/// Which of the four boxes of a convention bear ink. A hint, never a proof: a
/// stain is ink too, and so is a signature that was printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "four boxes, each with or without ink")]
pub struct BoxesInk {
    /// The school of origin.
    pub origin: bool,
    /// The guardian.
    pub guardian: bool,
    /// The pupil.
    pub pupil: bool,
    /// The host.
    pub host: bool,
}

/// A page, as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageReading {
    /// Every distinct text of the page's codes that has the form of ours: one,
    /// unless sheets lay over one another. Whether we made it is for the key to say.
    pub found: Vec<String>,
    /// Nothing is on the page.
    pub blank: bool,
    /// The boxes with ink; nothing when the page has none or they are not surely known.
    pub ink: Option<BoxesInk>,
    /// How often the page is to be turned clockwise by a quarter to be upright;
    /// none when no code told.
    pub turned: u8,
    /// The page upright, a JPEG of 60 kB at most to show to a person; empty when
    /// the page cannot be drawn.
    #[serde(with = "crate::child::base64_bytes")]
    pub picture: Vec<u8>,
    /// The page as it lay, a JPEG large enough to read print on; only where no
    /// code was found, and something else was.
    #[serde(with = "crate::child::base64_bytes")]
    pub print: Vec<u8>,
}

/// Reads a page, counted from 0; nothing if there is no such page. What is read
/// is what [`crate::split`] makes of the page, so that what is filed is what was read.
pub fn read_page(stack: &Stack, page: usize) -> Option<PageReading> {
    if page >= stack.pages() {
        return None;
    }
    let raster = extracted(stack, &[page]).ok().and_then(Raster::of);
    Some(raster.map_or_else(unreadable, |raster| read(&raster)))
}

/// A page that cannot be drawn: never blank, so that somebody looks.
fn unreadable() -> PageReading {
    PageReading {
        found: Vec::new(),
        blank: false,
        ink: None,
        turned: 0,
        picture: Vec::new(),
        print: Vec::new(),
    }
}

fn read(raster: &Raster) -> PageReading {
    let seen = raster.at(raster::USUAL);
    let blank = seen.whole && ink::is_blank(&seen.grey);
    let codes = if blank { Vec::new() } else { cascade::codes(raster, &seen.grey) };
    let turned = codes.first().map_or(0, Found::turned);
    let mut found: Vec<String> = Vec::new();
    for code in &codes {
        if !found.contains(&code.text) {
            found.push(code.text.clone());
        }
    }
    let ink = if found.len() == 1 { ink::boxes(&seen.grey, &codes) } else { None };
    let print = if found.is_empty() && !blank { picture::to_read(&seen.grey) } else { Vec::new() };
    let picture = picture::of(&seen.grey.turned(turned));
    PageReading { found, blank, ink, turned, picture, print }
}
