//! What can keep a document from being made.

/// Why a document could not be made. None of these depends on chance: the same
/// content fails again, so it is not worth a retry.
#[derive(Debug, thiserror::Error)]
pub enum RenderFault {
    /// The reference cannot be printed in a page code.
    #[error("the reference must be 1 to 24 characters of A-Z, 0-9 and -")]
    BadReference,
    /// The texts are longer than a document may be.
    #[error("the document would be longer than {most} pages")]
    TooLong {
        /// The most pages a document may have.
        most: usize,
    },
    /// A page code does not fit in its square.
    #[error("the page code is too long")]
    CodeTooLong(#[source] qrcodegen::DataTooLong),
    /// An embedded font cannot be read: the build is broken.
    #[error("an embedded font cannot be read")]
    Font,
    /// The finished file could not be written to memory.
    #[error("the document could not be written")]
    Unwritable(#[source] std::io::Error),
}
