//! The kinds of damage that are told apart.

use super::chance::Chance;
use documents::convention::places::{first_code, second_code};

use super::damage::{
    blotted, copied, folded, shadowed, signed, smeared, stamped, stapled, unevenly_lit,
};
use super::files::{self, Pixels};
use super::prints::Print;
use super::sheet::Sheet;

/// A kind of page: its name, and how a print becomes a file.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    make: fn(&mut Sheet, bool, &mut Chance) -> File,
}

/// A page in the file in which it is sent.
enum File {
    Pdf(Box<Pixels>),
    Other(Vec<u8>),
}

impl Kind {
    /// The file of this print; the same for the same print, kind and seed.
    pub(crate) fn file(&self, print: &Print, seed: u64) -> Vec<u8> {
        let mut chance = Chance(seed);
        let mut sheet = print.sheet.clone();
        if print.last {
            signed(&mut sheet, &mut chance);
        }
        match (self.make)(&mut sheet, print.last, &mut chance) {
            File::Pdf(pixels) => files::pdf(vec![*pixels]),
            File::Other(bytes) => bytes,
        }
    }
}

/// The glass of a scanner: a little askew, a little noise.
fn glass(sheet: &Sheet, dots: f32, chance: &mut Chance) -> Sheet {
    let askew = chance.between(-0.8, 0.8);
    under(sheet, dots, askew, chance)
}

fn under(sheet: &Sheet, dots: f32, askew: f32, chance: &mut Chance) -> Sheet {
    let mut scan = sheet.scanned(dots, askew);
    scan.noisy(4.0, 0.000_05, chance);
    scan
}

fn in_grey(sheet: &Sheet, quality: u8) -> File {
    File::Pdf(Box::new(files::in_grey(sheet, quality)))
}

pub(crate) const KINDS: [Kind; 20] = [
    Kind { name: "150 dpi, JPEG q75", make: |it, _, by| in_grey(&glass(it, 150.0, by), 75) },
    Kind { name: "200 dpi, JPEG q75", make: |it, _, by| in_grey(&glass(it, 200.0, by), 75) },
    Kind { name: "300 dpi, PNG", make: |it, _, by| File::Other(files::png(&glass(it, 300.0, by))) },
    Kind { name: "turned by 90, 180 or 270°", make: turned },
    Kind { name: "askew up to 7°", make: askew },
    Kind { name: "noise", make: noisy },
    Kind { name: "shadow", make: shadow },
    Kind { name: "stamps and ink, over a code too", make: smear },
    Kind { name: "150 dpi, JPEG q40", make: |it, _, by| in_grey(&glass(it, 150.0, by), 40) },
    Kind { name: "CCITT G4, PDF and TIFF", make: group4 },
    Kind { name: "JBIG2 (generic region, MMR)", make: jbig2 },
    Kind { name: "photocopied twice", make: twice },
    Kind { name: "corner folded over a code", make: fold },
    Kind { name: "phone, perspective, uneven light", make: phone },
    Kind { name: "coloured paper", make: coloured },
    Kind { name: "staple through a code", make: staple },
    Kind { name: "all at once: copied, askew, stamped, 150 dpi, q40", make: worst },
    Kind { name: "beyond: ink and a stamp over both codes", make: both },
    Kind { name: "beyond: photocopied five times", make: worn },
    Kind { name: "beyond: 75 dpi, G4", make: coarse },
];

/// How many kinds a person can read well; those after them tell where reading ends.
pub(crate) const LEGIBLE: usize = 17;

fn turned(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let mut scan = glass(sheet, 200.0, chance);
    for _ in 0..=chance.one_of(3) {
        scan = scan.turned();
    }
    in_grey(&scan, 75)
}

fn askew(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let most = chance.between(2.0, 7.0);
    let degrees = if chance.share() < 0.5 { most } else { -most };
    in_grey(&under(sheet, 200.0, degrees, chance), 75)
}

fn noisy(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let mut scan = glass(sheet, 200.0, chance);
    scan.noisy(chance.between(18.0, 34.0), 0.01, chance);
    in_grey(&scan, 70)
}

fn shadow(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let mut scan = glass(sheet, 200.0, chance);
    shadowed(&mut scan, chance);
    in_grey(&scan, 75)
}

fn smear(sheet: &mut Sheet, last: bool, chance: &mut Chance) -> File {
    smeared(sheet, last, chance);
    in_grey(&glass(sheet, 200.0, chance), 75)
}

fn group4(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let scan = glass(sheet, 200.0, chance);
    if chance.share() < 0.5 {
        File::Other(files::tiff(&[scan]))
    } else {
        File::Pdf(Box::new(files::in_group4(&scan)))
    }
}

fn jbig2(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    File::Pdf(Box::new(files::in_jbig2(&glass(sheet, 200.0, chance))))
}

fn twice(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let copy = copied(&copied(sheet, chance), chance);
    in_grey(&glass(&copy, 200.0, chance), 75)
}

fn fold(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    folded(sheet, chance);
    in_grey(&glass(sheet, 200.0, chance), 75)
}

fn phone(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let mut photograph = sheet.photographed(230.0, chance).softened(0.6);
    unevenly_lit(&mut photograph, chance);
    photograph.noisy(6.0, 0.0, chance);
    File::Other(files::jpeg(&photograph, 80))
}

fn coloured(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let tints = [[0.98, 0.62, 0.66], [0.60, 0.80, 0.62], [0.98, 0.90, 0.45], [0.55, 0.70, 0.95]];
    let tint = tints[chance.one_of(tints.len())];
    File::Pdf(Box::new(files::tinted(&glass(sheet, 200.0, chance), tint)))
}

fn staple(sheet: &mut Sheet, last: bool, chance: &mut Chance) -> File {
    stapled(sheet, last, chance);
    in_grey(&glass(sheet, 200.0, chance), 75)
}

fn worst(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let middle = (chance.between(30.0, 190.0), chance.between(20.0, 280.0));
    stamped(sheet, middle, chance);
    let copy = copied(sheet, chance);
    let askew = chance.between(-4.0, 4.0);
    in_grey(&under(&copy, 150.0, askew, chance), 40)
}

fn both(sheet: &mut Sheet, last: bool, chance: &mut Chance) -> File {
    for code in [first_code(), second_code(last)] {
        blotted(sheet, code, chance);
    }
    in_grey(&glass(sheet, 200.0, chance), 75)
}

fn worn(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    let mut copy = copied(sheet, chance);
    for _ in 1..5 {
        copy = copied(&copy, chance);
    }
    in_grey(&glass(&copy, 150.0, chance), 60)
}

fn coarse(sheet: &mut Sheet, _: bool, chance: &mut Chance) -> File {
    File::Pdf(Box::new(files::in_group4(&glass(sheet, 75.0, chance))))
}
