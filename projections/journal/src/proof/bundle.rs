//! The proof of streams in one file: their events as stored, that each is in the log, and the note
//! that was signed over the log.

use std::fmt;

use domain::kernel::decider::Decider;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tlog_tiles::tlog::Hash;
use uuid::Uuid;

use crate::event::StoredEvent;

/// What the file says it is.
pub(super) const FORMAT: &str = "escale-proof/2";

/// A proof that checks itself, with neither log nor key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Bundle {
    /// `escale-proof/2`.
    pub format: String,
    /// Whose events these are, all of them from the first on.
    pub streams: Vec<StreamName>,
    /// The key that signed the note, as C2SP writes it.
    pub key: String,
    /// The note.
    pub note: String,
    /// An older note that the reader had kept, and that the log continues it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<EarlierNote>,
    /// The events of the streams, in the order of the log.
    pub events: Vec<BundledEvent>,
}

/// The name of a stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct StreamName {
    /// Its type.
    pub stream: String,
    /// Its id.
    pub stream_id: String,
}

impl StreamName {
    /// The stream of an aggregate.
    pub fn of<D: Decider>(id: impl fmt::Display) -> Self {
        Self { stream: D::TYPE.to_owned(), stream_id: id.to_string() }
    }

    /// Whether an event is one of it.
    pub(super) fn has(&self, event: &BundledEvent) -> bool {
        (&self.stream, &self.stream_id) == (&event.stream, &event.stream_id)
    }
}

/// An older note, and the RFC 6962 consistency proof from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct EarlierNote {
    /// The note.
    pub note: String,
    /// Hashes in base64.
    pub proof: Vec<String>,
}

/// An event to the byte as it is stored, and the RFC 6962 inclusion proof of its leaf.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct BundledEvent {
    /// Its place in the log, from 1 on; its leaf has the index one less.
    pub position: u64,
    /// Its id.
    pub id: Uuid,
    /// The platform.
    pub tenant: Option<String>,
    /// The type of its stream.
    pub stream: String,
    /// The id of its stream.
    pub stream_id: String,
    /// Its place in its stream, from 1 on.
    pub sequence: u64,
    /// Its name.
    pub name: String,
    /// The version of its shape.
    pub version: String,
    /// JSON, what is personal sealed; a text, because its very bytes count.
    pub payload: String,
    /// JSON: who acted, when, why.
    pub metadata: String,
    /// Microseconds since 1970.
    pub recorded_at: i64,
    /// The files that it names, by the SHA-256 of their sealed bytes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<String>,
    /// What it says, for those who may read it. No part of what is proved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Hashes in base64.
    pub proof: Vec<String>,
}

impl BundledEvent {
    pub(super) fn of(event: StoredEvent, proof: &[Hash]) -> Self {
        Self {
            position: event.position,
            id: event.id,
            tenant: event.tenant,
            stream: event.stream,
            stream_id: event.stream_id,
            sequence: event.sequence,
            name: event.name,
            version: event.version,
            documents: documents(&event.payload),
            payload: event.payload,
            metadata: event.metadata,
            recorded_at: event.recorded_at,
            words: None,
            proof: proof.iter().map(Hash::to_string).collect(),
        }
    }

    /// The event as the log hashed it.
    pub(super) fn stored(&self) -> StoredEvent {
        StoredEvent {
            position: self.position,
            id: self.id,
            tenant: self.tenant.clone(),
            stream: self.stream.clone(),
            stream_id: self.stream_id.clone(),
            sequence: self.sequence,
            name: self.name.clone(),
            version: self.version.clone(),
            payload: self.payload.clone(),
            metadata: self.metadata.clone(),
            recorded_at: self.recorded_at,
            leaf: Vec::new(),
            chain: Vec::new(),
        }
    }
}

/// The files that a payload names, in its order.
pub(super) fn documents(payload: &str) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(payload) = serde_json::from_str::<Value>(payload) {
        gather(&payload, &mut found);
    }
    found
}

/// A stored file is an object whose `blob` names it; `serde_json` bounds the depth.
fn gather(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(blob) if name == "blob" => found.push(blob.clone()),
                    _ => gather(value, found),
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| gather(value, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
