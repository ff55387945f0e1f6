//! The log in memory, for tests and for trying out: the same decisions, nothing kept.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

use domain::kernel::ids::PersonId;
use uuid::Uuid;

use super::{hold::Hold, thread::Transact};
use crate::{
    Fault,
    append::{Batch, Facts, Holder, Outcomes, Plan, Wanted, Written, plan},
    event::{Head, StoredEvent},
    proof::{Kept, SignedNote},
    rows::{Row, RowAnswer, RowOp, RowWrite},
};

/// The log; clones share it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Memory(Arc<RwLock<Tables>>);

#[derive(Debug, Default)]
struct Tables {
    events: Vec<StoredEvent>,
    streams: HashMap<(String, String), Vec<usize>>,
    commands: HashMap<Uuid, Written>,
    claims: HashMap<(String, String), Holder>,
    erased: HashSet<PersonId>,
    rows: BTreeMap<(String, String), (String, Option<i64>)>,
    lots: BTreeMap<u64, Vec<u8>>,
    checkpoints: BTreeMap<u64, SignedNote>,
}

#[expect(
    clippy::unused_async,
    reason = "the three logs are called in the same way, and the two others wait"
)]
impl Memory {
    pub(crate) async fn head(&self) -> Result<Head, Fault> {
        Ok(self.tables().head())
    }

    pub(crate) async fn read(&self, after: u64, limit: usize) -> Result<Vec<StoredEvent>, Fault> {
        let skipped = usize::try_from(after).unwrap_or(usize::MAX);
        let tables = self.tables();
        let events = tables.events.iter().skip(skipped).take(limit);
        Ok(events.cloned().collect())
    }

    pub(crate) async fn stream(
        &self,
        stream: String,
        stream_id: String,
    ) -> Result<Vec<StoredEvent>, Fault> {
        let tables = self.tables();
        let places = tables.streams.get(&(stream, stream_id)).into_iter();
        let events = places.flatten().filter_map(|at| tables.events.get(*at));
        Ok(events.cloned().collect())
    }

    pub(crate) async fn command(&self, command: Uuid) -> Result<Option<Written>, Fault> {
        Ok(self.tables().commands.get(&command).cloned())
    }

    pub(crate) async fn claimant(
        &self,
        scope: String,
        key: String,
    ) -> Result<Option<String>, Fault> {
        let tables = self.tables();
        let holder = tables.claims.get(&(scope, key));
        Ok(holder.map(|holder| holder.stream_id.clone()))
    }

    pub(crate) async fn erased(&self) -> Result<Vec<PersonId>, Fault> {
        Ok(self.tables().erased.iter().copied().collect())
    }

    pub(crate) async fn row(
        &self,
        kind: String,
        key: String,
        now: i64,
    ) -> Result<Option<String>, Fault> {
        Ok(self.tables().live(&(kind, key), now).cloned())
    }

    pub(crate) async fn rows(
        &self,
        kind: String,
        now: i64,
    ) -> Result<Vec<(String, String)>, Fault> {
        let tables = self.tables();
        let of_kind =
            tables.rows.range((kind.clone(), String::new())..).take_while(|((k, _), _)| *k == kind);
        Ok(of_kind
            .filter(|(_, (_, expires_at))| is_live(*expires_at, now))
            .map(|((_, key), (value, _))| (key.clone(), value.clone()))
            .collect())
    }

    pub(crate) async fn leaves(&self, after: u64, last: u64) -> Result<Vec<Vec<u8>>, Fault> {
        let tables = self.tables();
        let within = tables.events.iter().filter(|it| it.position > after && it.position <= last);
        Ok(within.map(|event| event.leaf.clone()).collect())
    }

    pub(crate) async fn lots(&self) -> Result<Vec<(u64, Vec<u8>)>, Fault> {
        Ok(self.tables().lots.iter().map(|(lot, root)| (*lot, root.clone())).collect())
    }

    pub(crate) async fn checkpoints(&self, last: usize) -> Result<Vec<SignedNote>, Fault> {
        Ok(self.tables().checkpoints.values().rev().take(last).cloned().collect())
    }

    pub(crate) async fn count(&self) -> Result<u64, Fault> {
        Ok(self.tables().events.len() as u64)
    }
}

