//! Reading the log by position, or one stream: unsealed, in today's shape, decoded.

use std::sync::Arc;

use cqrs_es::persist::SerializedEvent;
use domain::{
    facts::Fact,
    kernel::{decider::Decider as _, envelope::Recorded},
    operations::erasure::Erasure,
};
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{
    Fault, Journal, ReadFault, event::StoredEvent, fault::Misfit, journal::Inner, keyring::Keys,
    metadata, seal, upcast::Upcasters,
};

/// From how many events on it is worth leaving the thread that answers requests.
const MANY: usize = 64;

/// An event as it stands in the log, unsealed and in today's shape, but of no type.
#[derive(Debug, Clone, PartialEq)]
pub struct Undecoded {
    /// Its name.
    pub name: String,
    /// The version of its shape.
    pub version: String,
    /// Its JSON.
    pub payload: Value,
}

impl Journal {
    /// At most `limit` events after a position, in order. When one cannot be read, those
    /// before it are answered, and the next call, which begins with it, fails there.
    pub async fn read(&self, after: u64, limit: usize) -> Result<Vec<Recorded<Fact>>, ReadFault> {
        let stored = self.inner.backend.read(after, limit).await?;
        prefix(self.inner.decode(stored, decode).await?)
    }

    /// The same without decoding: reads events that this program has no type for.
    pub async fn read_undecoded(
        &self,
        after: u64,
        limit: usize,
    ) -> Result<Vec<Recorded<Undecoded>>, ReadFault> {
        let stored = self.inner.backend.read(after, limit).await?;
        prefix(self.inner.decode(stored, |_, event| Ok(event)).await?)
    }

    /// The events of one stream, in order; `stream` is its type. When one cannot be read,
    /// those before it are answered.
    pub async fn stream(
        &self,
        stream: &str,
        stream_id: &str,
    ) -> Result<Vec<Recorded<Fact>>, ReadFault> {
        let backend = &self.inner.backend;
        let stored = backend.stream(stream.to_owned(), stream_id.to_owned());
        prefix(self.inner.decode(stored.await?, decode).await?)
    }
}

fn decode(stream: &str, event: Undecoded) -> Result<Fact, serde_json::Error> {
    Fact::decode(stream, event.payload)
}

/// How an event of a type of stream becomes what the reader wants.
type Decode<E> = fn(&str, Undecoded) -> Result<E, serde_json::Error>;

impl Inner {
    /// The events of one repeated command.
    pub(crate) async fn decode_back<E: DeserializeOwned + Send + 'static>(
        &self,
        first: u64,
        last: u64,
    ) -> Result<Vec<E>, Fault> {
        let count = usize::try_from(last + 1 - first).unwrap_or(0);
        let stored = self.backend.read(first.saturating_sub(1), count).await?;
        let (events, fault) =
            self.decode(stored, |_, event| serde_json::from_value(event.payload)).await?;
        match fault {
            Some(fault) => Err(Fault::format("a repeated command", fault)),
            None => Ok(events.into_iter().map(|recorded| recorded.event).collect()),
        }
    }

    /// Another process may have destroyed a key that this one holds in memory: whoever reads
    /// of an erasure forgets the key.
    fn forget_the_erased(&self, stored: &[StoredEvent]) {
        for event in stored.iter().filter(|event| event.stream == Erasure::TYPE) {
            if let Ok(person) = event.stream_id.parse() {
                self.keyring.forget(person);
            }
        }
    }

    /// The events up to the first that cannot be read, and why it cannot.
    async fn decode<E: Send + 'static>(
        &self,
        stored: Vec<StoredEvent>,
        decode: Decode<E>,
    ) -> Result<Decoded<E>, Fault> {
        self.forget_the_erased(&stored);
        let many = stored.len() >= MANY;
        let parsed = off_thread(many, move || parse(stored)).await?;
        let mut persons: Vec<_> =
            parsed.events.iter().flat_map(|(_, p)| seal::persons_sealed(p)).collect();
        persons.sort_unstable();
        persons.dedup();
        let keys = self.keyring.keys_for_reading(&persons).await?;
        let upcasters = self.upcasters.clone();
        off_thread(many, move || {
            parsed.finish(|stored, payload| finish(stored, payload, &keys, &upcasters, decode))
        })
        .await
    }
}

