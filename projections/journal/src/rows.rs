//! Small typed rows in the log's database, for what is not an event: sessions, password
//! hashes, checkpoints of reactors, rate limits. Never a name or an address in clear.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Fault, journal::Inner, name::name, proof::Kept};

/// A change of one row, done in the transaction that appends a command's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowWrite {
    /// Writes the row, whether it was there or not.
    Put(Row),
    /// Removes the row if it is there.
    Delete {
        /// What kind of row.
        kind: String,
        /// Which one.
        key: String,
    },
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub(crate) kind: String,
    pub(crate) key: String,
    /// JSON.
    pub(crate) value: String,
    /// Microseconds since 1970.
    pub(crate) expires_at: Option<i64>,
}

/// What can be done to rows on its own.
#[derive(Debug, Clone)]
pub(crate) enum RowOp {
    Write(RowWrite),
    PutIfAbsent(Row),
    Count(Row),
    DeleteExpired,
    /// Keeps what was computed over the log.
    Proof(Kept),
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowAnswer {
    /// Whether there was something to do.
    Was(bool),
    /// How many.
    Number(u64),
}

impl RowAnswer {
    fn was(self) -> bool {
        match self {
            Self::Was(was) => was,
            Self::Number(number) => number > 0,
        }
    }

    fn number(self) -> u64 {
        match self {
            Self::Was(was) => u64::from(was),
            Self::Number(number) => number,
        }
    }
}

impl RowWrite {
    /// Writes `value` at `key`; it vanishes at `expires_at`.
    pub fn put(
        kind: &str,
        key: &str,
        value: &impl Serialize,
        expires_at: Option<Timestamp>,
    ) -> Result<Self, Fault> {
        Row::new(kind, key, value, expires_at).map(Self::Put)
    }

    /// Removes the row at `key`.
    pub fn delete(kind: &str, key: &str) -> Result<Self, Fault> {
        Ok(Self::Delete { kind: name("a row's kind", kind)?, key: name("a row's key", key)? })
    }
}

impl Row {
    fn new(
        kind: &str,
        key: &str,
        value: &impl Serialize,
        expires_at: Option<Timestamp>,
    ) -> Result<Self, Fault> {
        Ok(Self {
            kind: name("a row's kind", kind)?,
            key: name("a row's key", key)?,
            value: serde_json::to_string(value).map_err(|e| Fault::format("a row", e))?,
            expires_at: expires_at.map(Timestamp::as_microsecond),
        })
    }
}

/// The rows of a journal. A row whose instant has come is as if it were not there.
#[derive(Debug, Clone)]
pub struct Rows {
    inner: Arc<Inner>,
}

impl Rows {
    pub(crate) fn new(inner: Arc<Inner>) -> Self {
        Self { inner }
    }

    /// The value at `key`.
    pub async fn get<T: DeserializeOwned>(
        &self,
        kind: &str,
        key: &str,
    ) -> Result<Option<T>, Fault> {
        let (kind, key) = (name("a row's kind", kind)?, name("a row's key", key)?);
        let now = self.inner.clock.micros();
        let value = self.inner.backend.row(kind, key, now).await?;
        value.map(|value| read(&value)).transpose()
    }

    /// Every key and value of a kind, in the order of the keys.
    pub async fn list<T: DeserializeOwned>(&self, kind: &str) -> Result<Vec<(String, T)>, Fault> {
        let kind = name("a row's kind", kind)?;
        let now = self.inner.clock.micros();
        let rows = self.inner.backend.rows(kind, now).await?;
        rows.into_iter().map(|(key, value)| Ok((key, read(&value)?))).collect()
    }

    /// Writes `value` at `key`, whatever was there; it vanishes at `expires_at`.
    pub async fn put(
        &self,
        kind: &str,
        key: &str,
        value: &impl Serialize,
        expires_at: Option<Timestamp>,
    ) -> Result<(), Fault> {
        let row = Row::new(kind, key, value, expires_at)?;
        self.run(RowOp::Write(RowWrite::Put(row))).await.map(drop)
    }

    /// Writes `value` at `key` unless a row is there; answers whether it was written. Of two
    /// who try at once, one writes.
    pub async fn put_if_absent(
        &self,
        kind: &str,
        key: &str,
        value: &impl Serialize,
        expires_at: Option<Timestamp>,
    ) -> Result<bool, Fault> {
        let row = Row::new(kind, key, value, expires_at)?;
        let answer = self.run(RowOp::PutIfAbsent(row)).await?;
        Ok(answer.was())
    }

    /// Adds one to the counter at `key` and answers what it is now. A counter that is not
    /// there, or whose instant has come, starts at one and vanishes at `expires_at`.
    pub async fn count(
        &self,
        kind: &str,
        key: &str,
        expires_at: Option<Timestamp>,
    ) -> Result<u64, Fault> {
        let row = Row::new(kind, key, &1, expires_at)?;
        let answer = self.run(RowOp::Count(row)).await?;
        Ok(answer.number())
    }

    /// Removes the row at `key`; answers whether it was there. Of two who try at once, one
    /// removes: what may be used once is used by whoever removed it.
    pub async fn delete(&self, kind: &str, key: &str) -> Result<bool, Fault> {
        let answer = self.run(RowOp::Write(RowWrite::delete(kind, key)?)).await?;
        Ok(answer.was())
    }

    /// Removes the rows whose instant has come; answers how many.
    pub async fn delete_expired(&self) -> Result<u64, Fault> {
        let answer = self.run(RowOp::DeleteExpired).await?;
        Ok(answer.number())
    }

    async fn run(&self, op: RowOp) -> Result<RowAnswer, Fault> {
        let _under_way = self.inner.enter().await?;
        self.inner.row_op(op).await
    }
}

fn read<T: DeserializeOwned>(value: &str) -> Result<T, Fault> {
    serde_json::from_str(value).map_err(|e| Fault::shape("a row", &e))
}
