//! Proofs of the log, for those who trust nobody.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Proofs of the log, for those who trust nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AuditConfig {
    /// The name under which the log is signed, without space or plus sign; the host of
    /// `public_url`, and `/journal`, when it is not said.
    #[schemars(example = &"escale.ac-exemple.fr/journal")]
    pub origin: Option<String>,
    /// How often the log is signed if it grew; when 0, by `escale audit checkpoint` only.
    pub checkpoint_minutes: u32,
    /// Where each note is put besides: a folder, or `s3://bucket/prefix`, that the operator cannot
    /// write over: best a bucket with object lock and a default retention. One object for each
    /// size of the log, never written over.
    #[schemars(example = &"s3://escale-notes/journal")]
    pub export_url: Option<String>,
    /// Every how many days each auditor is mailed the last note, to keep; never when 0.
    pub mail_days: u32,
}

impl Default for AuditConfig {
    fn default() -> Self {
        Self { origin: None, checkpoint_minutes: 60, export_url: None, mail_days: 0 }
    }
}

impl AuditConfig {
    pub(super) fn origin(&self) -> Option<&str> {
        self.origin.as_deref().filter(|origin| !origin.is_empty())
    }
}
