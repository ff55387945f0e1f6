//! How the tests of a read model read: `given::<Schools>(facts).query(|db| by_uai(db, &uai))`.
//!
//! [`Facts`] numbers the facts as the log would and dates them by minutes from
//! 2026-01-05T08:00:00Z.

use domain::{
    facts::Fact,
    kernel::{
        envelope::{Actor, Context, Recorded},
        ids::PersonId,
    },
    operations::erasure::{ErasureEvent, ErasureGround},
};
use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use uuid::Uuid;

use crate::{
    Definition, Projection, Value, batch,
    log::Entry,
    state::{self, Status},
};

/// When the first fact was recorded: 2026-01-05T08:00:00Z.
pub const START: Timestamp = Timestamp::constant(1_767_600_000, 0);

/// Facts as the log holds them.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    recorded: Vec<Recorded<Fact>>,
    actor: Option<Actor>,
    tenant: Option<String>,
    start: Option<Timestamp>,
}

impl Facts {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Those that follow are caused by `actor`; before the first call, by the operator.
    #[must_use]
    pub fn by(mut self, actor: Actor) -> Self {
        self.actor = Some(actor);
        self
    }

    /// Those that follow concern the platform `slug`; before the first call, none.
    #[must_use]
    pub fn on(mut self, slug: &str) -> Self {
        self.tenant = Some(slug.to_owned());
        self
    }

    /// Those that follow happen from `instant` on, a minute apart.
    #[must_use]
    pub fn at(mut self, instant: Timestamp) -> Self {
        self.start = Some(instant);
        self
    }

    /// `event` happens next, to the stream `id`.
    #[must_use]
    pub fn then(mut self, id: impl ToString, event: impl Into<Fact>) -> Self {
        self.push(id, event);
        self
    }

    /// Like [`then`](Self::then), where there is no chain of calls.
    #[expect(clippy::needless_pass_by_value, reason = "ids are small, and read better so")]
    pub fn push(&mut self, id: impl ToString, event: impl Into<Fact>) {
        let (event, stream_id) = (event.into(), id.to_string());
        let position = self.recorded.len() as u64 + 1;
        let in_stream =
            |it: &&Recorded<Fact>| it.stream == event.stream() && it.stream_id == stream_id;
        let sequence = self.recorded.iter().filter(in_stream).count() as u64 + 1;
        let next = self
            .recorded
            .last()
            .map_or(START, |last| last.recorded_at + SignedDuration::from_mins(1));
        let at = self.start.take().unwrap_or(next);
        let number = u128::from(position);
        self.recorded.push(Recorded {
            position,
            id: Uuid::from_u128(0x0e00_0000 + number),
            stream: event.stream().to_owned(),
            stream_id,
            sequence,
            recorded_at: at,
            context: Context {
                command: Uuid::from_u128(0xc000_0000 + number),
                actor: self.actor.clone().unwrap_or(Actor::Operator),
                from: None,
                correlation: Uuid::from_u128(0xc022_0000 + number),
                cause: None,
                tenant: self.tenant.clone(),
                at,
            },
            event,
        });
    }

    /// `person` is erased next.
    #[must_use]
    pub fn then_erased(self, person: PersonId) -> Self {
        let event = ErasureEvent::SubjectErased { person, ground: ErasureGround::Request };
        self.then(person.uuid(), event)
    }

    /// The same facts as the log gives them once the key of `person` is destroyed.
    #[must_use]
    pub fn read_after_erasing(mut self, person: PersonId) -> Self {
        for fact in &mut self.recorded {
            let mut payload = must("write an event", payload(&fact.event));
            erase(&mut payload, &serde_json::json!(person));
            fact.event = must("read an event", Fact::decode(&fact.stream, payload));
        }
        self
    }

    /// What has happened, in order.
    pub fn recorded(&self) -> &[Recorded<Fact>] {
        &self.recorded
    }

    /// The same as the log gives it.
    pub fn entries(&self) -> Vec<Entry> {
        self.recorded.iter().cloned().map(Entry::Fact).collect()
    }
}

fn payload(fact: &Fact) -> Result<serde_json::Value, serde_json::Error> {
    match fact {
        Fact::School(event) => serde_json::to_value(event),
        Fact::Account(event) => serde_json::to_value(event),
        Fact::SchoolSpace(event) => serde_json::to_value(event),
        Fact::Platform(event) => serde_json::to_value(event),
        Fact::Slot(event) => serde_json::to_value(event),
        Fact::Convention(event) => serde_json::to_value(event),
        Fact::Signing(event) => serde_json::to_value(event),
        Fact::Letter(event) => serde_json::to_value(event),
        Fact::ScanBatch(event) => serde_json::to_value(event),
        Fact::Erasure(event) => serde_json::to_value(event),
    }
}

