//! Signing the log as it stands, and proving what is in it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use tlog_tiles::tlog::Hash;

use super::{
    Bundle, BundledEvent, EarlierNote, Kept, ProofFault, SignedNote, StreamName,
    bundle::FORMAT,
    note::{Note, Signer, VerifierKey},
    tree::{Frontier, LOT, Tree, hash_of},
};
use crate::{
    Fault, Journal,
    event::{Head, StoredEvent},
    journal::Inner,
    rows::RowOp,
};

/// How many lots are read and kept at once.
const STRIDE: u64 = 64;

/// A note that was signed, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Checkpoint {
    /// The note.
    pub note: Note,
    /// When.
    pub signed_at: Timestamp,
}

impl Journal {
    /// The public key that checks the notes of this log under the name `origin`.
    pub async fn verifier_key(&self, origin: &str) -> Result<VerifierKey, ProofFault> {
        Ok(self.inner.signer(origin).await?.key().clone())
    }

    /// Signs the log as it stands now, as the log of the name `origin`; answers the last note when
    /// nothing came since. A log that does not continue what was signed last is not signed.
    pub async fn checkpoint(&self, origin: &str) -> Result<Checkpoint, ProofFault> {
        let signer = self.inner.signer(origin).await?;
        let head = self.inner.backend.head().await?;
        let last = self.last_checkpoint().await?;
        if let Some(last) = last {
            if !self.inner.continues(&last.note, &head).await? {
                return Err(ProofFault::Diverged { size: last.note.size() });
            }
            let is_ours = last.note.origin() == origin && last.note.is_signed_by(signer.key());
            if is_ours && last.note.size() == head.position {
                return Ok(last);
            }
        }
        let tree = self.inner.tree(head.position, &[head.position]).await?;
        let root = tree.root(head.position).map_err(|_| leaf(head.position))?;
        let note = signer.sign(head.position, root)?;
        let signed_at = self.inner.clock.now();
        let kept = SignedNote {
            size: note.size(),
            note: note.text().to_owned(),
            signed_at: signed_at.as_microsecond(),
        };
        self.inner.keep(Kept::Checkpoint(kept)).await?;
        Ok(Checkpoint { note, signed_at })
    }

    /// The last note that was signed, if any was.
    pub async fn last_checkpoint(&self) -> Result<Option<Checkpoint>, ProofFault> {
        let Some(kept) = self.inner.backend.checkpoints(1).await?.pop() else {
            return Ok(None);
        };
        let signed_at = Timestamp::from_microsecond(kept.signed_at);
        let signed_at = signed_at.map_err(|e| Fault::format("a checkpoint's instant", e))?;
        Ok(Some(Checkpoint { note: kept.note.parse()?, signed_at }))
    }

    /// The events of these streams with the proof that they are in the log, which is signed for it
    /// as it stands now; a stream without events is left out. `earlier` is a note that the reader kept: the bundle then proves too that the
    /// log continues it.
    pub async fn prove(
        &self,
        origin: &str,
        streams: &[StreamName],
        earlier: Option<&Note>,
    ) -> Result<Bundle, ProofFault> {
        let note = self.checkpoint(origin).await?.note;
        let backend = &self.inner.backend;
        let mut events = Vec::new();
        for name in streams {
            events.extend(backend.stream(name.stream.clone(), name.stream_id.clone()).await?);
        }
        events.retain(|event| event.position <= note.size());
        events.sort_by_key(|event| event.position);
        if events.is_empty() {
            return Err(ProofFault::Nothing);
        }
        let key = self.verifier_key(origin).await?;
        let of = |events| self.inner.bundle(streams, &note, &key, events, earlier);
        let bundle = of(events.clone()).await?;
        if bundle.check(Some(&key)).is_ok() {
            return Ok(bundle);
        }
        // What is kept of the tree may be wrong: the events decide.
        self.inner.keep(Kept::NoLots).await?;
        let bundle = of(events).await?;
        bundle.check(Some(&key))?;
        Ok(bundle)
    }
}

impl Inner {
    async fn signer(&self, origin: &str) -> Result<Signer, ProofFault> {
        let seed = self.keyring.signing_seed().await?;
        Signer::new(origin, &seed)
    }

    async fn keep(&self, kept: Kept) -> Result<(), Fault> {
        let _under_way = self.enter().await?;
        self.row_op(RowOp::Proof(kept)).await.map(drop)
    }

