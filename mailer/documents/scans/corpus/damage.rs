//! What people and machines do to a sheet.

use documents::convention::places::{Place, first_code, second_code, signing_rooms};

use super::chance::Chance;
use super::sheet::Sheet;

/// A signature in each box, of a pen that is never twice the same.
pub(crate) fn signed(sheet: &mut Sheet, chance: &mut Chance) {
    for room in signing_rooms() {
        scribble(sheet, room, chance);
    }
}

fn scribble(sheet: &mut Sheet, room: Place, chance: &mut Chance) {
    let (pace, phase) = (chance.between(18.0, 34.0), chance.between(0.0, 6.0));
    let points: Vec<(f32, f32)> = (0..80_u8)
        .map(|step| {
            let t = f32::from(step) / 79.0;
            let x = room.x + room.width * (0.1 + 0.75 * t) + 2.0 * (t * pace + phase).cos();
            let swing = room.height * 0.4 * (1.0 - 0.6 * t) * (t * pace * 1.3 + phase).sin();
            (x, room.y + room.height / 2.0 + swing)
        })
        .collect();
    sheet.stroke(&points, chance.between(0.4, 0.8), chance.between(20.0, 90.0));
}

/// A round stamp, half wet, with its middle here.
pub(crate) fn stamped(sheet: &mut Sheet, (x, y): (f32, f32), chance: &mut Chance) {
    let shade = chance.between(70.0, 140.0);
    for (radius, thick) in [(16.0, 0.9), (11.0, 0.5)] {
        let ring: Vec<(f32, f32)> = (0..=90_u8)
            .map(|step| f32::from(step) * 4.0)
            .map(|angle| angle.to_radians().sin_cos())
            .map(|(sin, cos)| (x + radius * cos, y + radius * sin))
            .collect();
        sheet.stroke(&ring, thick, shade);
    }
}

/// Stamps and ink over the text, and over one of the two codes.
pub(crate) fn smeared(sheet: &mut Sheet, last: bool, chance: &mut Chance) {
    let hit = one_code(last, chance);
    blotted(sheet, hit, chance);
    let free = (chance.between(30.0, 180.0), chance.between(90.0, 170.0));
    stamped(sheet, free, chance);
}

/// A stamp and a pen across this place.
pub(crate) fn blotted(sheet: &mut Sheet, hit: Place, chance: &mut Chance) {
    let middle = (hit.x + hit.width * chance.share(), hit.y + hit.height * chance.share());
    stamped(sheet, middle, chance);
    scribble(sheet, hit, chance);
}

fn one_code(last: bool, chance: &mut Chance) -> Place {
    if chance.share() < 0.5 { first_code() } else { second_code(last) }
}

/// A staple and its shadow across a code, and the rust of another.
pub(crate) fn stapled(sheet: &mut Sheet, last: bool, chance: &mut Chance) {
    let code = one_code(last, chance);
    for _ in 0..2 {
        let (x, y) = (code.x + code.width * chance.share(), code.y + code.height * chance.share());
        let (sin, cos) = chance.between(-60.0, 60.0).to_radians().sin_cos();
        let (dx, dy) = (cos * 6.0, sin * 6.0);
        sheet.stroke(&[(x - dx, y - dy), (x + dx, y + dy)], 0.9, 60.0);
        sheet.stroke(&[(x - dx, y - dy + 0.7), (x + dx, y + dy + 0.7)], 0.4, 150.0);
        sheet.dot((x + dx, y + dy), 1.8, 70.0);
    }
}

/// The top right corner folded over its code: the white back of the sheet and a shadow.
pub(crate) fn folded(sheet: &mut Sheet, chance: &mut Chance) {
    let reach = chance.between(45.0, 70.0);
    let beyond = |x: f32, y: f32| (210.0 - x) + y;
    sheet.cover(120.0, |x, y| beyond(x, y) < reach + 1.2);
    sheet.cover(235.0, |x, y| beyond(x, y) < reach);
    sheet.cover(60.0, |x, y| beyond(x, y) < reach / 2.0);
}

/// Once through a photocopier: softer, harder in contrast, with specks, a
/// little larger and askew.
pub(crate) fn copied(sheet: &Sheet, chance: &mut Chance) -> Sheet {
    let mut copy = sheet.softened(chance.between(1.0, 1.8));
    let (threshold, gain) = (chance.between(130.0, 165.0), chance.between(2.0, 3.5));
    copy.shaded(|shade, _, _| 128.0 + (shade - threshold) * gain);
    copy.noisy(14.0, 0.0008, chance);
    copy.scanned(copy.dots, chance.between(-1.0, 1.0))
}

/// The dark along the back of a book, and a light that falls off.
pub(crate) fn shadowed(sheet: &mut Sheet, chance: &mut Chance) {
    let (edge, depth) = (chance.between(0.0, 1.0), chance.between(0.45, 0.7));
    let fall = chance.between(0.0, 0.35);
    sheet.shaded(|shade, x, y| {
        let near = 1.0 - ((x - edge).abs() * 3.0).min(1.0);
        shade * (1.0 - depth * near) * (1.0 - fall * y)
    });
}

/// The light of a room on a sheet held under a phone.
pub(crate) fn unevenly_lit(sheet: &mut Sheet, chance: &mut Chance) {
    let (x0, y0) = (chance.share(), chance.share());
    let (fall, low) = (chance.between(0.3, 0.6), chance.between(0.8, 0.95));
    sheet.shaded(|shade, x, y| shade * low * (1.0 - fall * (x - x0).hypot(y - y0)));
}
