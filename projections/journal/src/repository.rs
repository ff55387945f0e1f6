//! The framework's repository over our logs: it reads one stream, unsealed, and appends
//! through the writer. On PostgreSQL the reading is postgres-es's.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cqrs_es::{
    Aggregate,
    persist::{
        PersistedEventRepository, PersistenceError, ReplayStream, SerializedEvent,
        SerializedSnapshot,
    },
};
use domain::kernel::ids::PersonId;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Fault,
    append::{Append, AppendRefusal, ClaimChange, NewEvent, Written},
    backend::{Backend, postgres_within},
    ids,
    journal::Inner,
    keyring::KeyState,
    metadata,
    name::name,
    rows::RowWrite,
    seal,
};

/// What the framework's `commit` has no place for: what goes with the events.
#[derive(Debug)]
pub(crate) struct Going {
    pub(crate) command: Uuid,
    pub(crate) tenant: Option<String>,
    pub(crate) claims: Vec<ClaimChange>,
    pub(crate) rows: Vec<RowWrite>,
    pub(crate) erases: Option<PersonId>,
}

/// What travels around the framework, there and back.
#[derive(Debug, Default)]
pub(crate) struct Slip {
    pub(crate) going: Option<Going>,
    pub(crate) answer: Option<Result<Written, AppendRefusal>>,
}

/// The repository for one command.
#[derive(Debug, Clone)]
pub(crate) struct Repository {
    inner: Arc<Inner>,
    slip: Arc<Mutex<Slip>>,
}

impl Repository {
    pub(crate) fn new(inner: Arc<Inner>) -> Self {
        let slip = Arc::default();
        Self { inner, slip }
    }

    /// What goes with the next `persist`, and what came of it.
    pub(crate) fn slip(&self) -> MutexGuard<'_, Slip> {
        self.slip.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Seals `events` and gives them, with what is on the slip, to the writer.
    async fn append(
        &self,
        stream: &'static str,
        events: &[SerializedEvent],
    ) -> Result<Written, AppendRefusal> {
        let going = self.slip().going.take();
        let (Some(going), Some(first)) = (going, events.first()) else {
            return Err(Fault::Framework("commits of its own").into());
        };
        let mut append = going.into_append(stream, first);
        check_names(&append)?;
        let mut clear: Vec<_> =
            events.iter().flat_map(|event| seal::persons_in_clear(&event.payload)).collect();
        clear.sort_unstable();
        clear.dedup();
        append.about.extend(&clear);
        let keys = self.inner.keyring.keys_for_writing(&clear).await?;
        for (person, state) in &keys {
            if matches!(state, KeyState::Erased) {
                return Err(AppendRefusal::Erased(*person));
            }
        }
        for event in events {
            let id = ids::fresh(&self.inner.clock);
            let mut payload = event.payload.clone();
            seal::seal(&mut payload, id, &keys)?;
            append.events.push(NewEvent {
                id,
                name: event.event_type.clone(),
                version: event.event_version.clone(),
                payload: payload.to_string(),
                metadata: with_id(&event.metadata, id).to_string(),
            });
        }
        self.inner.append(append).await
    }

    async fn events<A: Aggregate>(
        &self,
        id: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        let mut events = match &self.inner.backend {
            Backend::Postgres(log) => {
                let reading =
                    async { log.repository().get_events::<A>(id).await.map_err(Fault::database) };
                postgres_within(reading).await.map_err(persistence)?
            }
            log @ (Backend::Memory(_) | Backend::Sqlite(_)) => {
                let stored = log.stream(A::TYPE.to_owned(), id.to_owned()).await;
                let stored = stored.map_err(persistence)?.into_iter();
                stored
                    .map(crate::event::StoredEvent::into_serialized)
                    .collect::<Result<_, _>>()
                    .map_err(persistence)?
            }
        };
        self.unseal(&mut events).await.map_err(persistence)?;
        Ok(events)
    }

    async fn unseal(&self, events: &mut [SerializedEvent]) -> Result<(), Fault> {
        let mut persons: Vec<_> =
            events.iter().flat_map(|event| seal::persons_sealed(&event.payload)).collect();
        if persons.is_empty() {
            return Ok(());
        }
        persons.sort_unstable();
        persons.dedup();
        let keys = self.inner.keyring.keys_for_reading(&persons).await?;
        for event in events {
            let id = metadata::id_beside(&event.metadata)
                .map_err(|e| Fault::format("an event's metadata", e))?;
            seal::unseal(&mut event.payload, id, &keys)?;
        }
        Ok(())
    }
}

impl Going {
    fn into_append(self, stream: &'static str, first: &SerializedEvent) -> Append {
        let taken = self.claims.iter().filter(|claim| claim.takes);
        Append {
            stream,
            stream_id: first.aggregate_id.clone(),
            expected: (first.sequence as u64).saturating_sub(1),
            command: self.command,
            tenant: self.tenant,
            events: Vec::new(),
            about: taken.filter_map(|claim| claim.person).collect(),
            claims: self.claims,
            erases: self.erases,
            rows: self.rows,
        }
    }
}

/// A name that the database refuses would fail the whole batch.
fn check_names(append: &Append) -> Result<(), Fault> {
    name("a stream's id", &append.stream_id)?;
    if let Some(tenant) = &append.tenant {
        name("a tenant", tenant)?;
    }
    for claim in &append.claims {
        name("a claim's key", &claim.key)?;
    }
    Ok(())
}

/// `metadata` with the event's id in it.
fn with_id(metadata: &Value, id: Uuid) -> Value {
    let mut metadata = metadata.clone();
    if let Value::Object(map) = &mut metadata {
        map.insert(metadata::EVENT.to_owned(), id.to_string().into());
    }
    metadata
}

fn persistence(fault: Fault) -> PersistenceError {
    PersistenceError::UnknownError(Box::new(fault))
}

impl PersistedEventRepository for Repository {
    async fn get_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        self.events::<A>(aggregate_id).await
    }

    async fn get_last_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
        last_sequence: usize,
    ) -> Result<Vec<SerializedEvent>, PersistenceError> {
        let mut events = self.events::<A>(aggregate_id).await?;
        events.retain(|event| event.sequence > last_sequence);
        Ok(events)
    }

    /// There are none: an aggregate with snapshots applies every event twice.
    async fn get_snapshot<A: Aggregate>(
        &self,
        _: &str,
    ) -> Result<Option<SerializedSnapshot>, PersistenceError> {
        Ok(None)
    }

    async fn persist<A: Aggregate>(
        &self,
        events: &[SerializedEvent],
        _: Option<(String, Value, usize)>,
    ) -> Result<(), PersistenceError> {
        let answer = self.append(A::TYPE, events).await;
        let outcome = match &answer {
            Ok(_) => Ok(()),
            Err(AppendRefusal::Conflict) => Err(PersistenceError::OptimisticLockError),
            Err(refusal) => Err(PersistenceError::UnknownError(Box::new(refusal.clone()))),
        };
        self.slip().answer = Some(answer);
        outcome
    }

    async fn stream_events<A: Aggregate>(
        &self,
        aggregate_id: &str,
    ) -> Result<ReplayStream, PersistenceError> {
        let events = self.events::<A>(aggregate_id).await?;
        let (mut feed, stream) = ReplayStream::new(events.len().max(1));
        for event in events {
            feed.push(Ok(event)).await?;
        }
        Ok(stream)
    }

    async fn stream_all_events<A: Aggregate>(&self) -> Result<ReplayStream, PersistenceError> {
        Err(persistence(Fault::Framework("reading everything")))
    }
}
