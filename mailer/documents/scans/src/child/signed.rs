//! Looking for electronic signatures: parsing what strangers signed is the
//! child's work too.

use documents::signatures::{Signature, Trust, unchanged_since, verify};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Whom to believe, and what to compare with. Goes before the file on the
/// standard input of the child: lists of authorities are longer than a command
/// line may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignatureQuestion {
    /// The certificates of authorities and of signers to trust, in PEM; may be empty.
    pub roots: String,
    /// The certificates of the platform, those of before too, in PEM.
    pub ours: String,
    /// When the certificates are judged.
    pub at: Timestamp,
    /// The length of our original, bytes, when the file begins with it.
    pub original: Option<usize>,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignaturesFound {
    /// Whether all that follows the original only signs; none when the file does
    /// not begin with it.
    pub original_kept: Option<bool>,
    /// Its signatures, in the order of its form.
    pub signatures: Vec<Signature>,
}

/// The child's part. Certificates that cannot be read are trusted by nobody: the
/// parent has read them before.
pub(super) fn look(pdf: &[u8], question: &SignatureQuestion) -> SignaturesFound {
    let nobody = || Trust::nobody(question.at);
    let ours = nobody().and_ours(&question.ours).unwrap_or_else(|_| nobody());
    let trust = ours.clone().and_roots(&question.roots).unwrap_or(ours);
    SignaturesFound {
        original_kept: question.original.map(|length| unchanged_since(pdf, length)),
        signatures: verify(pdf, &trust),
    }
}
