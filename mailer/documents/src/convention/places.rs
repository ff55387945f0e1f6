//! Where the codes and the boxes to sign in stand on the paper, for those who
//! look for them on a scan.

use super::closing::{BOX_GAP, BOX_HEIGHT, BOX_TOP, EARLIER_CODE_TOP, LAST_CODE_TOP};
use super::heading::TOP;
use super::layout::{CODE, MARGIN, MEASURE};
use crate::paper::sheet::{HEIGHT, MM, WIDTH};

/// A rectangle on a page, in millimetres from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Its left edge.
    pub x: f32,
    /// Its upper edge.
    pub y: f32,
    /// How wide it is.
    pub width: f32,
    /// How high it is.
    pub height: f32,
}

/// Of a box: what is printed at its top and its bottom, and its edges.
const LABEL: f32 = 13.0 * MM;
const DATE: f32 = 6.5 * MM;
const EDGE: f32 = 1.5 * MM;

/// The page.
pub fn page() -> Place {
    place(0.0, 0.0, WIDTH, HEIGHT)
}

/// The modules of the code at the top right of every page.
pub fn first_code() -> Place {
    place(WIDTH - MARGIN - CODE, TOP, CODE, CODE)
}

/// The modules of the code at the bottom left: above the boxes, on the page that has them.
pub fn second_code(with_boxes: bool) -> Place {
    place(MARGIN, if with_boxes { LAST_CODE_TOP } else { EARLIER_CODE_TOP }, CODE, CODE)
}

/// Of the page to sign, the room that the four boxes leave to sign in: school of
/// origin, guardian, pupil, host.
pub fn signing_rooms() -> [Place; 4] {
    let width = (MEASURE - 3.0 * BOX_GAP) / 4.0;
    [0.0, 1.0, 2.0, 3.0].map(|box_at| {
        let x = MARGIN + box_at * (width + BOX_GAP);
        place(x + EDGE, BOX_TOP + LABEL, width - 2.0 * EDGE, BOX_HEIGHT - LABEL - DATE)
    })
}

/// In points, as the layout counts.
fn place(x: f32, y: f32, width: f32, height: f32) -> Place {
    Place { x: x / MM, y: y / MM, width: width / MM, height: height / MM }
}
