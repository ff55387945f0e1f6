//! What the revisions that follow another one change.
//!
//! Whoever alters a page in an appended revision and signs the whole file has a
//! valid signature over an altered document. So a revision that follows may add
//! objects, and change what signing touches: the form, the annotations of a page
//! by one to sign in, the description. Every other object must be as it was.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::field::{array, dictionary, is_signature};
use crate::deposit;

/// What signing may change in the catalog; the form is looked at by itself.
const IN_CATALOG: [&[u8]; 6] =
    [b"AcroForm", b"DSS", b"Extensions", b"Metadata", b"Perms", b"Version"];
/// What signing may change in the form; its fields are looked at by themselves.
const IN_FORM: [&[u8]; 4] = [b"Fields", b"SigFlags", b"DR", b"DA"];
/// What signing writes into a field that was waiting for it.
const IN_FIELD: [&[u8]; 4] = [b"V", b"AP", b"M", b"F"];

/// Whether all that follows the first `original` bytes of a PDF only signs.
pub fn unchanged_since(pdf: &[u8], original: usize) -> bool {
    if original == pdf.len() {
        return true;
    }
    let then = pdf.get(..original).and_then(|then| deposit::load(then).ok());
    then.zip(deposit::load(pdf).ok()).is_some_and(|(then, now)| only_signed(&then, &now))
}

/// Whether a document differs from its earlier revision by signatures only.
pub(super) fn only_signed(then: &Document, now: &Document) -> bool {
    let root =
        |document: &Document| document.trailer.get(b"Root").and_then(Object::as_reference).ok();
    let Some(touched) = root(then)
        .filter(|id| root(now) == Some(*id))
        .and_then(|root| Touched::of(then, now, root))
    else {
        return false;
    };
    touched.fields_only_added() && then.objects.iter().all(|(id, old)| touched.allows(*id, old))
}

/// Both revisions, and the objects that signing may touch.
struct Touched<'a> {
    then: &'a Document,
    now: &'a Document,
    root: ObjectId,
    /// Objects looked at by way of the one that holds them: the form and its
    /// fields, the annotations of the pages.
    held: BTreeSet<ObjectId>,
    /// The description of the document, which no page shows.
    description: BTreeSet<ObjectId>,
    pages: BTreeSet<ObjectId>,
}

impl<'a> Touched<'a> {
    fn of(then: &'a Document, now: &'a Document, root: ObjectId) -> Option<Self> {
        let catalog = then.get_dictionary(root).ok()?;
        let reference =
            |holder: &Dictionary, name: &[u8]| holder.get(name).and_then(Object::as_reference).ok();
        let pages: BTreeSet<ObjectId> = then.page_iter().collect();
        let mut held = BTreeSet::from_iter(reference(catalog, b"AcroForm"));
        held.extend(
            dictionary(then, catalog, b"AcroForm").and_then(|form| reference(form, b"Fields")),
        );
        let annotations = pages.iter().filter_map(|page| then.get_dictionary(*page).ok());
        held.extend(annotations.filter_map(|page| reference(page, b"Annots")));
        let mut description = BTreeSet::from_iter(reference(catalog, b"Metadata"));
        description.extend(reference(&then.trailer, b"Info"));
        Some(Self { then, now, root, held, description, pages })
    }

    /// Whether the form has lost no field and gained none but to sign in.
    fn fields_only_added(&self) -> bool {
        let form = |document: &'a Document| {
            let catalog = document.get_dictionary(self.root).ok()?;
            dictionary(document, catalog, b"AcroForm")
        };
        let (then, now) = (form(self.then), form(self.now));
        let empty = Dictionary::new();
        let same = same_but(then.unwrap_or(&empty), now.unwrap_or(&empty), &IN_FORM);
        let fields = |document: &'a Document, form: Option<&'a Dictionary>| {
            form.and_then(|form| array(document, form, b"Fields")).unwrap_or_default()
        };
        same && self.only_added(fields(self.then, then), fields(self.now, now))
    }

    /// Whether what is held comes first, in the same order, and all that follows
    /// is to sign in.
    fn only_added(&self, then: &[Object], now: &[Object]) -> bool {
        let added = now.strip_prefix(then);
        added.is_some_and(|added| added.iter().all(|one| self.is_new_signature(one)))
    }

    fn is_new_signature(&self, field: &Object) -> bool {
        let Some(id) = field.as_reference().ok() else {
            return false;
        };
        let Ok(field) = self.now.get_dictionary(id) else {
            return false;
        };
        let above = dictionary(self.now, field, b"Parent");
        !self.then.has_object(id) && (is_signature(field) || above.is_some_and(is_signature))
    }

    /// Whether an object of then may be what it is now.
    fn allows(&self, id: ObjectId, old: &Object) -> bool {
        if is_frame(old) || self.description.contains(&id) {
            return true;
        }
        if !self.dangling_still(old) {
            return false;
        }
        let Ok(new) = self.now.get_object(id) else {
            return false;
        };
        same(old, new) || self.held.contains(&id) || self.changed_by_signing(id, old, new)
    }

    fn changed_by_signing(&self, id: ObjectId, old: &Object, new: &Object) -> bool {
        let (Object::Dictionary(old), Object::Dictionary(new)) = (old, new) else {
            return false;
        };
        if id == self.root {
            return same_but(old, new, &IN_CATALOG);
        }
        if self.pages.contains(&id) {
            return same_but(old, new, &[b"Annots"])
                && self.only_added(
                    array(self.then, old, b"Annots").unwrap_or_default(),
                    array(self.now, new, b"Annots").unwrap_or_default(),
                );
        }
        is_signature(old) && !old.has(b"V") && same_but(old, new, &IN_FIELD)
    }

    /// Whether what an object points to in vain then is not made up now.
    fn dangling_still(&self, object: &Object) -> bool {
        let mut waiting = vec![object];
        while let Some(one) = waiting.pop() {
            match one {
                Object::Reference(id) => {
                    if !self.then.has_object(*id) && self.now.has_object(*id) {
                        return false;
                    }
                }
                Object::Array(items) => waiting.extend(items),
                Object::Dictionary(dictionary) => {
                    waiting.extend(dictionary.iter().map(|(_, one)| one));
                }
                Object::Stream(stream) => waiting.extend(stream.dict.iter().map(|(_, one)| one)),
                Object::Null
                | Object::Boolean(_)
                | Object::Integer(_)
                | Object::Real(_)
                | Object::Name(_)
                | Object::String(..) => {}
            }
        }
        true
    }
}

/// A stream that holds other objects or tells where they are.
fn is_frame(object: &Object) -> bool {
    let Object::Stream(stream) = object else {
        return false;
    };
    let kind = stream.dict.get(b"Type").and_then(Object::as_name);
    kind.is_ok_and(|kind| [&b"ObjStm"[..], b"XRef"].contains(&kind))
}

fn same(old: &Object, new: &Object) -> bool {
    match (old, new) {
        (Object::Stream(old), Object::Stream(new)) => {
            old.dict == new.dict && old.content == new.content
        }
        (old, new) => old == new,
    }
}

/// Whether two dictionaries are the same but for these names.
fn same_but(old: &Dictionary, new: &Dictionary, names: &[&[u8]]) -> bool {
    let kept = |dictionary: &Dictionary| {
        dictionary.iter().filter(|(name, _)| !names.contains(&name.as_slice())).count()
    };
    kept(old) == kept(new)
        && old.iter().all(|(name, value)| {
            names.contains(&name.as_slice()) || new.get(name).is_ok_and(|other| other == value)
        })
}
