//! Objects copied from one document to another, with all they refer to.

use std::collections::{BTreeMap, VecDeque};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

/// How deep arrays and dictionaries may lie in one another.
const MOST_DEEP: usize = 100;
/// What streams carry beside what they draw.
const LEFT_BEHIND: [&[u8]; 6] =
    [b"PieceInfo", b"Metadata", b"OPI", b"Alternates", b"StructParent", b"StructParents"];

/// A document that grows by what is copied into it.
pub(super) struct Copy<'a> {
    pub(super) from: &'a Document,
    to: Document,
    copied: BTreeMap<ObjectId, ObjectId>,
    waiting: VecDeque<(ObjectId, ObjectId)>,
}

impl<'a> Copy<'a> {
    pub(super) fn of(from: &'a Document) -> Self {
        let to = Document::with_version("1.7");
        Self { from, to, copied: BTreeMap::new(), waiting: VecDeque::new() }
    }

    /// The number of an object that comes later.
    pub(super) fn reserve(&mut self) -> ObjectId {
        self.to.new_object_id()
    }

    pub(super) fn put(&mut self, id: ObjectId, object: impl Into<Object>) {
        self.to.objects.insert(id, object.into());
    }

    /// The object as it stands in the new document; what it refers to follows.
    pub(super) fn moved(&mut self, object: &Object) -> Option<Object> {
        self.moved_at(object, 0)
    }

    fn moved_at(&mut self, object: &Object, deep: usize) -> Option<Object> {
        if deep > MOST_DEEP {
            return None;
        }
        match object {
            Object::Reference(id) => Some(self.referred(*id)),
            Object::Array(items) => {
                let items = items.iter().map(|item| self.moved_at(item, deep + 1));
                Some(Object::Array(items.collect::<Option<_>>()?))
            }
            Object::Dictionary(entries) => self.entries(entries, deep, &[]).map(Object::Dictionary),
            Object::Stream(stream) => {
                let mut dict = self.entries(&stream.dict, deep, &LEFT_BEHIND)?;
                dict.set("Length", i64::try_from(stream.content.len()).ok()?);
                Some(Object::Stream(Stream { dict, ..stream.clone() }))
            }
            Object::Null
            | Object::Boolean(_)
            | Object::Integer(_)
            | Object::Real(_)
            | Object::Name(_)
            | Object::String(..) => Some(object.clone()),
        }
    }

    fn entries(&mut self, from: &Dictionary, deep: usize, without: &[&[u8]]) -> Option<Dictionary> {
        let mut entries = Dictionary::new();
        for (key, value) in from.iter().filter(|(key, _)| !without.contains(&key.as_slice())) {
            entries.set(key.clone(), self.moved_at(value, deep + 1)?);
        }
        Some(entries)
    }

    /// A reference in the new document; nothing for what is not there, and for
    /// pages, which only come when they are asked for.
    fn referred(&mut self, id: ObjectId) -> Object {
        if let Some(known) = self.copied.get(&id) {
            return Object::Reference(*known);
        }
        match self.from.objects.get(&id) {
            Some(object) if !is_of_the_tree(object) => {
                let new = self.to.new_object_id();
                self.copied.insert(id, new);
                self.waiting.push_back((id, new));
                Object::Reference(new)
            }
            Some(_) | None => Object::Null,
        }
    }

    /// The new document, once everything that was referred to is in it.
    pub(super) fn finished(mut self) -> Option<Document> {
        while let Some((old, new)) = self.waiting.pop_front() {
            let object = self.from.objects.get(&old)?;
            let object = self.moved(object)?;
            self.put(new, object);
        }
        Some(self.to)
    }
}

fn is_of_the_tree(object: &Object) -> bool {
    let kind = object.as_dict().ok().and_then(|dictionary| dictionary.get_type().ok());
    kind.is_some_and(|kind| matches!(kind, b"Page" | b"Pages" | b"Catalog"))
}
