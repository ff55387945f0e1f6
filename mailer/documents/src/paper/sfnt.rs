//! The few tables of our own TrueType faces that layout and embedding need.
//!
//! Only files of `fonts/` come here, never a file from outside; every read is
//! still checked, so a wrong table gives `None`, not a panic.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Tables a font needs inside a PDF, in the order of their tags.
const EMBEDDED: [[u8; 4]; 6] = [*b"glyf", *b"head", *b"hhea", *b"hmtx", *b"loca", *b"maxp"];

/// What layout needs to know of a face, in thousandths of an em.
#[derive(Debug)]
pub(crate) struct Metrics {
    glyphs: BTreeMap<char, u16>,
    advances: Vec<i32>,
    kerns: HashMap<(u16, u16), i32>,
}

impl Metrics {
    pub(crate) fn read(font: &[u8]) -> Option<Self> {
        let units = i32::from(u16_at(table(font, *b"head")?, 18)?);
        let advances = advances(font)?
            .into_iter()
            // The engine writes widths rounded down; layout must agree with it.
            .map(|advance| i32::from(advance) * 1000 / units)
            .collect();
        let kerns = kerns(font)?
            .into_iter()
            .map(|(pair, value)| (pair, i32::from(value) * 1000 / units))
            .collect();
        Some(Self { glyphs: characters(table(font, *b"cmap")?)?, advances, kerns })
    }

    pub(crate) fn has(&self, character: char) -> bool {
        self.glyphs.contains_key(&character)
    }

    pub(crate) fn glyph(&self, character: char) -> u16 {
        self.glyphs.get(&character).copied().unwrap_or(0)
    }

    pub(crate) fn advance(&self, character: char) -> i32 {
        self.advances.get(usize::from(self.glyph(character))).copied().unwrap_or(0)
    }

    pub(crate) fn kern(&self, first: char, second: char) -> i32 {
        self.kerns.get(&(self.glyph(first), self.glyph(second))).copied().unwrap_or(0)
    }

