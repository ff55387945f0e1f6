//! The tree of pages, in order, and what a page inherits.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use crate::BadScan;

/// The most levels of the tree.
const MOST_LEVELS: usize = 64;

/// The pages in the order in which they are shown.
pub(super) fn pages(document: &Document, most: usize) -> Result<Vec<ObjectId>, BadScan> {
    let root = document.catalog().and_then(|catalog| catalog.get(b"Pages"));
    let root = root.and_then(Object::as_reference).map_err(|_| BadScan::Damaged)?;
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    let mut waiting = vec![root];
    let mut pages = Vec::new();
    while let Some(id) = waiting.pop() {
        let node = document.get_dictionary(id).map_err(|_| BadScan::Damaged)?;
        if !seen.insert(id) {
            return Err(BadScan::Damaged);
        }
        match kids(document, node) {
            Some(kids) if kids.len() > most => return Err(BadScan::TooManyPages { most }),
            Some(kids) => {
                for kid in kids.iter().rev() {
                    waiting.push(kid.as_reference().map_err(|_| BadScan::Damaged)?);
                }
            }
            None => pages.push(id),
        }
        if pages.len() > most {
            return Err(BadScan::TooManyPages { most });
        }
    }
    if pages.is_empty() { Err(BadScan::NoPage) } else { Ok(pages) }
}

fn kids<'a>(document: &'a Document, node: &'a Dictionary) -> Option<&'a [Object]> {
    let (_, kids) = document.dereference(node.get(b"Kids").ok()?).ok()?;
    kids.as_array().ok().map(Vec::as_slice)
}

/// What a page says under this key, itself or through the nodes above it.
pub(crate) fn inherited<'a>(
    document: &'a Document,
    page: ObjectId,
    key: &[u8],
) -> Option<&'a Object> {
    let mut node = document.get_dictionary(page).ok()?;
    for _ in 0..MOST_LEVELS {
        if let Ok(value) = node.get(key) {
            return document.dereference(value).ok().map(|(_, value)| value);
        }
        let above = node.get(b"Parent").ok()?.as_reference().ok()?;
        node = document.get_dictionary(above).ok()?;
    }
    None
}
