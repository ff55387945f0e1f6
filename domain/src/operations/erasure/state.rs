//! Whether it was done.

/// Whether the person was erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ErasureState {
    /// Not.
    #[default]
    Kept,
    /// For good.
    Erased,
}
