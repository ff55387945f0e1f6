//! The RFC 6962 tree. Kept are the roots of its complete lots of 256 leaves; all that lies above
//! is computed from them in memory (4000 hashes for a million events), all that lies below from the
//! leaves of the few lots that a proof touches.

use std::collections::HashMap;

use tlog_tiles::tlog::{
    Error, Hash, HashReader, TreeProof, node_hash, prove_record, prove_tree,
    split_stored_hash_index, tree_hash,
};

/// How many leaves a lot has.
pub(super) const LOT: u64 = 256;

/// The level of the root of a lot.
const LOT_LEVEL: u8 = 8;

/// What the tree is asked of: some roots of lots, and the leaves of those that matter.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// The complete subtrees from the roots of the lots upwards, level by level.
    upper: Vec<Vec<Hash>>,
    /// The leaves of some lots; the last may be incomplete.
    leaves: HashMap<u64, Vec<Hash>>,
}

impl Tree {
    /// The tree over lots with these roots.
    pub(super) fn over(lots: Vec<Hash>) -> Self {
        let mut upper = vec![lots];
        while let Some(last) = upper.last().filter(|last| last.len() > 1) {
            let next = last.as_chunks().0.iter().map(|[left, right]| node_hash(*left, *right));
            let next = next.collect();
            upper.push(next);
        }
        Self { upper, leaves: HashMap::new() }
    }

    /// Makes the leaves of a lot known.
    pub(super) fn put(&mut self, lot: u64, leaves: Vec<Hash>) {
        self.leaves.insert(lot, leaves);
    }

    /// The root of the first `size` leaves.
    pub(super) fn root(&self, size: u64) -> Result<Hash, Error> {
        tree_hash(size, self)
    }

    /// That the leaf at `index` is among the first `size`.
    pub(super) fn inclusion(&self, size: u64, index: u64) -> Result<Vec<Hash>, Error> {
        prove_record(size, index, self)
    }

    /// That the first `size` leaves begin with the first `old`.
    pub(super) fn consistency(&self, size: u64, old: u64) -> Result<TreeProof, Error> {
        if old == 0 { Ok(TreeProof::new()) } else { prove_tree(size, old, self) }
    }

    /// The root of the complete subtree of a level, the `n`th of that level.
    fn subtree(&self, level: u8, n: u64) -> Option<Hash> {
        if let Some(above) = level.checked_sub(LOT_LEVEL) {
            let hashes = self.upper.get(usize::from(above))?;
            return hashes.get(usize::try_from(n).ok()?).copied();
        }
        let width = 1_u64 << level;
        let first = n * width;
        let leaves = self.leaves.get(&(first / LOT))?;
        let from = usize::try_from(first % LOT).ok()?;
        let leaves = leaves.get(from..from + usize::try_from(width).ok()?)?;
        let mut frontier = Frontier::default();
        for leaf in leaves {
            frontier.push(*leaf);
        }
        Some(frontier.root())
    }
}

impl HashReader for Tree {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<Hash>, Error> {
        let read = |index: &u64| {
            let (level, n) = split_stored_hash_index(*index);
            self.subtree(level, n).ok_or(Error::IndexesNotInTree)
        };
        indexes.iter().map(read).collect()
    }
}

/// The right edge of a tree that grows by a leaf at a time: its complete subtrees, the widest first.
#[derive(Debug, Default)]
pub(super) struct Frontier {
    size: u64,
    edge: Vec<Hash>,
    /// The root of the lot that the last leaf completed.
    lot: Option<Hash>,
}

impl Frontier {
    /// Adds a leaf; answers the root of the lot that it completes, if it does.
    pub(super) fn push(&mut self, leaf: Hash) -> Option<Hash> {
        self.lot = None;
        let mut hash = leaf;
        self.size += 1;
        for level in 0..self.size.trailing_zeros() {
            if level == u32::from(LOT_LEVEL) {
                self.lot = Some(hash);
            }
            // The sizes of the edge are the bits of the size: there is one to each carry.
            if let Some(left) = self.edge.pop() {
                hash = node_hash(left, hash);
            }
        }
        if self.size.trailing_zeros() == u32::from(LOT_LEVEL) {
            self.lot = Some(hash);
        }
        self.edge.push(hash);
        self.lot
    }

    /// How many leaves there are.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The root over all of them.
    pub(super) fn root(&self) -> Hash {
        let mut hashes = self.edge.iter().rev().copied();
        let last = hashes.next().unwrap_or(tlog_tiles::tlog::EMPTY_HASH);
        hashes.fold(last, |right, left| node_hash(left, right))
    }
}

/// The hash of these bytes' value, if they are as many as a hash has.
pub(super) fn hash_of(bytes: &[u8]) -> Option<Hash> {
    bytes.try_into().ok().map(Hash)
}

#[cfg(test)]
mod tests {
    use tlog_tiles::tlog::{check_record, check_tree, record_hash};

    use super::*;

    fn leaf(index: u64) -> Hash {
        record_hash(&index.to_be_bytes())
    }

    /// A tree of so many leaves, and its roots at every size.
    fn grown(size: u64) -> (Tree, Vec<Hash>) {
        let mut frontier = Frontier::default();
        let mut roots = vec![frontier.root()];
        let mut lots = Vec::new();
        for index in 0..size {
            lots.extend(frontier.push(leaf(index)));
            roots.push(frontier.root());
        }
        let mut tree = Tree::over(lots);
        for lot in 0..=size / LOT {
            tree.put(lot, (lot * LOT..size.min((lot + 1) * LOT)).map(leaf).collect());
        }
        (tree, roots)
    }

    #[test]
    fn the_edge_and_the_tree_agree_at_every_size_and_prove_every_leaf() {
        let (tree, roots) = grown(1100);

        for size in [1, 2, 3, 255, 256, 257, 511, 512, 513, 767, 1024, 1100] {
            let root = roots[usize::try_from(size).unwrap()];
            assert_eq!(tree.root(size).unwrap(), root, "{size}");
            for index in (0..size).step_by(7) {
                let proof = tree.inclusion(size, index).unwrap();
                check_record(&proof, size, root, index, leaf(index)).unwrap();
                check_record(&proof, size, root, index, leaf(index + 1)).unwrap_err();
            }
            for old in (1..=size).step_by(13) {
                let earlier = roots[usize::try_from(old).unwrap()];
                let proof = tree.consistency(size, old).unwrap();
                check_tree(&proof, size, root, old, earlier).unwrap();
            }
        }
    }

    #[test]
    fn a_leaf_whose_lot_is_not_known_is_not_proved() {
        let (mut tree, _) = grown(600);
        tree.leaves.remove(&1);

        assert!(tree.inclusion(600, 300).is_err());
        assert!(tree.inclusion(600, 10).is_ok());
    }
}
