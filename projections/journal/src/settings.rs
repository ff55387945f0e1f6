//! Where the log and the keys are, and the key that wraps them.

use std::{fmt, str::FromStr};

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{Clock, Upcaster, upcast};

/// How to open a journal.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the log is: `memory:`, `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Where the persons' keys are, apart from the log: `memory:`, the path of a SQLite file (also
    /// when the log is in PostgreSQL), or `postgres://…`, which gateways on several machines share.
    pub keys: String,
    /// What wraps the persons' keys.
    pub master_key: MasterKey,
    /// What dates the events.
    pub clock: Clock,
    /// What brings old events to today's shape, in the order of the versions.
    pub upcasters: Vec<Upcaster>,
}

impl Settings {
    /// A log at `url`, dated by the system's clock, with the upcasters of this version.
    pub fn new(url: impl Into<String>, keys: impl Into<String>, master_key: MasterKey) -> Self {
        Self {
            url: url.into(),
            keys: keys.into(),
            master_key,
            clock: Clock::system(),
            upcasters: upcast::ALL.to_vec(),
        }
    }

    /// A log and keys that vanish with the process.
    pub fn memory() -> Self {
        Self::new("memory:", "memory:", MasterKey::new([0; 32]))
    }

    /// The same, dated by `clock`.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}

/// The 32 bytes that wrap every person's key. `Debug` never shows them.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct MasterKey([u8; 32]);

/// The text was not 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a master key is 64 hexadecimal digits")]
pub struct NotAMasterKey;

impl MasterKey {
    /// The key made of `bytes`.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl FromStr for MasterKey {
    type Err = NotAMasterKey;

    fn from_str(text: &str) -> Result<Self, NotAMasterKey> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text.trim(), &mut bytes).map_err(|_| NotAMasterKey)?;
        Ok(Self(bytes))
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_master_key_reads_as_hexadecimal_and_never_shows_itself() {
        let key: MasterKey = "07".repeat(32).parse().unwrap();

        assert_eq!(key.bytes(), &[7; 32]);
        assert_eq!(format!("{key:?}"), "MasterKey");
        assert_eq!("07".parse::<MasterKey>().err(), Some(NotAMasterKey));
    }
}
