//! The documents that a log names: each is kept under the SHA-256 of its bytes, so that what is there
//! already need not be copied again, and what is copied is known to be whole.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use domain::kernel::ids::PersonId;
use futures::{StreamExt as _, TryStreamExt as _};
use serde_json::Value;

use super::{BackupFault, Progress, Step, erasures::Register};
use crate::store::{Place, Shelf, StoreFault};

/// How many are copied at once.
const AT_ONCE: usize = 4;
/// By how many bytes sealing makes a document longer.
const SEAL: u64 = 40;

/// What a log says of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct About {
    /// How many bytes are kept.
    length: u64,
    /// Whose key seals it.
    person: Option<PersonId>,
}

/// The documents that a log names.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<(Shelf, String), About>);

/// What came of the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Documents {
    /// How many the log names.
    pub(crate) named: u64,
    /// How many were copied now.
    pub(crate) copied: u64,
    /// Those that are nowhere, though nobody was erased.
    pub(crate) missing: Vec<String>,
    /// Those whose bytes are not what was stored.
    pub(crate) damaged: Vec<String>,
}

impl Documents {
    /// Whether all are there.
    pub(crate) fn are_whole(&self) -> bool {
        self.missing.is_empty() && self.damaged.is_empty()
    }
}

/// What became of one.
enum Fate {
    There,
    Copied,
    Missing,
    Damaged,
}

impl Names {
    /// Takes up what an event names, wherever in it, whatever its version.
    pub(super) fn take(&mut self, payload: &Value) {
        match payload {
            Value::Object(object) => {
                let blob = object.get("blob").and_then(Value::as_str);
                let length = object.get("length").and_then(Value::as_u64);
                if let (Some(blob), Some(length)) = (blob, length) {
                    let digest = object.get("digest");
                    let person = digest.and_then(|it| it.get("$person"));
                    let person = person.and_then(|it| serde_json::from_value(it.clone()).ok());
                    let (shelf, length) = match digest {
                        Some(_) => (Shelf::Sealed, length + SEAL),
                        None => (Shelf::Public, length),
                    };
                    self.0.insert((shelf, blob.to_owned()), About { length, person });
                }
                object.values().for_each(|inner| self.take(inner));
            }
            Value::Array(items) => items.iter().for_each(|inner| self.take(inner)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Copies to `to` those that are not there, from `from`. With `check` each that is there is read,
    /// and copied again if it is damaged; without, its length is believed. One that is nowhere is
    /// missing, unless its person is among the `erased`.
    pub(super) async fn copy(
        &self,
        from: Option<&Place>,
        to: &Place,
        check: bool,
        erased: &Register,
        progress: Progress<'_>,
    ) -> Result<Documents, BackupFault> {
        let total = self.0.len() as u64;
        let done = AtomicU64::new(0);
        let fates = futures::stream::iter(&self.0).map(|((shelf, blob), about)| {
            let done = &done;
            async move {
                let expected = (!check).then_some(about.length);
                let fate = bring(from, to, (*shelf, blob), expected).await?;
                progress(
                    Step::Counting("Documents"),
                    done.fetch_add(1, Ordering::Relaxed) + 1,
                    total,
                );
                Ok::<_, StoreFault>((blob, about.person, fate))
            }
        });
        let report = fates.buffer_unordered(AT_ONCE).try_fold(
            Documents { named: total, ..Documents::default() },
            async |mut report, (blob, person, fate)| {
                let is_erased = person.is_some_and(|person| erased.has(person));
                match fate {
                    Fate::There => {}
                    Fate::Copied => report.copied += 1,
                    Fate::Missing | Fate::Damaged if is_erased => {}
                    Fate::Missing => report.missing.push(blob.clone()),
                    Fate::Damaged => report.damaged.push(blob.clone()),
                }
                Ok(report)
            },
        );
        let mut report = report.await.map_err(BackupFault::documents)?;
        report.missing.sort_unstable();
        report.damaged.sort_unstable();
        Ok(report)
    }
}

/// Sees that one document is at `to`: of the length `expected`, or, without, read and found whole.
async fn bring(
    from: Option<&Place>,
    to: &Place,
    (shelf, blob): (Shelf, &str),
    expected: Option<u64>,
) -> Result<Fate, StoreFault> {
    let there = match expected {
        Some(length) => match to.length(shelf, blob).await? {
            Some(found) if found == length => Fate::There,
            Some(_) => Fate::Damaged,
            None => Fate::Missing,
        },
        None => match whole(to, shelf, blob).await? {
            Ok(_) => Fate::There,
            Err(fate) => fate,
        },
    };
    if matches!(there, Fate::There | Fate::Copied) {
        return Ok(there);
    }
    let Some(from) = from else {
        return Ok(there);
    };
    match (whole(from, shelf, blob).await?, there) {
        (Ok(bytes), Fate::Damaged) => to.mend(shelf, bytes).await.map(|()| Fate::Copied),
        (Ok(bytes), _) => to.put(shelf, bytes).await.map(|_| Fate::Copied),
        (Err(Fate::Missing), there) => Ok(there),
        (Err(fate), _) => Ok(fate),
    }
}

/// The bytes of a document that is whole, else what is wrong with it.
async fn whole(
    place: &Place,
    shelf: Shelf,
    blob: &str,
) -> Result<Result<Vec<u8>, Fate>, StoreFault> {
    match place.get(shelf, blob).await {
        Ok(bytes) => Ok(Ok(bytes)),
        Err(StoreFault::Objects(object_store::Error::NotFound { .. })) => Ok(Err(Fate::Missing)),
        Err(StoreFault::Damaged { .. }) => Ok(Err(Fate::Damaged)),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn documents_are_found_wherever_an_event_names_them() {
        let person = PersonId::from_u128(7);
        let sealed =
            json!({ "blob": "aa", "length": 60, "digest": { "$person": person, "sealed": "…" } });
        let mut names = Names::default();

        names.take(&json!({ "type": "X", "blob": "bb", "length": 5 }));
        names.take(&json!({ "type": "Y", "pages": [{ "picture": sealed }] }));
        names.take(&json!({ "type": "Z", "picture": null, "length": 3 }));

        let about = |length, person| About { length, person };
        let found: Vec<_> = names.0.into_iter().collect();
        assert_eq!(
            found,
            [
                ((Shelf::Sealed, "aa".to_owned()), about(100, Some(person))),
                ((Shelf::Public, "bb".to_owned()), about(5, None)),
            ]
        );
    }
}
