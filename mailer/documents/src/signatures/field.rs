//! The signatures that the form of a document holds, and what each covers.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

/// The most fields of a form that are looked at.
const MOST_FIELDS: usize = 5_000;
/// The most signatures of one file that are told.
pub(super) const MOST_SIGNATURES: usize = 16;

/// What one signature covers, and its container.
#[derive(Debug)]
pub(super) struct Covered<'a> {
    /// All that it covers: before its digits, and after.
    pub(super) parts: [&'a [u8]; 2],
    /// Where what it covers ends.
    pub(super) end: usize,
    pub(super) container: Vec<u8>,
}

/// The signatures in the form, in the order of its fields.
pub(super) fn signatures(document: &Document) -> Vec<&Dictionary> {
    let form =
        document.catalog().ok().and_then(|catalog| dictionary(document, catalog, b"AcroForm"));
    let fields = form.and_then(|form| array(document, form, b"Fields")).unwrap_or_default();
    let mut waiting: Vec<(&Object, bool)> = fields.iter().rev().map(|one| (one, false)).collect();
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    while let Some((field, under)) = waiting.pop() {
        if seen.len() >= MOST_FIELDS || found.len() >= MOST_SIGNATURES {
            break;
        }
        let Some(field) = once(document, field, &mut seen) else {
            continue;
        };
        let signs = under || is_signature(field);
        if let Some(value) = dictionary(document, field, b"V").filter(|_| signs) {
            found.push(value);
        }
        let kids = array(document, field, b"Kids").unwrap_or_default();
        waiting.extend(kids.iter().rev().map(|kid| (kid, signs)));
    }
    // A document time stamp says nothing of a person.
    found.retain(|one| one.get(b"Type").and_then(Object::as_name).ok() != Some(b"DocTimeStamp"));
    found
}

fn once<'a>(
    document: &'a Document,
    field: &Object,
    seen: &mut BTreeSet<ObjectId>,
) -> Option<&'a Dictionary> {
    let id = field.as_reference().ok().filter(|id| seen.insert(*id))?;
    document.get_dictionary(id).ok()
}

/// Whether a field is one to sign in.
pub(super) fn is_signature(field: &Dictionary) -> bool {
    field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig")
}

pub(super) fn dictionary<'a>(
    document: &'a Document,
    holder: &'a Dictionary,
    name: &[u8],
) -> Option<&'a Dictionary> {
    let (_, found) = document.dereference(holder.get(name).ok()?).ok()?;
    found.as_dict().ok()
}

pub(super) fn array<'a>(
    document: &'a Document,
    holder: &'a Dictionary,
    name: &[u8],
) -> Option<&'a [Object]> {
    let (_, found) = document.dereference(holder.get(name).ok()?).ok()?;
    found.as_array().ok().map(Vec::as_slice)
}

/// What a signature covers: the file from its first byte, but for the digits of
/// this very signature. Anything else is no signature of the file.
pub(super) fn covered<'a>(bytes: &'a [u8], signature: &Dictionary) -> Option<Covered<'a>> {
    let range = signature.get(b"ByteRange").and_then(Object::as_array).ok()?;
    let numbers: Vec<usize> = range
        .iter()
        .map(|one| one.as_i64().ok().and_then(|one| usize::try_from(one).ok()))
        .collect::<Option<_>>()?;
    let [0, before, after, rest] = numbers[..] else {
        return None;
    };
    let end = after.checked_add(rest)?;
    let gap = bytes.get(before..after)?;
    let parts = [bytes.get(..before)?, bytes.get(after..end)?];
    let digits = gap.strip_prefix(b"<")?.strip_suffix(b">")?;
    let written = hex::decode(digits).ok()?;
    let held = signature.get(b"Contents").and_then(Object::as_str).ok()?;
    (written == held).then(|| Covered { parts, end, container: unpadded(written) })
}

/// The container without the zeros that fill its room.
fn unpadded(mut container: Vec<u8>) -> Vec<u8> {
    let length = match container.get(1..6) {
        Some([short @ 0..=0x7f, ..]) => 2 + usize::from(*short),
        Some([long @ 0x81..=0x84, rest @ ..]) => {
            let count = usize::from(long & 0x7f);
            let length =
                rest.iter().take(count).fold(0, |length, digit| length << 8 | usize::from(*digit));
            2 + count + length
        }
        _other => return container,
    };
    if container.iter().skip(length).all(|one| *one == 0) {
        container.truncate(length);
    }
    container
}
