//! A log in memory that can be held, and two small read models over slots.

use std::sync::{Arc, Mutex};

use domain::{
    facts::Fact,
    kernel::{
        envelope::Recorded,
        ids::{BookingId, PersonId, SlotId},
        personal::Personal,
    },
    ministages::slot::{PupilIdentity, PupilKind, SlotEvent},
    operations::erasure::ErasureEvent,
};
use futures::future::{BoxFuture, FutureExt as _};
use rusqlite::Connection;
use tokio::sync::{Semaphore, watch};

use crate::{
    Definition, Entry, Envelope, Fault, Log, Projection, ReadDb, Table, Unreadable, Writes, key,
    row, spec::Facts,
};

pub(super) const SLOT: SlotId = SlotId::from_u128(1);

const PUPILS: Table = Table {
    name: "pupils",
    key: &["booking"],
    ddl: "CREATE TABLE pupils (
        booking TEXT PRIMARY KEY, person TEXT NOT NULL, name TEXT, searched TEXT
    ) STRICT;
    CREATE INDEX pupils_by_person ON pupils (person);
    CREATE INDEX pupils_by_name ON pupils (searched);",
};

/// Who booked; forgets whoever is erased.
pub(super) struct Pupils;

impl Projection for Pupils {
    const NAME: &'static str = "pupils";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["slot", "erasure"];
    const TABLES: &'static [&'static Table] = &[&PUPILS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Slot(SlotEvent::SeatBooked { booking, pupil, .. }) => {
                let name = pupil.known().map(|it| &it.last_name);
                let searched = name.map(|it| crate::Value::folded(it));
                let person = pupil.person();
                let cells = row! { person: person, name: name, searched: searched };
                out.put(&PUPILS, key![booking], cells);
            }
            Fact::Slot(SlotEvent::BookingCancelled { booking, .. }) => {
                out.remove(&PUPILS, key![booking]);
            }
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let nothing = row! { name: None::<String>, searched: None::<String> };
                out.set_where(&PUPILS, row! { person: person }, nothing);
            }
            _ => {}
        }
    }
}

const TALLY: Table = Table {
    name: "tally",
    key: &["slot"],
    ddl: "CREATE TABLE tally (
        slot TEXT PRIMARY KEY, booked INTEGER NOT NULL, note TEXT NOT NULL DEFAULT ''
    ) STRICT;",
};

/// How many seats of a slot were booked; cannot take what withdraws, changes or confirms.
pub(super) struct Tally;

impl Projection for Tally {
    const NAME: &'static str = "tally";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["slot"];
    const TABLES: &'static [&'static Table] = &[&TALLY];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Slot(SlotEvent::SeatBooked { slot, .. }) => {
                out.put_if_absent(&TALLY, key![slot], row! { booked: 0 });
                out.add(&TALLY, key![slot], "booked", 1);
            }
            Fact::Slot(SlotEvent::SlotWithdrawn { slot, .. }) => {
                out.set(&TALLY, key![slot], row! { note: None::<String> });
            }
            Fact::Slot(SlotEvent::BookingConfirmed { slot, .. }) => {
                out.set(&TALLY, key![slot], row! { slot: slot });
            }
            Fact::Slot(SlotEvent::BookingExpired { .. }) => panic!("a mistake in the program"),
            _ => {}
        }
    }
}

pub(super) const BOTH: &[Definition] = &[Definition::of::<Pupils>(), Definition::of::<Tally>()];

/// The name of the pupil of booking `number`.
pub(super) fn name(number: u128) -> String {
    format!("Témoin-{number:08}")
}

pub(super) fn person(number: u128) -> PersonId {
    PersonId::from_u128(0x1000 + number)
}

pub(super) fn booked(number: u128) -> SlotEvent {
    SlotEvent::SeatBooked {
        slot: SLOT,
        booking: BookingId::from_u128(number),
        pupil: Personal::new(
            person(number),
            PupilIdentity {
                last_name: name(number),
                first_name: "Zoé".to_owned(),
                birth_date: None,
                class: None,
                guardian: None,
            },
        ),
        origin: "0750655E".parse().unwrap(),
        kind: PupilKind::External,
        at: crate::spec::START,
    }
}