    /// Whether the log that ends at `head` begins with what `note` says. What is kept of the tree
    /// is made again before the answer is no.
    async fn continues(&self, note: &Note, head: &Head) -> Result<bool, ProofFault> {
        if note.size() > head.position {
            return Ok(false);
        }
        let is_root = |tree: &Tree| tree.root(note.size()).is_ok_and(|root| root == note.hash());
        if is_root(&self.tree(head.position, &[note.size()]).await?) {
            return Ok(true);
        }
        self.keep(Kept::NoLots).await?;
        Ok(is_root(&self.tree(head.position, &[note.size()]).await?))
    }

    async fn bundle(
        &self,
        streams: &[StreamName],
        note: &Note,
        key: &VerifierKey,
        events: Vec<StoredEvent>,
        earlier: Option<&Note>,
    ) -> Result<Bundle, ProofFault> {
        let mut touched: Vec<_> = events.iter().map(|event| event.position - 1).collect();
        touched.extend(earlier.map(Note::size));
        let tree = self.tree(note.size(), &touched).await?;
        let proved = events.into_iter().map(|event| {
            let position = event.position;
            let proof = tree.inclusion(note.size(), position - 1).map_err(|_| leaf(position))?;
            Ok(BundledEvent::of(event, &proof))
        });
        let events = proved.collect::<Result<Vec<_>, ProofFault>>()?;
        let has_events = |stream: &&StreamName| events.iter().any(|event| stream.has(event));
        let streams = streams.iter().filter(has_events).cloned().collect();
        let earlier = earlier.map(|earlier| {
            let size = earlier.size();
            let proof = tree.consistency(note.size(), size);
            let proof = proof.map_err(|_| ProofFault::Diverged { size })?;
            let proof = proof.iter().map(Hash::to_string).collect();
            Ok::<_, ProofFault>(EarlierNote { note: earlier.text().to_owned(), proof })
        });
        Ok(Bundle {
            format: FORMAT.to_owned(),
            streams,
            key: key.to_string(),
            note: note.text().to_owned(),
            earlier: earlier.transpose()?,
            events,
        })
    }

    /// The tree over the first `size` events, with the leaves of its last lot and of those that
    /// hold the indexes `touched`.
    async fn tree(&self, size: u64, touched: &[u64]) -> Result<Tree, ProofFault> {
        let mut tree = Tree::over(self.lots(size / LOT).await?);
        let lots = touched.iter().chain([&size]).map(|index| index / LOT);
        let lots: BTreeSet<u64> = lots.filter(|lot| lot * LOT < size).collect();
        for lot in lots {
            let last = size.min((lot + 1) * LOT);
            tree.put(lot, self.leaves(lot * LOT, last).await?);
        }
        Ok(tree)
    }

    /// The roots of the first lots; those that are not kept yet are computed and kept.
    async fn lots(&self, wanted: u64) -> Result<Vec<Hash>, ProofFault> {
        let kept = self.backend.lots().await?;
        let kept =
            (0..wanted).zip(kept).map_while(
                |(expected, (lot, root))| {
                    if lot == expected { hash_of(&root) } else { None }
                },
            );
        let mut lots: Vec<Hash> = kept.collect();
        let mut next = lots.len() as u64;
        while next < wanted {
            let end = wanted.min(next + STRIDE);
            let leaves = self.leaves(next * LOT, end * LOT).await?;
            let roots = tokio::task::spawn_blocking(move || roots(&leaves));
            let roots = roots.await.map_err(Fault::task)?;
            let fresh = (next..).zip(&roots).map(|(lot, root)| (lot, root.0.to_vec()));
            self.keep(Kept::Lots(fresh.collect())).await?;
            lots.extend(roots);
            next = end;
        }
        Ok(lots)
    }

    /// The leaves after a position and up to another: all of them, or none is usable.
    async fn leaves(&self, after: u64, last: u64) -> Result<Vec<Hash>, ProofFault> {
        let leaves = self.backend.leaves(after, last).await?;
        if leaves.len() as u64 != last - after {
            return Err(leaf(after + leaves.len() as u64 + 1));
        }
        let hashes = (after + 1..).zip(leaves);
        hashes.map(|(position, bytes)| hash_of(&bytes).ok_or_else(|| leaf(position))).collect()
    }
}

fn leaf(position: u64) -> ProofFault {
    ProofFault::Leaf { position }
}

/// The roots of the lots that these leaves fill.
fn roots(leaves: &[Hash]) -> Vec<Hash> {
    let mut frontier = Frontier::default();
    leaves.iter().filter_map(|leaf| frontier.push(*leaf)).collect()
}
