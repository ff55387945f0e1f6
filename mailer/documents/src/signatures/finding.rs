//! What is found of one signature.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One signature of a PDF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The common name in its certificate, as written there: a claim, unless
    /// the signature is [trusted](Self::trusted). `None` when it cannot be read.
    pub signer: Option<String>,
    /// The organisation in its certificate.
    pub organisation: Option<String>,
    /// When it says that it was made: a claim.
    pub claimed: Option<Timestamp>,
    /// When an authority saw it, if a time stamp in it is valid and comes from
    /// a trusted one.
    pub time_stamped: Option<Timestamp>,
    /// Whether it covers the whole file but its own digits.
    pub covers_whole_file: bool,
    /// Whether the file is as it was signed.
    pub integrity: Integrity,
    /// Whether its certificate leads to one of the given roots, or is ours.
    pub trusted: bool,
    /// Whether it was made with a certificate of the platform.
    pub by_us: bool,
}

/// Whether a file is as it was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Integrity {
    /// As signed; what may follow only signs too.
    Intact,
    /// Something that was signed has changed, in place or by a later revision.
    AlteredAfterSigning,
    /// The signature proves nothing: damaged, or made in a way that is not known here.
    Invalid,
}