pub(super) fn bookings(numbers: std::ops::Range<u128>) -> Facts {
    let mut facts = Facts::new();
    numbers.for_each(|number| facts.push(SLOT.uuid(), booked(number)));
    facts
}

/// A log in memory.
pub(super) struct TestLog {
    entries: Mutex<Vec<Entry>>,
    head: watch::Sender<u64>,
}

impl TestLog {
    pub(super) fn of(facts: &Facts) -> Arc<Self> {
        Arc::new(Self {
            entries: Mutex::new(facts.entries()),
            head: watch::Sender::new(facts.recorded().len() as u64),
        })
    }

    /// The facts after those it has already.
    pub(super) fn append(&self, facts: &Facts) -> u64 {
        let mut entries = self.entries.lock().unwrap();
        let known = entries.len();
        entries.extend(facts.entries().into_iter().skip(known));
        let head = entries.len() as u64;
        drop(entries);
        self.head.send_replace(head);
        head
    }

    /// The event at `position` cannot be read, as if it were of a later version.
    pub(super) fn damage(&self, position: u64) -> Entry {
        let mut entries = self.entries.lock().unwrap();
        let entry = &mut entries[usize::try_from(position).unwrap() - 1];
        let Entry::Fact(fact) = &entry else { panic!("damaged already") };
        let unreadable = Unreadable {
            position,
            envelope: Some(Envelope {
                id: fact.id,
                stream: fact.stream.clone(),
                recorded_at: fact.recorded_at,
            }),
            reason: "of a later version".to_owned(),
        };
        std::mem::replace(entry, Entry::Unreadable(unreadable))
    }

    pub(super) fn replace(&self, entry: Entry) {
        let at = usize::try_from(entry.position()).unwrap() - 1;
        self.entries.lock().unwrap()[at] = entry;
    }
}

impl Log for TestLog {
    fn head(&self) -> watch::Receiver<u64> {
        self.head.subscribe()
    }

    fn read(&self, position: u64, most: usize) -> BoxFuture<'_, Result<Vec<Entry>, Fault>> {
        let entries = self.entries.lock().unwrap();
        let after = entries.iter().skip(usize::try_from(position).unwrap());
        let read: Vec<Entry> = after.take(most).cloned().collect();
        async move { Ok(read) }.boxed()
    }
}

/// The same log, of which each batch must be let go; says from where the first was wanted.
pub(super) struct Held {
    log: Arc<TestLog>,
    batches: Semaphore,
    pub(super) first: Mutex<Option<u64>>,
}

impl Held {
    pub(super) fn new(log: &Arc<TestLog>, batches: usize) -> Arc<Self> {
        Arc::new(Self {
            log: Arc::clone(log),
            batches: Semaphore::new(batches),
            first: Mutex::new(None),
        })
    }

    pub(super) fn let_go(&self) {
        self.let_go_of(1 << 20);
    }

    pub(super) fn let_go_of(&self, batches: usize) {
        self.batches.add_permits(batches);
    }
}

impl Log for Held {
    fn head(&self) -> watch::Receiver<u64> {
        self.log.head()
    }

    fn read(&self, position: u64, most: usize) -> BoxFuture<'_, Result<Vec<Entry>, Fault>> {
        self.first.lock().unwrap().get_or_insert(position);
        async move {
            self.batches.acquire().await.unwrap().forget();
            self.log.read(position, most).await
        }
        .boxed()
    }
}

pub(super) fn count(db: &Connection) -> rusqlite::Result<u64> {
    db.query_row("SELECT count(*) FROM pupils", [], |row| row.get(0))
}

pub(super) fn tally(db: &Connection) -> rusqlite::Result<Option<u64>> {
    db.query_row("SELECT sum(booked) FROM tally", [], |row| row.get(0))
}

/// Changes the rows behind the program's back.
pub(super) async fn tamper(read: &ReadDb, sql: &'static str) {
    read.write(move |db, _| {
        db.execute_batch(sql).unwrap();
        Ok(())
    })
    .await
    .unwrap();
}

pub(super) async fn state(read: &ReadDb, name: &str) -> crate::State {
    let states = read.states().await.unwrap();
    states.into_iter().find(|it| it.name == name).unwrap()
}
