//! Backups.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Backups.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BackupConfig {
    /// For how many days `escale backup` keeps copies of the keys: so long after their erasure a person
    /// could still be read, by whoever has such a copy, the log’s and the master key.
    pub keys_days: u32,
}

impl Default for BackupConfig {
    fn default() -> Self {
        Self { keys_days: 7 }
    }
}
