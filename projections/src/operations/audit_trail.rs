//! `audit_trail`: every event, who caused it, when, from where and why, and what it touched.
//! Read by auditors, by the history of a convention and by the feeds. It holds ids and names
//! of events, never a personal value: the sentences are made when they are shown.

mod kind;
mod sentence;
mod touched;

use domain::{
    facts::Fact,
    kernel::{
        envelope::{Actor, Recorded},
        ids::AccountId,
        slug::Slug,
    },
};
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};
use uuid::Uuid;

use crate::{Columns as _, Page, Projection, Table, Window, Writes, key, row};

pub use kind::{Kind, NotAKind};

const AUDIT_TRAIL: Table = Table {
    name: "audit_trail",
    key: &["position"],
    ddl: "CREATE TABLE audit_trail (
        position INTEGER PRIMARY KEY,
        at INTEGER NOT NULL,
        actor TEXT NOT NULL,
        account TEXT,
        detail TEXT,
        source TEXT,
        stream TEXT NOT NULL,
        stream_id TEXT NOT NULL,
        event TEXT NOT NULL,
        sentence TEXT NOT NULL,
        platform TEXT,
        correlation TEXT NOT NULL,
        cause INTEGER,
        touched TEXT NOT NULL
    ) STRICT;",
};

const AUDIT_TOUCHED: Table = Table {
    name: "audit_touched",
    key: &["kind", "id", "position"],
    ddl: "CREATE TABLE audit_touched (
        kind INTEGER NOT NULL,
        id ANY NOT NULL,
        position INTEGER NOT NULL,
        PRIMARY KEY (kind, id, position)
    ) STRICT, WITHOUT ROWID;",
};

/// The read model.
pub struct AuditTrail;

impl Projection for AuditTrail {
    const NAME: &'static str = "audit_trail";
    const VERSION: u32 = 4;
    const STREAMS: &'static [&'static str] = Fact::STREAMS;
    const TABLES: &'static [&'static Table] = &[&AUDIT_TRAIL, &AUDIT_TOUCHED];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        let touched = touched::by(event);
        let platform = touched.iter().find(|(kind, _)| *kind == Kind::Platform);
        let (actor, account, detail) = who(&event.context.actor);
        out.put(
            &AUDIT_TRAIL,
            key![event.position],
            row! {
                at: event.recorded_at,
                actor: actor,
                account: account,
                detail: detail,
                source: &event.context.from,
                stream: &event.stream,
                stream_id: &event.stream_id,
                event: event.event.name(),
                sentence: sentence::key(&event.event),
                platform: platform.map(|(_, slug)| slug.as_str()),
                correlation: event.context.correlation,
                cause: event.context.cause,
                touched: kind::write(&touched),
            },
        );
        // A booking is found by the convention there is or will be of it.
        for (kind, id) in touched.iter().filter(|(kind, _)| *kind != Kind::Booking) {
            let (kind, id) = kind.cells(id);
            out.put(&AUDIT_TOUCHED, key![kind, id, event.position], row! {});
        }
    }
}

/// The kind of actor, its account, and its role, purpose or name.
fn who(actor: &Actor) -> (&'static str, Option<AccountId>, Option<&str>) {
    match actor {
        Actor::Visitor => ("visitor", None, None),
        Actor::Account { account, role } => ("account", Some(*account), Some(role)),
        Actor::Link { purpose } => ("link", None, Some(purpose)),
        Actor::Policy { name } => ("policy", None, Some(name)),
        Actor::Import => ("import", None, None),
        Actor::Operator => ("operator", None, None),
    }
}

