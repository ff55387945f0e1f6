//! What can keep a seal from being put.

/// Why a certificate and its key cannot seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// No certificate in PEM, or one that cannot be read.
    #[error("no certificate is there: PEM is expected, the one to seal with first")]
    Certificate,
    /// No private key in PKCS #8, or of another kind.
    #[error("the key must be a PKCS #8 private key in PEM, of the curve P-256 or RSA")]
    Key,
    /// The key is not the one of the certificate.
    #[error("the key is not the one of the certificate")]
    Mismatch,
}

/// Why a PDF was not sealed.
#[derive(Debug, thiserror::Error)]
pub enum SealFault {
    /// The file is no PDF that can be added to.
    #[error("the file is not a PDF that can be sealed")]
    Unreadable,
    /// The sealed file could not be written to memory.
    #[error("the sealed document could not be written")]
    Unwritable(#[source] std::io::Error),
    /// A structure of the signature could not be encoded.
    #[error("the signature could not be encoded")]
    Encoding(#[from] der::Error),
    /// The key could not sign, or the machine had no chance to give.
    #[error("the key could not sign")]
    Signing,
    /// The authority's answer is no time stamp of this signature, or answers another question.
    #[error("the answer of the time stamping authority is no time stamp of this signature")]
    BadTimeStamp,
    /// The signature is larger than the room kept for it.
    #[error("the signature takes {needed} bytes, and {room} were kept for it")]
    TooLarge {
        /// What it takes, bytes.
        needed: usize,
        /// What was kept, bytes.
        room: usize,
    },
}
