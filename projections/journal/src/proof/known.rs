//! What is known of a log from elsewhere while it is verified: the notes that were signed, those that
//! others kept, and what is kept of the tree.

use std::collections::{HashMap, VecDeque};

use tlog_tiles::tlog::Hash;

use super::{
    SignedNote,
    note::Note,
    tree::{Frontier, LOT, hash_of},
};
use crate::Flaw;

/// Grows the tree with each event and compares.
#[derive(Debug)]
pub(crate) struct Known {
    frontier: Frontier,
    lots: HashMap<u64, Vec<u8>>,
    heads: VecDeque<Head>,
    /// How many events the last note that agreed covers.
    agreed: u64,
    notes: u64,
}

/// What a note says.
#[derive(Debug)]
struct Head {
    size: u64,
    /// None when the note that is kept is none.
    root: Option<Hash>,
    /// Whether someone else kept it.
    from_elsewhere: bool,
}

impl Known {
    pub(crate) fn of(
        lots: Vec<(u64, Vec<u8>)>,
        signed: Vec<SignedNote>,
        kept_elsewhere: &[Note],
    ) -> Self {
        let own = signed.into_iter().map(|kept| {
            let note = kept.note.parse::<Note>().ok().filter(|note| note.size() == kept.size);
            Head { size: kept.size, root: note.map(|note| note.hash()), from_elsewhere: false }
        });
        let others = kept_elsewhere.iter().map(|note| Head {
            size: note.size(),
            root: Some(note.hash()),
            from_elsewhere: true,
        });
        let mut heads: Vec<_> = others.chain(own).collect();
        heads.sort_by_key(|head| head.size);
        let mut known = Self {
            frontier: Frontier::default(),
            lots: lots.into_iter().collect(),
            heads: heads.into(),
            agreed: 0,
            notes: 0,
        };
        while known.heads.front().is_some_and(|head| head.size == 0) {
            known.heads.pop_front();
        }
        known
    }

    /// Adds the leaf of the next event. What does not agree is answered with the position up to
    /// which it does not.
    pub(crate) fn take(&mut self, leaf: &[u8]) -> Result<(), (u64, Flaw)> {
        let next = self.frontier.size() + 1;
        let leaf = hash_of(leaf).ok_or((next, Flaw::Leaf))?;
        let lot = self.frontier.push(leaf);
        while let Some(head) = self.heads.pop_front_if(|head| head.size == next) {
            if head.root != Some(self.frontier.root()) {
                let after = self.agreed;
                let flaw = if head.from_elsewhere {
                    Flaw::Rewritten { after }
                } else {
                    Flaw::Checkpoint { after }
                };
                return Err((next, flaw));
            }
            self.agreed = next;
            self.notes += 1;
        }
        let Some(lot) = lot else {
            return Ok(());
        };
        let number = (next - 1) / LOT;
        match self.lots.remove(&number) {
            Some(kept) if kept != lot.0 => Err((number * LOT + 1, Flaw::Tree)),
            Some(_) | None => Ok(()),
        }
    }

    /// What was signed or kept beyond the end of the log.
    pub(crate) fn beyond(&self) -> Option<(u64, Flaw)> {
        let signed = self.heads.iter().map(|head| head.size);
        let lots = self.lots.keys().map(|lot| (lot + 1) * LOT);
        let signed = signed.chain(lots).max()?;
        Some((self.frontier.size() + 1, Flaw::Cut { signed }))
    }

    /// How many notes agree.
    pub(crate) fn notes(&self) -> u64 {
        self.notes
    }

    /// The root of the tree so far, in base64.
    pub(crate) fn root(&self) -> String {
        self.frontier.root().to_string()
    }
}
