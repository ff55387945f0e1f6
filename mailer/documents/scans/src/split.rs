//! Some pages of a stack as a file of their own: what they draw, copied as it
//! is, and nothing else of the file.
//!
//! Only what the contents of a page name is copied from its resources: scanners
//! that list every picture of the stack under every page would otherwise give
//! each convention the pages of all others. What annotations draw stays, since a
//! signature may be one, as stamps that do nothing. Actions, forms, thumbnails,
//! metadata and private data are left behind.

mod copy;
mod names;
mod page;

use std::collections::BTreeSet;

use lopdf::{Document, Object, ObjectId, dictionary};

use crate::{SplitFault, Stack};
use copy::Copy;

/// A PDF of these pages, counted from 0, in this order. The same bytes for the
/// same file and pages.
pub fn split(stack: &Stack, pages: &[usize]) -> Result<Vec<u8>, SplitFault> {
    if stack.is_signed() {
        return Err(SplitFault::Signed);
    }
    extracted(stack, pages)
}

/// The same of a signed file too, to look at its pages.
pub(crate) fn extracted(stack: &Stack, pages: &[usize]) -> Result<Vec<u8>, SplitFault> {
    let distinct: BTreeSet<usize> = pages.iter().copied().collect();
    if pages.is_empty() || distinct.len() < pages.len() {
        return Err(SplitFault::NoSuchPage);
    }
    let mut copy = Copy::of(&stack.document);
    let tree = copy.reserve();
    let mut kids = Vec::with_capacity(pages.len());
    for &page in pages {
        let id = stack.pages.get(page).ok_or(SplitFault::NoSuchPage)?;
        let kid = page::copied(&mut copy, *id, tree).ok_or(SplitFault::Damaged { page })?;
        kids.push(Object::Reference(kid));
    }
    let mut made = copy.finished().ok_or(SplitFault::Damaged { page: first(pages) })?;
    written(&mut made, tree, kids).ok_or(SplitFault::Damaged { page: first(pages) })
}

fn first(pages: &[usize]) -> usize {
    pages.first().copied().unwrap_or(0)
}

fn written(made: &mut Document, tree: ObjectId, kids: Vec<Object>) -> Option<Vec<u8>> {
    let count = i64::try_from(kids.len()).ok()?;
    let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
    made.objects.insert(tree, Object::Dictionary(pages));
    let catalogue = dictionary! { "Type" => "Catalog", "Pages" => tree };
    let catalogue = made.add_object(catalogue);
    made.trailer.set("Root", catalogue);
    let mut bytes = Vec::new();
    made.save_to(&mut bytes).ok()?;
    Some(bytes)
}
