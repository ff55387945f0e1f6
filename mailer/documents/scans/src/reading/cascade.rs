//! One way of looking for codes after another, the cheapest first, until one
//! of our form is found.

use super::codes::{Binary, Found, all, one};
use super::raster::{Raster, USUAL};
use crate::grey::Grey;

/// Finer than usual, for pages of small or worn codes.
const FINE: f32 = 300.0;

/// The codes of our form on a page; `usual` is the page at [`USUAL`].
pub(super) fn codes(raster: &Raster, usual: &Grey) -> Vec<Found> {
    let quick = first(&QUICK, usual, 1.0);
    if !quick.is_empty() {
        return quick;
    }
    let corners = in_corners(usual);
    if !corners.is_empty() {
        return corners;
    }
    let fine = raster.at(FINE).grey;
    first(&THOROUGH, &fine, USUAL / FINE)
}

/// A way of looking at a picture.
type Look = fn(&Grey) -> Vec<Found>;

/// The blur is what makes the difference: it closes what printers and
/// scanners tear.
const QUICK: [Look; 5] = [
    |grey| all(&grey.blurred(), Binary::Local),
    |grey| all(grey, Binary::Local),
    |grey| halves(&grey.blurred()),
    |grey| all(&grey.blurred().thresholded(24, 12), Binary::Global),
    |grey| all(&grey.blurred().blurred(), Binary::Local),
];

const THOROUGH: [Look; 6] = [
    |grey| all(&grey.blurred(), Binary::Local),
    |grey| all(&grey.blurred().blurred().thresholded(36, 8), Binary::Global),
    |grey| all(&grey.blurred().levelled(40), Binary::Local),
    |grey| all(&grey.blurred().blurred().blurred(), Binary::Local),
    |grey| all(&grey.blurred(), Binary::Global),
    |grey| one(&grey.blurred()).into_iter().collect(),
];

fn first(looks: &[Look], grey: &Grey, scale: f32) -> Vec<Found> {
    let mut found = looks.iter().map(|look| look(grey)).skip_while(Vec::is_empty);
    let found = found.next().unwrap_or_default();
    found.into_iter().map(|code| code.within(0, 0, scale)).collect()
}

fn halves(grey: &Grey) -> Vec<Found> {
    all(&grey.halved(), Binary::Local).into_iter().map(|code| code.within(0, 0, 2.0)).collect()
}

/// The other algorithm, in each corner of the page: it stops at the first code.
fn in_corners(grey: &Grey) -> Vec<Found> {
    let blurred = grey.blurred();
    let (width, height) = (grey.width * 45 / 100, grey.height * 40 / 100);
    let (right, low) = (grey.width - width, grey.height - height);
    let mut found = Vec::new();
    for (left, top) in [(right, 0), (0, low), (0, 0), (right, low)] {
        let corner = blurred.part(left, top, width, height);
        found.extend(one(&corner).map(|code| code.within(left, top, 1.0)));
    }
    found
}
