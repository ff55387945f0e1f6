//! Whether the log is what was written: every position, sequence, leaf and link of the chain
//! recomputed, every seal opened, the tree grown and compared with what was signed. The first
//! thing that is wrong is named, with its position.

use std::{collections::HashMap, fmt};

use domain::kernel::ids::PersonId;
use serde_json::Value;

use crate::{
    Fault, Journal, Note,
    event::{Head, StoredEvent, chain},
    keyring::{KeyState, Keys},
    metadata,
    proof::Known,
    seal,
};

/// How many events are held in memory at once.
const LOT: usize = 1000;

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifyReport {
    /// How many events were sound, from the first on.
    pub events: u64,
    /// How many streams they make.
    pub streams: u64,
    /// How many hold something about a person whose key is there.
    pub sealed: u64,
    /// How many hold something about a person who was erased.
    pub erased: u64,
    /// The last link of the chain, in hexadecimal: whoever keeps it can tell later whether
    /// the log up to there is still the same.
    pub chain: String,
    /// The root of the tree over the events, in base64.
    pub root: String,
    /// How many signed notes agree with it, those kept beside the log included.
    pub notes: u64,
    /// The first thing that is wrong: at which position, and what.
    pub wrong: Option<(u64, Flaw)>,
}

/// What can be wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// No event is at this position, and some are after it.
    Missing,
    /// The event does not have the hash that was computed when it was written.
    Leaf,
    /// The event is not linked to the one before it.
    Chain,
    /// The event does not follow the one before it in its stream.
    Sequence,
    /// What is sealed in the event does not open, and nobody was erased.
    Seal(PersonId),
    /// The payload or the metadata is not what this program writes.
    Format,
    /// The head of the log says that it ends elsewhere, or with another hash.
    Head,
    /// All fits together, but up to here it is not the log of a note that someone kept: it was
    /// rewritten, somewhere after the last note that agrees.
    Rewritten {
        /// How many events the last note that agrees covers; 0 when none does.
        after: u64,
    },
    /// The same by a note that is kept beside the log.
    Checkpoint {
        /// How many events the last note that agrees covers; 0 when none does.
        after: u64,
    },
    /// The log ends before what was signed.
    Cut {
        /// How many events were signed.
        signed: u64,
    },
    /// The events are sound, but what is kept of the tree over them is not theirs.
    Tree,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("the event is missing"),
            Self::Leaf => f.write_str("the event was changed after it was written"),
            Self::Chain => f.write_str("the event is not linked to the one before it"),
            Self::Sequence => f.write_str("the event does not follow the last of its stream"),
            Self::Seal(person) => write!(f, "what is sealed for {person} does not open"),
            Self::Format => f.write_str("the event is not in the format of this log"),
            Self::Head => f.write_str("the head of the log is not its last event"),
            Self::Rewritten { after } => {
                write!(f, "the events after {after} are not those of a note that was kept")
            }
            Self::Checkpoint { after } => {
                write!(f, "the events after {after} are not those of a checkpoint")
            }
            Self::Cut { signed } => write!(f, "{signed} events were signed; here the log ends"),
            Self::Tree => f.write_str("what is kept of the tree is not that of the events"),
        }
    }
}

impl VerifyReport {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.wrong.is_none()
    }
}

impl Journal {
    /// Recomputes the log as it stands now; `progress` is told how many events were seen, of
    /// how many. Events that are appended meanwhile are left to the next time.
    pub async fn verify(
        &self,
        progress: impl FnMut(u64, u64) + Send,
    ) -> Result<VerifyReport, Fault> {
        self.verify_since(&[], progress).await
    }

    /// The same, against the `notes` that someone kept: what was rewritten since is found, even if
    /// all that is in the database was made to fit together again. Whose signature the notes bear
    /// is for the caller to check.
    pub async fn verify_since(
        &self,
        notes: &[Note],
        mut progress: impl FnMut(u64, u64) + Send,
    ) -> Result<VerifyReport, Fault> {
        let backend = &self.inner.backend;
        let (lots, signed) = (backend.lots().await?, backend.checkpoints(usize::MAX).await?);
        let end = backend.head().await?;
        let mut audit = Audit::new(Known::of(lots, signed, notes));
        while audit.at.position < end.position && audit.wrong.is_none() {
            let mut lot = backend.read(audit.at.position, LOT).await?;
            lot.retain(|event| event.position <= end.position);
            if lot.is_empty() {
                audit.wrong = Some((audit.at.position + 1, Flaw::Missing));
                break;
            }
            let payloads = lot.iter().map(|event| serde_json::from_str(&event.payload));
            let payloads: Vec<_> = payloads.map(Result::ok).collect();
            let sealed = payloads.iter().flatten().flat_map(seal::persons_sealed);
            let mut persons: Vec<_> = sealed.collect();
            persons.sort_unstable();
            persons.dedup();
            let keys = self.inner.keyring.keys_for_reading(&persons).await?;
            audit.check(lot, payloads, &keys);
            progress(audit.at.position, end.position);
        }
        if audit.wrong.is_none() {
            self.check_end(&mut audit, &end).await?;
        }
        Ok(audit.report())
    }

