//! An event as the tables hold it, its leaf in the hash chain, and the head of the log.

use cqrs_es::persist::SerializedEvent;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::Fault;

/// One row of `events`: what readers get before it is unsealed, upcast and decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredEvent {
    pub(crate) position: u64,
    pub(crate) id: Uuid,
    pub(crate) tenant: Option<String>,
    pub(crate) stream: String,
    pub(crate) stream_id: String,
    pub(crate) sequence: u64,
    pub(crate) name: String,
    pub(crate) version: String,
    /// JSON, sealed, byte for byte as written.
    pub(crate) payload: String,
    /// JSON, a flat map of strings.
    pub(crate) metadata: String,
    /// Microseconds since 1970.
    pub(crate) recorded_at: i64,
    pub(crate) leaf: Vec<u8>,
    pub(crate) chain: Vec<u8>,
}

/// Where the log ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) position: u64,
    pub(crate) chain: Vec<u8>,
    pub(crate) recorded_at: i64,
}

impl Head {
    /// The head of a log without events.
    pub(crate) fn start() -> Self {
        Self { position: 0, chain: vec![0; 32], recorded_at: 0 }
    }
}

impl StoredEvent {
    /// SHA-256(0x00 ‖ each field preceded by its length), over the bytes as stored, so that
    /// an erasure, which leaves them as they are, breaks nothing.
    pub(crate) fn compute_leaf(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update([0]);
        let mut field = |bytes: &[u8]| {
            hash.update((bytes.len() as u64).to_be_bytes());
            hash.update(bytes);
        };
        field(&self.position.to_be_bytes());
        field(self.id.as_bytes());
        match &self.tenant {
            Some(tenant) => field(&[&[1], tenant.as_bytes()].concat()),
            None => field(&[0]),
        }
        field(self.stream.as_bytes());
        field(self.stream_id.as_bytes());
        field(&self.sequence.to_be_bytes());
        field(self.name.as_bytes());
        field(self.version.as_bytes());
        field(self.payload.as_bytes());
        field(self.metadata.as_bytes());
        field(&self.recorded_at.to_be_bytes());
        hash.finalize().to_vec()
    }
}

/// SHA-256(0x02 ‖ previous ‖ leaf).
pub(crate) fn chain(previous: &[u8], leaf: &[u8]) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update([2]);
    hash.update(previous);
    hash.update(leaf);
    hash.finalize().to_vec()
}

/// A position as SQL holds it; positions never reach the half of the range that is lost.
pub(crate) fn to_sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A position as SQL gave it.
pub(crate) fn from_sql(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

impl StoredEvent {
    /// The event as the framework reads it, still sealed.
    pub(crate) fn into_serialized(self) -> Result<SerializedEvent, Fault> {
        let json =
            |text: &str| serde_json::from_str(text).map_err(|e| Fault::format("an event", e));
        Ok(SerializedEvent {
            payload: json(&self.payload)?,
            metadata: json(&self.metadata)?,
            aggregate_id: self.stream_id,
            sequence: usize::try_from(self.sequence).unwrap_or(usize::MAX),
            aggregate_type: self.stream,
            event_type: self.name,
            event_version: self.version,
        })
    }
}
