//! One page of a list: « Résultats 1 - 10 sur 52 ».

/// Which part of a list is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// How many rows come before it.
    pub offset: u32,
    /// How many rows at most.
    pub limit: u32,
}

impl Window {
    /// The first `limit` rows.
    pub const fn first(limit: u32) -> Self {
        Self { offset: 0, limit }
    }
}

/// A part of a list, and how long the list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows wanted.
    pub items: Vec<T>,
    /// How many rows the whole list has.
    pub total: u64,
}