    /// The head is the last event, and no event is beyond it.
    async fn check_end(&self, audit: &mut Audit, end: &Head) -> Result<(), Fault> {
        let now = self.inner.backend.head().await?;
        let count = self.inner.backend.count().await?;
        let grew = self.inner.backend.head().await? != now;
        if audit.at != *end {
            audit.wrong = Some((end.position, Flaw::Head));
        } else if let Some(beyond) = audit.known.beyond() {
            audit.wrong = Some(beyond);
        } else if !grew && count != now.position {
            audit.wrong = Some((now.position + 1, Flaw::Head));
        }
        Ok(())
    }
}

struct Audit {
    /// The last sound event, as a head.
    at: Head,
    sequences: HashMap<(String, String), u64>,
    sealed: u64,
    erased: u64,
    known: Known,
    wrong: Option<(u64, Flaw)>,
}

impl Audit {
    fn new(known: Known) -> Self {
        Self {
            at: Head::start(),
            sequences: HashMap::new(),
            sealed: 0,
            erased: 0,
            known,
            wrong: None,
        }
    }

    fn check(&mut self, lot: Vec<StoredEvent>, payloads: Vec<Option<Value>>, keys: &Keys) {
        for (event, payload) in lot.into_iter().zip(payloads) {
            if let Err(wrong) = self.check_event(event, payload, keys) {
                self.wrong = Some(wrong);
                return;
            }
        }
    }

    fn check_event(
        &mut self,
        event: StoredEvent,
        payload: Option<Value>,
        keys: &Keys,
    ) -> Result<(), (u64, Flaw)> {
        let position = self.at.position + 1;
        let wrong = |flaw| Err((position, flaw));
        if event.position != position {
            return wrong(Flaw::Missing);
        }
        if event.compute_leaf() != event.leaf {
            return wrong(Flaw::Leaf);
        }
        if chain(&self.at.chain, &event.leaf) != event.chain {
            return wrong(Flaw::Chain);
        }
        let id = metadata::event_id(&event.metadata);
        let (Some(payload), true) = (payload, id == Ok(event.id)) else {
            return wrong(Flaw::Format);
        };
        self.check_seals(&event, payload, keys).or_else(|person| wrong(Flaw::Seal(person)))?;
        let last = self.sequences.entry((event.stream, event.stream_id)).or_default();
        if event.sequence != *last + 1 {
            return wrong(Flaw::Sequence);
        }
        *last = event.sequence;
        self.known.take(&event.leaf)?;
        self.at = Head { position, chain: event.chain, recorded_at: event.recorded_at };
        Ok(())
    }

    fn check_seals(
        &mut self,
        event: &StoredEvent,
        mut payload: Value,
        keys: &Keys,
    ) -> Result<(), PersonId> {
        let persons = seal::persons_sealed(&payload);
        match seal::unseal(&mut payload, event.id, keys) {
            Ok(()) => {}
            Err(Fault::KeyMissing(person) | Fault::NotAuthentic(person)) => return Err(person),
            // The seal is authentic: what is in it was so when it was written.
            Err(_) => return persons.first().copied().map_or(Ok(()), Err),
        }
        let is_erased = |person: &PersonId| matches!(keys.get(person), Some(KeyState::Erased));
        self.erased += u64::from(persons.iter().any(is_erased));
        self.sealed += u64::from(persons.iter().any(|person| !is_erased(person)));
        Ok(())
    }

    fn report(self) -> VerifyReport {
        VerifyReport {
            events: self.at.position,
            streams: self.sequences.len() as u64,
            sealed: self.sealed,
            erased: self.erased,
            chain: hex::encode(self.at.chain),
            root: self.known.root(),
            notes: self.known.notes(),
            wrong: self.wrong,
        }
    }
}
