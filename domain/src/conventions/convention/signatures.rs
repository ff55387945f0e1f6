//! What the electronic signatures in a deposited file said on the day it came.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::kernel::personal::Personal;

/// What came of looking for signatures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SignatureCheck {
    /// The deposit is older than the look, or there was no file to look at.
    #[default]
    NotLooked,
    /// The look took more time or memory than is allowed, or broke: nothing is known.
    Unfinished,
    /// It was looked at.
    Looked {
        /// What became of our original in it.
        original: OriginalWithin,
        /// Its signatures, in its own order; none when nobody signed it so.
        signatures: Vec<FoundSignature>,
    },
}

/// What became of our original in a file.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum OriginalWithin {
    /// The file begins with its bytes, and what follows only signs.
    Kept,
    /// The file begins with its bytes, and what follows changes what is shown.
    Altered,
    /// The file does not begin with its bytes: scanned, printed again, or made otherwise.
    Absent,
}

/// One signature of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FoundSignature {
    /// The name in its certificate: a claim, unless the certificate is trusted.
    pub signer: Option<Personal<String>>,
    /// The organisation in its certificate.
    pub organisation: Option<Personal<String>>,
    /// When it says that it was made.
    pub claimed: Option<Timestamp>,
    /// When an authority that is trusted saw it.
    pub time_stamped: Option<Timestamp>,
    /// Whether the file is as it was signed.
    pub integrity: SignatureIntegrity,
    /// Whether its certificate led to one that the operator trusts, or is the platform’s.
    pub trusted: bool,
    /// Whether it is the seal of the platform.
    pub by_platform: bool,
}

/// Whether a file is as it was signed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, strum::EnumString, strum::Display,
)]
#[serde(rename_all = "camelCase")]
pub enum SignatureIntegrity {
    /// As signed; what follows only signs too.
    Intact,
    /// Something signed has changed since.
    Altered,
    /// Nothing is proven: damaged, or made in a way that is not understood.
    Invalid,
}
