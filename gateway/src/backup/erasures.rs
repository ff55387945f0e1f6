//! The register of erasures: it goes with every copy of the keys, and outlives what it names, so that
//! an older copy never brings back somebody who was erased since.

use std::{collections::BTreeMap, path::Path};

use domain::{
    kernel::{decider::Decider as _, ids::PersonId},
    operations::erasure::{Erasure, ErasureEvent, ErasureGround},
};
use jiff::Timestamp;
use journal::{CopyFault, Journal, LogCopy, ReadFault};
use serde::{Deserialize, Serialize};

use super::{BackupFault, folder::Folder, manifest};

/// The file, in the folder of a copy of the keys.
pub(super) const REGISTER: &str = "erasures.json";

/// That somebody was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Erased {
    person: PersonId,
    /// Why.
    pub(super) ground: ErasureGround,
    /// When.
    pub(super) at: Timestamp,
}

/// Who was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Register(BTreeMap<PersonId, Erased>);

impl Register {
    /// Takes up what an event says, if it is an erasure.
    pub(super) fn take(&mut self, stream: &str, payload: &serde_json::Value, at: Timestamp) {
        if stream != Erasure::TYPE {
            return;
        }
        if let Ok(ErasureEvent::SubjectErased { person, ground }) =
            serde_json::from_value(payload.clone())
        {
            self.0.entry(person).or_insert(Erased { person, ground, at });
        }
    }

    /// The erasures that the log has after `position`.
    pub(super) async fn take_after(
        &mut self,
        journal: &Journal,
        mut position: u64,
    ) -> Result<(), ReadFault> {
        loop {
            let events = journal.read_undecoded(position, 1000).await?;
            let Some(last) = events.last() else {
                return Ok(());
            };
            position = last.position;
            for event in &events {
                self.take(&event.stream, &event.event.payload, event.recorded_at);
            }
        }
    }

    /// The erasures of a copy of the log.
    pub(super) fn take_copy(&mut self, copy: &LogCopy) -> Result<(), CopyFault> {
        copy.of_type(Erasure::TYPE, |event| {
            self.take(&event.stream, &event.payload, event.recorded_at);
        })
    }

    /// Those of `other` too.
    pub(super) fn join(&mut self, other: Self) {
        for (person, erased) in other.0 {
            self.0.entry(person).or_insert(erased);
        }
    }

    pub(super) fn len(&self) -> u64 {
        self.0.len() as u64
    }

    pub(super) fn has(&self, person: PersonId) -> bool {
        self.0.contains_key(&person)
    }

    /// Everyone, with when.
    pub(super) fn dated(&self) -> Vec<(PersonId, Timestamp)> {
        self.0.values().map(|erased| (erased.person, erased.at)).collect()
    }

    /// Those whom `known` does not have.
    pub(super) fn beyond<'r>(
        &'r self,
        known: &'r Self,
    ) -> impl Iterator<Item = (PersonId, ErasureGround)> + 'r {
        let new = self.0.values().filter(|erased| !known.has(erased.person));
        new.map(|erased| (erased.person, erased.ground))
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), BackupFault> {
        let list: Vec<&Erased> = self.0.values().collect();
        let text = serde_json::to_vec_pretty(&list).map_err(std::io::Error::other);
        text.and_then(|text| manifest::write(&folder.join(REGISTER), &text))
            .map_err(BackupFault::io("le registre des effacements"))
    }

    fn read(folder: &Path) -> Result<Self, BackupFault> {
        let path = folder.join(REGISTER);
        let text = std::fs::read(&path).map_err(BackupFault::reading(&path))?;
        let list: Vec<Erased> =
            serde_json::from_slice(&text).map_err(|_| BackupFault::Damaged(path))?;
        Ok(Self(list.into_iter().map(|erased| (erased.person, erased)).collect()))
    }

    /// All that the registers in a folder of keys say of the log `log`. One that is damaged is a fault:
    /// without it somebody might come back.
    pub(super) fn of_all(keys: &Folder, log: &str) -> Result<Self, BackupFault> {
        let mut all = Self::default();
        for name in keys.copies()? {
            let found = keys.find(Some(&name))?;
            if found.manifest.log == log {
                found.manifest.check(&found.path, REGISTER)?;
                all.join(Self::read(&found.path)?);
            }
        }
        Ok(all)
    }
}