    #[cfg(test)]
    pub(crate) fn characters(&self) -> impl Iterator<Item = char> {
        self.glyphs.keys().copied()
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn i16_at(bytes: &[u8], at: usize) -> Option<i16> {
    Some(i16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn usize_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

fn table(font: &[u8], tag: [u8; 4]) -> Option<&[u8]> {
    let count = usize::from(u16_at(font, 4)?);
    let entry =
        font.get(12..12 + count * 16)?.chunks_exact(16).find(|entry| entry.starts_with(&tag))?;
    let start = usize_at(entry, 8)?;
    font.get(start..start + usize_at(entry, 12)?)
}

fn advances(font: &[u8]) -> Option<Vec<u16>> {
    let glyphs = usize::from(u16_at(table(font, *b"maxp")?, 4)?);
    let measured = usize::from(u16_at(table(font, *b"hhea")?, 34)?);
    let widths = table(font, *b"hmtx")?;
    (0..glyphs).map(|glyph| u16_at(widths, glyph.min(measured.checked_sub(1)?) * 4)).collect()
}

/// The characters of a cmap of format 4 and their glyphs.
fn characters(cmap: &[u8]) -> Option<BTreeMap<char, u16>> {
    let part = cmap.get(usize_at(cmap, 8)?..)?;
    if u16_at(part, 0)? != 4 {
        return None;
    }
    let segments = usize::from(u16_at(part, 6)?) / 2;
    let mut found = BTreeMap::new();
    for segment in 0..segments {
        let row = |column: usize| 14 + 2 * segment + column * 2 * segments;
        let end = u16_at(part, row(0))?;
        let start = u16_at(part, row(1) + 2)?;
        let delta = u16_at(part, row(2) + 2)?;
        let offset_at = row(3) + 2;
        let offset = usize::from(u16_at(part, offset_at)?);
        for code in start..=end.min(0xfffe) {
            let glyph = if offset == 0 {
                code.wrapping_add(delta)
            } else {
                let raw = u16_at(part, offset_at + offset + 2 * usize::from(code - start))?;
                if raw == 0 { 0 } else { raw.wrapping_add(delta) }
            };
            if let (Some(character), true) = (char::from_u32(u32::from(code)), glyph != 0) {
                found.insert(character, glyph);
            }
        }
    }
    Some(found)
}

/// The pairs of the first subtable of `kern`.
fn kerns(font: &[u8]) -> Option<HashMap<(u16, u16), i16>> {
    let kern = table(font, *b"kern")?;
    let pairs = usize::from(u16_at(kern, 10)?);
    kern.get(18..18 + pairs * 6)?
        .chunks_exact(6)
        .map(|pair| Some(((u16_at(pair, 0)?, u16_at(pair, 2)?), i16_at(pair, 4)?)))
        .collect()
}

/// A copy of the font in which only these glyphs still have an outline. Glyph
/// numbers stay as they are, so nothing that refers to them changes.
pub(crate) fn with_only(font: &[u8], used: &BTreeSet<u16>) -> Option<Vec<u8>> {
    let outlines = Outlines::of(font)?;
    let kept = outlines.closure(used)?;
    let (glyf, loca) = outlines.rebuilt(&kept)?;
    let mut tables = Vec::new();
    for tag in EMBEDDED {
        let data = match &tag {
            b"glyf" => glyf.clone(),
            b"loca" => loca.clone(),
            b"head" => long_offsets(table(font, tag)?)?,
            _ => table(font, tag)?.to_vec(),
        };
        tables.push((tag, data));
    }
    assemble(&tables)
}

/// `head` with its checksum cleared and glyph offsets declared long.
fn long_offsets(head: &[u8]) -> Option<Vec<u8>> {
    let mut head = head.to_vec();
    head.get_mut(8..12)?.fill(0);
    head.get_mut(50..52)?.copy_from_slice(&1u16.to_be_bytes());
    Some(head)
}

struct Outlines<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    long: bool,
    count: u16,
}

impl<'a> Outlines<'a> {
    fn of(font: &'a [u8]) -> Option<Self> {
        Some(Self {
            glyf: table(font, *b"glyf")?,
            loca: table(font, *b"loca")?,
            long: u16_at(table(font, *b"head")?, 50)? == 1,
            count: u16_at(table(font, *b"maxp")?, 4)?,
        })
    }

    fn offset(&self, index: usize) -> Option<usize> {
        if self.long {
            usize_at(self.loca, index * 4)
        } else {
            Some(usize::from(u16_at(self.loca, index * 2)?) * 2)
        }
    }

    fn glyph(&self, glyph: u16) -> Option<&'a [u8]> {
        let index = usize::from(glyph);
        self.glyf.get(self.offset(index)?..self.offset(index + 1)?)
    }

    /// These glyphs, `.notdef`, and the glyphs they are composed of.
    fn closure(&self, used: &BTreeSet<u16>) -> Option<BTreeSet<u16>> {
        let mut kept = BTreeSet::from([0]);
        let mut waiting: Vec<u16> = used.iter().copied().collect();
        while let Some(glyph) = waiting.pop() {
            if kept.insert(glyph) {
                waiting.extend(components(self.glyph(glyph)?)?);
            }
        }
        Some(kept)
    }

    fn rebuilt(&self, kept: &BTreeSet<u16>) -> Option<(Vec<u8>, Vec<u8>)> {
        let (mut glyf, mut loca) = (Vec::new(), Vec::new());
        for glyph in 0..self.count {
            loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
            if kept.contains(&glyph) {
                glyf.extend(self.glyph(glyph)?);
                glyf.resize(glyf.len().next_multiple_of(4), 0);
            }
        }
        loca.extend(u32::try_from(glyf.len()).ok()?.to_be_bytes());
        Some((glyf, loca))
    }
}

/// The glyphs that a composite glyph refers to; none for a simple one.
fn components(outline: &[u8]) -> Option<Vec<u16>> {
    if outline.is_empty() || i16_at(outline, 0)? >= 0 {
        return Some(Vec::new());
    }
    let (mut found, mut at) = (Vec::new(), 10);
    loop {
        let flags = u16_at(outline, at)?;
        found.push(u16_at(outline, at + 2)?);
        let arguments = if flags & 0x1 == 0 { 2 } else { 4 };
        let scale = match flags & 0xc8 {
            0x08 => 2,
            0x40 => 4,
            0x80 => 8,
            _none => 0,
        };
        at += 4 + arguments + scale;
        if flags & 0x20 == 0 {
            return Some(found);
        }
    }
}

fn assemble(tables: &[([u8; 4], Vec<u8>)]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok()?;
    let power = count.ilog2();
    let range = 16u16 << power;
    let mut font = vec![0, 1, 0, 0];
    for field in [count, range, u16::try_from(power).ok()?, count * 16 - range] {
        font.extend(field.to_be_bytes());
    }
    let mut start = 12 + tables.len() * 16;
    for (tag, data) in tables {
        font.extend(tag);
        for field in [checksum(data), u32::try_from(start).ok()?, u32::try_from(data.len()).ok()?] {
            font.extend(field.to_be_bytes());
        }
        start += data.len().next_multiple_of(4);
    }
    for (_, data) in tables {
        font.extend(data);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xb1b0_afba_u32.wrapping_sub(checksum(&font));
    let head = font.get(12..)?.chunks_exact(16).find(|entry| entry.starts_with(b"head"))?;
    let at = usize_at(head, 8)? + 8;
    font.get_mut(at..at + 4)?.copy_from_slice(&adjustment.to_be_bytes());
    Some(font)
}

fn checksum(data: &[u8]) -> u32 {
    data.chunks(4).fold(0, |sum: u32, word| {
        let mut padded = [0; 4];
        padded.iter_mut().zip(word).for_each(|(to, from)| *to = *from);
        sum.wrapping_add(u32::from_be_bytes(padded))
    })
}
