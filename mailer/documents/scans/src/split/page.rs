//! A page, with what it inherits and without what it does not draw.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::copy::Copy;
use super::names::names;
use crate::stack::tree::inherited;

/// The most bytes of drawing instructions of one page.
const MOST_CONTENTS: usize = 32 * 1024 * 1024;
/// The most annotations looked at.
const MOST_ANNOTATIONS: usize = 500;
/// What a page's resources may hold, by name.
const KINDS: [&[u8]; 7] =
    [b"ColorSpace", b"ExtGState", b"Font", b"Pattern", b"Properties", b"Shading", b"XObject"];
/// Annotations that draw nothing of their own.
const SILENT: [&[u8]; 2] = [b"Link", b"Popup"];
/// Flags of an annotation that is not shown: hidden, or only printed.
const UNSEEN: i64 = 0b10_0010;

/// Copies a page; its number in the new document.
pub(super) fn copied(copy: &mut Copy<'_>, page: ObjectId, tree: ObjectId) -> Option<ObjectId> {
    let from = copy.from.get_dictionary(page).ok()?;
    let mut to = dictionary! { "Type" => "Page", "Parent" => tree };
    for key in [&b"MediaBox"[..], b"CropBox", b"Rotate"] {
        if let Some(value) = inherited(copy.from, page, key) {
            to.set(key, copy.moved(value)?);
        }
    }
    for key in [&b"UserUnit"[..], b"Group"] {
        if let Ok(value) = from.get(key) {
            to.set(key, copy.moved(value)?);
        }
    }
    let resources = inherited(copy.from, page, b"Resources").and_then(|it| it.as_dict().ok());
    let kept = kept(copy, from, resources)?;
    to.set("Resources", copy.moved(&Object::Dictionary(kept))?);
    if let Ok(contents) = from.get(b"Contents") {
        to.set("Contents", copy.moved(contents)?);
    }
    let stamps = stamps(copy, from)?;
    if !stamps.is_empty() {
        to.set("Annots", stamps);
    }
    let id = copy.reserve();
    copy.put(id, to);
    Some(id)
}

/// The resources that the page names.
fn kept(copy: &Copy<'_>, page: &Dictionary, resources: Option<&Dictionary>) -> Option<Dictionary> {
    let Some(resources) = resources else {
        return Some(Dictionary::new());
    };
    let document = copy.from;
    let lists: Vec<(&[u8], &Dictionary)> = KINDS
        .iter()
        .filter_map(|&kind| Some((kind, resources.get_deref(kind, document).ok()?.as_dict().ok()?)))
        .collect();
    let mut used = names(&contents(copy, page)?);
    let mut looked: BTreeSet<&[u8]> = BTreeSet::new();
    let forms = lists.iter().find(|(kind, _)| *kind == b"XObject").map(|(_, forms)| *forms);
    // Forms without resources of their own draw with those of the page.
    while let Some((name, form)) = forms
        .into_iter()
        .flat_map(Dictionary::iter)
        .find(|(name, _)| used.contains(name.as_slice()) && !looked.contains(name.as_slice()))
    {
        looked.insert(name);
        let Ok((_, Object::Stream(form))) = document.dereference(form) else {
            continue;
        };
        let is_form =
            form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|it| it == b"Form");
        if is_form && !form.dict.has(b"Resources") {
            used.extend(names(&plain(form, MOST_CONTENTS)?));
        }
    }
    let mut kept = Dictionary::new();
    for (kind, list) in lists {
        let mut few = Dictionary::new();
        for (name, value) in list.iter().filter(|(name, _)| used.contains(name.as_slice())) {
            few.set(name.clone(), value.clone());
        }
        if !few.is_empty() {
            kept.set(kind, few);
        }
    }
    Some(kept)
}

/// The drawing instructions, inflated.
fn contents(copy: &Copy<'_>, page: &Dictionary) -> Option<Vec<u8>> {
    let Ok(contents) = page.get(b"Contents") else {
        return Some(Vec::new());
    };
    let (_, contents) = copy.from.dereference(contents).ok()?;
    let parts: Vec<&Object> = match contents {
        Object::Array(parts) => parts.iter().collect(),
        one => vec![one],
    };
    let mut all = Vec::new();
    for part in parts {
        let (_, part) = copy.from.dereference(part).ok()?;
        let Object::Stream(part) = part else {
            continue;
        };
        let room = MOST_CONTENTS.checked_sub(all.len())?;
        all.extend(plain(part, room)?);
        all.push(b'\n');
    }
    Some(all)
}

/// The bytes of a stream, at most so many. One that is cut short gives none: what
/// its lost end names would be missing from the page, and nobody would notice.
fn plain(stream: &Stream, most: usize) -> Option<Vec<u8>> {
    let deflated = stream.filters().is_ok_and(|filters| filters == [b"FlateDecode"]);
    if !deflated || stream.dict.has(b"DecodeParms") {
        return stream.get_plain_content_with_limit(most).ok();
    }
    let mut plain = Vec::new();
    let more = u64::try_from(most).ok()?.checked_add(1)?;
    ZlibDecoder::new(stream.content.as_slice()).take(more).read_to_end(&mut plain).ok()?;
    (plain.len() <= most).then_some(plain)
}

/// What the annotations of the page show, as stamps that do nothing.
fn stamps(copy: &mut Copy<'_>, page: &Dictionary) -> Option<Vec<Object>> {
    let document = copy.from;
    let annotations = page.get_deref(b"Annots", document).and_then(Object::as_array);
    let annotations = annotations.map(Vec::as_slice).unwrap_or_default();
    let mut stamps = Vec::new();
    for annotation in annotations.iter().take(MOST_ANNOTATIONS) {
        let annotation =
            document.dereference(annotation).ok().and_then(|(_, it)| it.as_dict().ok());
        let Some((look, area)) = annotation.and_then(|it| shown(copy, it)) else {
            continue;
        };
        let stamp = dictionary! {
            "Type" => "Annot",
            "Subtype" => "Stamp",
            "Rect" => copy.moved(&Object::Array(area))?,
            "F" => 4,
            "AP" => dictionary! { "N" => copy.moved(&Object::Reference(look))? },
        };
        let id = copy.reserve();
        copy.put(id, stamp);
        stamps.push(Object::Reference(id));
    }
    Some(stamps)
}

/// What draws an annotation, and where; nothing if it is not to be seen.
fn shown(copy: &Copy<'_>, annotation: &Dictionary) -> Option<(ObjectId, Vec<Object>)> {
    let document = copy.from;
    let kind = annotation.get(b"Subtype").and_then(Object::as_name).ok()?;
    let flags = annotation.get(b"F").and_then(Object::as_i64).unwrap_or(0);
    if SILENT.contains(&kind) || flags & UNSEEN != 0 {
        return None;
    }
    let looks = annotation.get_deref(b"AP", document).ok()?.as_dict().ok()?;
    let (id, look) = document.dereference(looks.get(b"N").ok()?).ok()?;
    let area = annotation.get_deref(b"Rect", document).ok()?.as_array().ok()?.clone();
    if look.as_stream().is_ok() {
        return Some((id?, area));
    }
    let state = annotation.get(b"AS").and_then(Object::as_name).ok()?;
    let (id, look) = document.dereference(look.as_dict().ok()?.get(state).ok()?).ok()?;
    look.as_stream().is_ok().then_some((id?, area))
}
