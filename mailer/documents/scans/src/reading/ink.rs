//! Whether there is anything on a page, and in its boxes.

use documents::convention::places::{self, Place};

use super::BoxesInk;
use super::codes::Found;
use crate::grey::Grey;

/// How much darker than the paper a mark is, shades.
const DARKER: u8 = 60;
/// Of a thousand pixels, the most marks on a blank page.
const BLANK: usize = 1;
/// Of a thousand pixels of a box, the fewest marks of a signature.
const SIGNED: usize = 6;

/// Whether nothing is on the page, its edges left out: scanners darken them.
pub(super) fn is_blank(page: &Grey) -> bool {
    let (left, top) = (page.width / 25, page.height / 25);
    let inside = page.part(left, top, page.width - 2 * left, page.height - 2 * top);
    let paper = inside.shade_at(500);
    let marks = inside.pixels.iter().filter(|&&pixel| pixel.saturating_add(DARKER) < paper).count();
    // An all black page is a fault of the scanner: somebody must look.
    paper > 100 && marks * 1000 < inside.pixels.len() * BLANK
}

/// The boxes with ink, when the code above them tells where they are.
pub(super) fn boxes(page: &Grey, codes: &[Found]) -> Option<BoxesInk> {
    let (first, second) = both(codes)?;
    let plane = Plane::through(first, second)?;
    let [origin, guardian, pupil, host] =
        places::signing_rooms().map(|room| plane.marks(page, room).map(|marks| marks >= SIGNED));
    Some(BoxesInk { origin: origin?, guardian: guardian?, pupil: pupil?, host: host? })
}

/// Both codes of a page: first the one at the top right, as printed.
fn both(codes: &[Found]) -> Option<(&Found, &Found)> {
    let [one, other] = codes else {
        return None;
    };
    // Seen from the second code, the first lies up and to the right.
    let [(left, top), (right, end), ..] = one.corners;
    let across = (right - left, end - top);
    let [(x, y), ..] = other.corners;
    let ahead = (x - left) * across.0 + (y - top) * across.1;
    Some(if ahead > 0.0 { (other, one) } else { (one, other) })
}

/// Where millimetres of the paper are in the pixels of the picture.
struct Plane {
    origin: (f32, f32),
    /// The paper's axes, in pixels a millimetre.
    across: (f32, f32),
    down: (f32, f32),
    from: (f32, f32),
}

impl Plane {
    /// From the second code, corrected by where the first one is.
    fn through(first: &Found, second: &Found) -> Option<Self> {
        let (up, low) = (places::first_code(), places::second_code(true));
        let (there, here) = (middle(&first.corners), middle(&second.corners));
        let (paper_x, paper_y) = (centre(up).0 - centre(low).0, centre(up).1 - centre(low).1);
        let (x, y) = (there.0 - here.0, there.1 - here.1);
        // The rotation and scale that take one line onto the other.
        let length = paper_x * paper_x + paper_y * paper_y;
        let cos = (x * paper_x + y * paper_y) / length;
        let sin = (y * paper_x - x * paper_y) / length;
        let plane = Self { origin: here, across: (cos, sin), down: (-sin, cos), from: centre(low) };
        plane.fits(second, low).then_some(plane)
    }

    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let (x, y) = (x - self.from.0, y - self.from.1);
        (
            self.origin.0 + x * self.across.0 + y * self.down.0,
            self.origin.1 + x * self.across.1 + y * self.down.1,
        )
    }

    /// Whether the corners of a code are where they should be, to a twelfth of its
    /// side: they are not on a page without boxes.
    fn fits(&self, code: &Found, place: Place) -> bool {
        let printed = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let side = (self.across.0.hypot(self.across.1)) * place.width;
        printed.iter().zip(code.corners).all(|(&(x, y), (seen_x, seen_y))| {
            let (x, y) = self.at(place.x + x * place.width, place.y + y * place.height);
            (x - seen_x).hypot(y - seen_y) < side / 12.0
        })
    }

    /// Of a thousand pixels of the room, those that are marked; nothing if it
    /// lies partly outside.
    fn marks(&self, page: &Grey, room: Place) -> Option<usize> {
        const STEPS: u8 = 120;
        let mut shades = Vec::with_capacity(usize::from(STEPS) * usize::from(STEPS));
        for row in 0..STEPS {
            for column in 0..STEPS {
                let along = |step: u8| (f32::from(step) + 0.5) / f32::from(STEPS);
                let place =
                    (room.x + along(column) * room.width, room.y + along(row) * room.height);
                shades.push(shade(page, self.at(place.0, place.1))?);
            }
        }
        let mut sorted = shades.clone();
        sorted.sort_unstable();
        let paper = sorted.get(sorted.len() * 3 / 4).copied()?;
        let marked = shades.iter().filter(|&&shade| shade.saturating_add(DARKER) < paper).count();
        Some(marked * 1000 / shades.len())
    }
}

fn shade(page: &Grey, (x, y): (f32, f32)) -> Option<u8> {
    let (x, y) = (whole(x)?, whole(y)?);
    let inside = x < page.width && y < page.height;
    inside.then(|| page.pixels.get(y * page.width + x).copied()).flatten()
}

/// A coordinate as a place in a row, if it is one.
fn whole(coordinate: f32) -> Option<usize> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is in range")]
    (0.0..65_535.0).contains(&coordinate).then_some(coordinate as usize)
}

fn middle(corners: &[(f32, f32); 4]) -> (f32, f32) {
    let sum = corners.iter().fold((0.0, 0.0), |sum, corner| (sum.0 + corner.0, sum.1 + corner.1));
    (sum.0 / 4.0, sum.1 / 4.0)
}

fn centre(place: Place) -> (f32, f32) {
    (place.x + place.width / 2.0, place.y + place.height / 2.0)
}
