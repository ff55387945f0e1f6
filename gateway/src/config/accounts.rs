//! Links, sessions and limits of accounts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Links, sessions and limits of accounts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AccountsConfig {
    /// How many minutes a mailed link may be used (verification, reset, sign-in, address).
    pub link_minutes: u32,
    /// How many hours an invitation may be accepted.
    pub invitation_hours: u32,
    /// Wrong passwords in a row before an account is locked.
    pub lock_after: u32,
    /// For how many minutes.
    pub lock_minutes: u32,
    /// How many hours a session lasts without « Maintenir ma connexion ».
    pub session_hours: u32,
    /// How many days it lasts with it.
    pub kept_session_days: u32,
    /// How many tries of one kind a network address may make in a minute.
    pub tries_per_minute: u32,
    /// How often an hour the beginning of a school’s login is shown.
    pub hints_per_hour: u32,
}

impl Default for AccountsConfig {
    fn default() -> Self {
        Self {
            link_minutes: 5,
            invitation_hours: 168,
            lock_after: 8,
            lock_minutes: 15,
            session_hours: 8,
            kept_session_days: 30,
            tries_per_minute: 20,
            hints_per_hour: 10,
        }
    }
}
