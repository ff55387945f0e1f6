//! A file that is kept outside the log.

use serde::{Deserialize, Serialize};

use super::personal::Personal;

/// A file of ours: stored sealed, under the SHA-256 of its sealed bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StoredDocument {
    /// SHA-256 of the sealed bytes, in hexadecimal: where it is stored.
    pub blob: String,
    /// Length of the clear bytes.
    pub length: u64,
    /// SHA-256 of the clear bytes, in hexadecimal. Sealed like them: whoever has the key can
    /// prove what the document was, nobody else can guess it. Its person is whose key seals
    /// the file.
    pub digest: Personal<String>,
}
