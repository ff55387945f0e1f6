//! Checking a bundle on any machine: the leaves recomputed from the fields, the way from each leaf
//! to the root, the note and its signature.

use tlog_tiles::tlog::{EMPTY_HASH, Error, Hash, check_record, check_tree};

use super::{
    Bundle, BundledEvent, EarlierNote,
    bundle::{FORMAT, documents},
    note::{Note, VerifierKey},
    tree::hash_of,
};

/// No tree of as many leaves as a number can count is deeper, twice for a consistency proof.
const LONGEST_PROOF: usize = 128;

/// What a bundle proves.
#[derive(Debug, Clone, PartialEq)]
pub struct Proven {
    /// The note that its events are proved under.
    pub note: Note,
    /// The older note that the log continues, if the bundle bears one.
    pub earlier: Option<Note>,
    /// Whose signature it is.
    pub key: VerifierKey,
    /// Whether that key was known before, rather than read in the bundle.
    pub key_was_known: bool,
    /// The positions of the events, in order.
    pub positions: Vec<u64>,
    /// The files that they name: the position, and the SHA-256 of the sealed bytes.
    pub documents: Vec<(u64, String)>,
}

/// Why a bundle proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// It is of another format.
    #[error("the bundle is not of a format that this program knows")]
    Format,
    /// Its key is none.
    #[error("the bundle's key cannot be read")]
    Key,
    /// It is signed by another key than the one known.
    #[error("the bundle is signed by another key")]
    OtherKey,
    /// Its note is none.
    #[error("the bundle's note cannot be read")]
    Note,
    /// The note was touched, or somebody else signed it.
    #[error("the note's signature is not that of the key")]
    Signature,
    /// There is no event in it, or none of a stream that it names.
    #[error("the bundle has no event, or none of a stream that it names")]
    Empty,
    /// An event is of no stream that the bundle names, or one before it is left out.
    #[error("the event at {position} does not follow in its stream")]
    Stream {
        /// Where the event says it stands.
        position: u64,
    },
    /// An event is not in the log that was signed: it was touched, or never there.
    #[error("the event at {position} is not in the log that was signed")]
    Event {
        /// Where the event says it stands.
        position: u64,
    },
    /// The files named beside an event are not those that it names.
    #[error("the files of the event at {position} are not those that it names")]
    Documents {
        /// Where the event says it stands.
        position: u64,
    },
    /// The older note is none, or by another key, or the log does not continue it.
    #[error("the log that was signed does not continue the older note")]
    Earlier,
}

impl Bundle {
    /// Recomputes everything. `known` is the key of the log that its reader got by another way;
    /// without it the bundle only proves what the holder of the key in it has signed.
    pub fn check(&self, known: Option<&VerifierKey>) -> Result<Proven, Unproven> {
        if self.format != FORMAT {
            return Err(Unproven::Format);
        }
        let key: VerifierKey = self.key.parse().map_err(|_| Unproven::Key)?;
        if known.is_some_and(|known| !known.is_same_key(&key)) {
            return Err(Unproven::OtherKey);
        }
        let note: Note = self.note.parse().map_err(|_| Unproven::Note)?;
        if key.name() != note.origin() || !note.is_signed_by(&key) {
            return Err(Unproven::Signature);
        }
        self.check_streams()?;
        self.events.iter().try_for_each(|event| event.check(&note))?;
        let earlier = self.earlier.as_ref().map(|earlier| earlier.check(&note, &key));
        let named = |it: &BundledEvent| {
            let position = it.position;
            it.documents.iter().map(move |blob| (position, blob.clone())).collect::<Vec<_>>()
        };
        Ok(Proven {
            earlier: earlier.transpose()?,
            key_was_known: known.is_some(),
            positions: self.events.iter().map(|event| event.position).collect(),
            documents: self.events.iter().flat_map(named).collect(),
            note,
            key,
        })
    }

    /// That no event of a stream is left out between its first and the last one shown.
    fn check_streams(&self) -> Result<(), Unproven> {
        let mut shown = vec![0; self.streams.len()];
        let mut last = 0;
        for event in &self.events {
            let stream = self.streams.iter().position(|stream| stream.has(event));
            let sequence = stream.and_then(|stream| shown.get_mut(stream));
            match sequence {
                Some(sequence) if event.sequence == *sequence + 1 && event.position > last => {
                    *sequence += 1;
                    last = event.position;
                }
                Some(_) | None => return Err(Unproven::Stream { position: event.position }),
            }
        }
        if shown.is_empty() || shown.contains(&0) { Err(Unproven::Empty) } else { Ok(()) }
    }
}

impl BundledEvent {
    fn check(&self, note: &Note) -> Result<(), Unproven> {
        let position = self.position;
        let proved = || {
            let leaf = hash_of(&self.stored().compute_leaf())?;
            let proof = hashes(&self.proof).ok()?;
            check_record(&proof, note.size(), note.hash(), position.checked_sub(1)?, leaf).ok()
        };
        proved().ok_or(Unproven::Event { position })?;
        if documents(&self.payload) == self.documents {
            Ok(())
        } else {
            Err(Unproven::Documents { position })
        }
    }
}

impl EarlierNote {
    fn check(&self, note: &Note, key: &VerifierKey) -> Result<Note, Unproven> {
        let earlier: Note = self.note.parse().map_err(|_| Unproven::Earlier)?;
        let proof = hashes(&self.proof).map_err(|_| Unproven::Earlier)?;
        let continues = if earlier.size() == 0 {
            proof.is_empty() && earlier.hash() == EMPTY_HASH
        } else {
            check_tree(&proof, note.size(), note.hash(), earlier.size(), earlier.hash()).is_ok()
        };
        if continues && earlier.is_signed_by(key) { Ok(earlier) } else { Err(Unproven::Earlier) }
    }
}

fn hashes(proof: &[String]) -> Result<Vec<Hash>, Error> {
    if proof.len() > LONGEST_PROOF {
        return Err(Error::InvalidProof);
    }
    proof.iter().map(|hash| Hash::parse_hash(hash)).collect()
}