type Decoded<E> = (Vec<Recorded<E>>, Option<ReadFault>);

/// What was read; the fault counts only when nothing came before it.
fn prefix<E>((events, fault): Decoded<E>) -> Result<Vec<Recorded<E>>, ReadFault> {
    match fault {
        Some(fault) if events.is_empty() => Err(fault),
        Some(_) | None => Ok(events),
    }
}

/// Events whose JSON is read, up to the first that is damaged.
struct Parsed {
    events: Vec<(StoredEvent, Value)>,
    damaged: Option<ReadFault>,
}

fn parse(stored: Vec<StoredEvent>) -> Parsed {
    let mut events = Vec::with_capacity(stored.len());
    for event in stored {
        match serde_json::from_str(&event.payload) {
            Ok(payload) => events.push((event, payload)),
            Err(error) => {
                let damaged = Some(ReadFault::Damaged {
                    position: event.position,
                    fault: Fault::format("an event", error),
                });
                return Parsed { events, damaged };
            }
        }
    }
    let damaged = None;
    Parsed { events, damaged }
}

impl Parsed {
    /// Finishes each event, up to the first fault.
    fn finish<E>(
        self,
        finish: impl Fn(StoredEvent, Value) -> Result<Recorded<E>, ReadFault>,
    ) -> Decoded<E> {
        let mut recorded = Vec::with_capacity(self.events.len());
        let mut fault = self.damaged;
        for (stored, payload) in self.events {
            match finish(stored, payload) {
                Ok(event) => recorded.push(event),
                Err(earlier) => {
                    fault = Some(earlier);
                    break;
                }
            }
        }
        (recorded, fault)
    }
}

fn finish<E>(
    stored: StoredEvent,
    mut payload: Value,
    keys: &Keys,
    upcasters: &Upcasters,
    decode: Decode<E>,
) -> Result<Recorded<E>, ReadFault> {
    let position = stored.position;
    let damaged = |fault| ReadFault::Damaged { position, fault };
    seal::unseal(&mut payload, stored.id, keys).map_err(damaged)?;
    let context = metadata::read(&stored.metadata)
        .map_err(|e| damaged(Fault::format("an event's metadata", e)))?;
    let recorded_at = Timestamp::from_microsecond(stored.recorded_at)
        .map_err(|e| damaged(Fault::format("an event's instant", e)))?;
    let name = stored.name.clone();
    let event = upcast(&stored, payload, upcasters);
    let event = decode(&stored.stream, event).map_err(|e| ReadFault::Undecodable {
        position,
        stream: stored.stream.clone(),
        event: name,
        cause: Arc::new(Misfit::of(&e)),
    })?;
    Ok(Recorded {
        position,
        id: stored.id,
        stream: stored.stream,
        stream_id: stored.stream_id,
        sequence: stored.sequence,
        recorded_at,
        context,
        event,
    })
}

fn upcast(stored: &StoredEvent, payload: Value, upcasters: &Upcasters) -> Undecoded {
    let (name, version) = (stored.name.clone(), stored.version.clone());
    if !upcasters.apply(&name, &version) {
        return Undecoded { name, version, payload };
    }
    let event = upcasters.upcast(SerializedEvent {
        aggregate_id: stored.stream_id.clone(),
        sequence: usize::try_from(stored.sequence).unwrap_or(usize::MAX),
        aggregate_type: stored.stream.clone(),
        event_type: name,
        event_version: version,
        payload,
        metadata: Value::Null,
    });
    Undecoded { name: event.event_type, version: event.event_version, payload: event.payload }
}

/// Runs `work` here, or where it may take its time when there is much of it.
async fn off_thread<T: Send + 'static>(
    many: bool,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Fault> {
    if many { tokio::task::spawn_blocking(work).await.map_err(Fault::task) } else { Ok(work()) }
}