impl Memory {
    fn tables(&self) -> RwLockReadGuard<'_, Tables> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn tables_mut(&self) -> RwLockWriteGuard<'_, Tables> {
        self.0.write().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transact for Memory {
    fn transact(&mut self, batch: &Batch, now: i64, hold: &Hold) -> Result<Outcomes, Fault> {
        let facts = self.tables().facts(Wanted::by(&batch.appends), now);
        let plan = plan(facts, &batch.appends);
        hold.before_commit_blocking();
        let mut tables = self.tables_mut();
        tables.write(&plan);
        for (at, append) in batch.appends.iter().enumerate() {
            if plan.takes_rows(at) {
                for write in &append.rows {
                    tables.write_row(write, now);
                }
            }
        }
        let rows = batch.rows.iter().map(|op| tables.row_op(op, now)).collect();
        Ok(Outcomes { verdicts: plan.verdicts, rows, head: plan.head.position })
    }
}

impl Tables {
    fn head(&self) -> Head {
        self.events.last().map_or_else(Head::start, |last| Head {
            position: last.position,
            chain: last.chain.clone(),
            recorded_at: last.recorded_at,
        })
    }

    fn facts(&self, wanted: Wanted, now: i64) -> Facts {
        let length = |stream: (String, String)| {
            let places = self.streams.get(&stream)?;
            Some((stream, places.len() as u64))
        };
        let holder = |key: (String, String)| {
            let holder = self.claims.get(&key)?.clone();
            Some((key, holder))
        };
        let written = |command: Uuid| Some((command, self.commands.get(&command)?.clone()));
        Facts {
            head: self.head(),
            now,
            sequences: wanted.streams.into_iter().filter_map(length).collect(),
            commands: wanted.commands.into_iter().filter_map(written).collect(),
            claims: wanted.claims.into_iter().filter_map(holder).collect(),
            erased: &wanted.persons & &self.erased,
        }
    }

    fn write(&mut self, plan: &Plan) {
        for event in &plan.events {
            let stream = (event.stream.clone(), event.stream_id.clone());
            let place = self.events.len();
            self.streams.entry(stream).or_default().push(place);
            self.events.push(event.clone());
        }
        self.commands.extend(plan.commands.iter().cloned());
        self.erased.extend(&plan.erased);
        let erased = &plan.erased;
        self.claims.retain(|_, holder| !holder.person.is_some_and(|p| erased.contains(&p)));
        for (key, holder) in &plan.claims {
            match holder {
                Some(holder) => self.claims.insert(key.clone(), holder.clone()),
                None => self.claims.remove(key),
            };
        }
    }

    fn keep(&mut self, kept: &Kept) {
        match kept {
            Kept::Lots(lots) => self.lots.extend(lots.iter().cloned()),
            Kept::NoLots => self.lots.clear(),
            Kept::Checkpoint(note) => {
                self.checkpoints.insert(note.size, note.clone());
            }
        }
    }

    fn live(&self, key: &(String, String), now: i64) -> Option<&String> {
        let (value, expires_at) = self.rows.get(key)?;
        is_live(*expires_at, now).then_some(value)
    }

    fn write_row(&mut self, write: &RowWrite, now: i64) -> bool {
        match write {
            RowWrite::Put(row) => {
                self.put(row, row.value.clone(), row.expires_at);
                true
            }
            RowWrite::Delete { kind, key } => {
                let removed = self.rows.remove(&(kind.clone(), key.clone()));
                removed.is_some_and(|(_, expires_at)| is_live(expires_at, now))
            }
        }
    }

    fn put(&mut self, row: &Row, value: String, expires_at: Option<i64>) {
        let key = (row.kind.clone(), row.key.clone());
        self.rows.insert(key, (value, expires_at));
    }

    fn row_op(&mut self, op: &RowOp, now: i64) -> RowAnswer {
        match op {
            RowOp::Write(write) => RowAnswer::Was(self.write_row(write, now)),
            RowOp::PutIfAbsent(row) => {
                let absent = self.live(&(row.kind.clone(), row.key.clone()), now).is_none();
                if absent {
                    self.put(row, row.value.clone(), row.expires_at);
                }
                RowAnswer::Was(absent)
            }
            RowOp::Count(row) => {
                let key = (row.kind.clone(), row.key.clone());
                let before = self.live(&key, now).and_then(|v| v.parse().ok());
                let count = before.unwrap_or(0_u64) + 1;
                let expires_at = match before {
                    Some(_) => self.rows.get(&key).and_then(|(_, expires_at)| *expires_at),
                    None => row.expires_at,
                };
                self.put(row, count.to_string(), expires_at);
                RowAnswer::Number(count)
            }
            RowOp::DeleteExpired => {
                let before = self.rows.len();
                self.rows.retain(|_, (_, expires_at)| is_live(*expires_at, now));
                RowAnswer::Number((before - self.rows.len()) as u64)
            }
            RowOp::Proof(kept) => {
                self.keep(kept);
                RowAnswer::Was(true)
            }
        }
    }
}

fn is_live(expires_at: Option<i64>, now: i64) -> bool {
    expires_at.is_none_or(|instant| instant > now)
}