/// Every value about `person` in `json` becomes an erased one.
fn erase(json: &mut serde_json::Value, person: &serde_json::Value) {
    match json {
        serde_json::Value::Object(fields) if fields.get("$person") == Some(person) => {
            fields.remove("value");
            fields.insert("erased".to_owned(), true.into());
        }
        serde_json::Value::Object(fields) => {
            fields.values_mut().for_each(|field| erase(field, person));
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(|item| erase(item, person)),
        serde_json::Value::Null
        | serde_json::Value::Bool(_)
        | serde_json::Value::Number(_)
        | serde_json::Value::String(_) => {}
    }
}

/// A read model that has taken facts.
#[derive(Debug)]
pub struct Given {
    db: Connection,
    definition: Definition,
}

/// `P` after `facts`, in a database of its own.
pub fn given<P: Projection>(facts: &Facts) -> Given {
    given_all(&[Definition::of::<P>()], facts)
}

/// Several read models after `facts`, in one database: for queries that join them. The first
/// is the one whose rows [`Given::rows`] shows.
pub fn given_all(definitions: &[Definition], facts: &Facts) -> Given {
    taken(definitions, &facts.entries(), usize::MAX)
}

fn taken(definitions: &[Definition], entries: &[Entry], batch: usize) -> Given {
    let mut db = must("open a database", crate::connection::private());
    must("create its state", db.execute_batch(state::DDL));
    must("create the note", db.execute_batch(crate::scrub::DDL));
    for definition in definitions {
        must("create the tables", state::reset(&db, definition));
    }
    for entries in entries.chunks(batch.clamp(1, 1 << 20)) {
        must("take the facts", batch::take(&mut db, definitions, entries));
    }
    for state in must("read its state", state::all(&db)) {
        assert_eq!(state.status, Status::Live, "{} is paused: {:?}", state.name, state.error);
    }
    let definition = definitions.first().copied();
    Given { db, definition: must("have a read model", definition.ok_or("none was given")) }
}

fn must<T, E: std::fmt::Debug>(what: &str, done: Result<T, E>) -> T {
    match done {
        Ok(done) => done,
        Err(error) => panic!("cannot {what}: {error:?}"),
    }
}

impl Given {
    /// What `query` answers.
    #[track_caller]
    pub fn query<T>(&self, query: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> T {
        must("run the query", query(&self.db))
    }

    /// Every row of the read model, for comparisons: each table's name, then its rows in the
    /// order of its key.
    pub fn rows(&self) -> Vec<(&'static str, Vec<Vec<Value>>)> {
        let tables = self.definition.tables.iter();
        tables
            .map(|table| (table.name, must("read", crate::digest::rows(&self.db, table))))
            .collect()
    }

    /// Whether any cell of the read model contains `text`.
    pub fn mentions(&self, text: &str) -> bool {
        let mut cells = self.rows().into_iter().flat_map(|(_, rows)| rows).flatten();
        cells.any(|cell| match cell {
            Value::Text(cell) => cell.contains(text),
            Value::Blob(bytes) => String::from_utf8_lossy(&bytes).contains(text),
            Value::Null | Value::Int(_) | Value::Real(_) => false,
        })
    }
}

/// The rows of `P` do not depend on how its facts came: in one batch, one by one, or again
/// from the first after they had all been taken.
#[track_caller]
pub fn unchanged_by_a_rebuild<P: Projection>(facts: &Facts) {
    let definition = [Definition::of::<P>()];
    let at_once = given::<P>(facts);
    let one_by_one = taken(&definition, &facts.entries(), 1);
    assert!(at_once.rows() == one_by_one.rows(), "taken one by one, the rows are others");

    let mut again = one_by_one;
    must("empty it", state::reset(&again.db, &again.definition));
    let entries = facts.entries();
    must("take", batch::take(&mut again.db, &definition, &entries));
    assert!(again.rows() == at_once.rows(), "rebuilt, the rows are others");
}

/// Nothing of `values` is left in `P` once the person they are about was erased, though all
/// of them were there before; and a rebuild, which reads erased values from the first event
/// on, gives the same rows. `facts` ends before the erasure.
#[track_caller]
pub fn forgets<P: Projection>(facts: &Facts, person: PersonId, values: &[&str]) {
    let before = given::<P>(facts);
    let after = given::<P>(&facts.clone().then_erased(person));
    for value in values {
        assert!(before.mentions(value), "{value} is not there beforehand");
        assert!(!after.mentions(value), "{value} is still there");
    }
    let rebuilt = given::<P>(&facts.clone().then_erased(person).read_after_erasing(person));
    assert!(rebuilt.rows() == after.rows(), "rebuilt after the erasure, the rows are others");
}
