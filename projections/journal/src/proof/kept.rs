//! What is kept of the tree and of the notes, in the log's database.

/// A change of it.
#[derive(Debug, Clone)]
pub(crate) enum Kept {
    /// These lots of the tree have these roots.
    Lots(Vec<(u64, Vec<u8>)>),
    /// No lot is known: the tree is to be made again.
    NoLots,
    /// This was signed.
    Checkpoint(SignedNote),
}

/// A note that was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedNote {
    /// How many events it covers.
    pub(crate) size: u64,
    /// The note, whole.
    pub(crate) note: String,
    /// Microseconds since 1970.
    pub(crate) signed_at: i64,
}
