//! How much a stack may be.

/// What the platform takes. Checked before anything is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Limits {
    /// The largest file, bytes.
    pub bytes: usize,
    /// The most pages.
    pub pages: usize,
    /// The most pixels in one picture, as it says of itself.
    pub pixels: u64,
}

impl Default for Limits {
    /// 100 MB, 400 pages, and the pixels of an A3 sheet at 600 dots per inch.
    fn default() -> Self {
        Self { bytes: 100_000_000, pages: 400, pixels: 70_000_000 }
    }
}