/// An event, without what it said of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Its position.
    pub position: u64,
    /// When the log took it.
    pub at: Timestamp,
    /// What kind of actor caused it: `visitor`, `account`, `link`, `policy`, `import` or
    /// `operator`.
    pub actor: String,
    /// The account, if one did.
    pub account: Option<AccountId>,
    /// The account's role, the link's purpose or the policy's name.
    pub detail: Option<String>,
    /// From where: a truncated address.
    pub source: Option<String>,
    /// The type of its stream.
    pub stream: String,
    /// The id of its stream.
    pub stream_id: String,
    /// Its name (`BookingCancelled`).
    pub event: String,
    /// What its sentence depends on: its name and, after a dot, the variant of it
    /// (`BookingCancelled.Origin`).
    pub sentence: String,
    /// The platform concerned, if one is.
    pub platform: Option<String>,
    /// Groups what one request or one chain of reactions caused.
    pub correlation: Uuid,
    /// The position of the event that it reacts to.
    pub cause: Option<u64>,
    /// What it touched: kinds and bare ids.
    pub touched: Vec<(Kind, String)>,
}

impl AuditRow {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            position: row.get("position")?,
            at: row.instant("at")?,
            actor: row.get("actor")?,
            account: row.maybe_parsed("account")?,
            detail: row.get("detail")?,
            source: row.get("source")?,
            stream: row.get("stream")?,
            stream_id: row.get("stream_id")?,
            event: row.get("event")?,
            sentence: row.get("sentence")?,
            platform: row.get("platform")?,
            correlation: row.parsed("correlation")?,
            cause: row.get("cause")?,
            touched: kind::read(&row.get::<_, String>("touched")?),
        })
    }
}

/// All that touched the one `kind` whose bare id (a UUID, a UAI or a slug) is `id`, in order.
/// What touched a booking touched its convention, and the reverse.
#[expect(clippy::needless_pass_by_value, reason = "ids are small, and read better so")]
pub fn touching(
    db: &Connection,
    kind: Kind,
    id: impl ToString,
    window: Window,
) -> rusqlite::Result<Page<AuditRow>> {
    let (kind, id) = kind.cells(&id.to_string());
    let total = db
        .prepare_cached("SELECT count(*) FROM audit_touched WHERE kind = ?1 AND id = ?2")?
        .query_row(params![kind, id], |row| row.get(0))?;
    let items = db
        .prepare_cached(
            "SELECT audit_trail.* FROM (
                 SELECT position FROM audit_touched WHERE kind = ?1 AND id = ?2
                 ORDER BY position LIMIT ?3 OFFSET ?4
             ) JOIN audit_trail USING (position) ORDER BY position",
        )?
        .query_map(params![kind, id, window.limit, window.offset], AuditRow::read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Page { items, total })
}

/// The same without what concerns other platforms than `platforms`: what an auditor reads of a
/// school or an account that several platforms share.
#[expect(clippy::needless_pass_by_value, reason = "ids are small, and read better so")]
pub fn touching_on(
    db: &Connection,
    kind: Kind,
    id: impl ToString,
    platforms: &[Slug],
    window: Window,
) -> rusqlite::Result<Page<AuditRow>> {
    const MATCHING: &str = "FROM audit_touched JOIN audit_trail t USING (position)
        WHERE kind = ?1 AND id = ?2
          AND (t.platform IS NULL OR t.platform IN (SELECT value FROM json_each(?3)))";
    let (kind, id) = kind.cells(&id.to_string());
    let platforms = serde_json::json!(platforms).to_string();
    let total = db
        .prepare_cached(&format!("SELECT count(*) {MATCHING}"))?
        .query_row(params![kind, id, platforms], |row| row.get(0))?;
    let items = db
        .prepare_cached(&format!("SELECT t.* {MATCHING} ORDER BY position LIMIT ?4 OFFSET ?5"))?
        .query_map(params![kind, id, platforms, window.limit, window.offset], AuditRow::read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Page { items, total })
}

/// All that happened, the latest first.
pub fn latest(db: &Connection, window: Window) -> rusqlite::Result<Page<AuditRow>> {
    let total =
        db.prepare_cached("SELECT count(*) FROM audit_trail")?.query_row([], |row| row.get(0))?;
    let items = db
        .prepare_cached("SELECT * FROM audit_trail ORDER BY position DESC LIMIT ?1 OFFSET ?2")?
        .query_map([window.limit, window.offset], AuditRow::read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Page { items, total })
}

#[cfg(test)]
mod tests;
