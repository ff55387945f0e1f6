//! `access_requests`: who asked a school's managers for access. Read by « Demandes d'accès » and
//! by the letters about a request.

use domain::{
    accounts::school_space::{Requester, SchoolSpaceEvent},
    facts::Fact,
    kernel::{
        email::Email,
        envelope::Recorded,
        ids::{AccessRequestId, PersonId},
        uai::Uai,
    },
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const ACCESS_REQUESTS: Table = Table {
    name: "access_requests",
    key: &["request"],
    ddl: "CREATE TABLE access_requests (
        request TEXT PRIMARY KEY,
        uai TEXT NOT NULL,
        person TEXT NOT NULL,
        last_name TEXT,
        first_name TEXT,
        function TEXT,
        email TEXT,
        requested_at INTEGER NOT NULL,
        answer TEXT NOT NULL,
        answered_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX access_requests_by_uai ON access_requests (uai, requested_at);
    CREATE INDEX access_requests_by_person ON access_requests (person);",
};

/// What the managers said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
pub enum AccessAnswer {
    /// Nothing yet.
    Waiting,
    /// An invitation followed.
    Granted,
    /// No.
    Declined,
}

/// The read model.
pub struct AccessRequests;

impl Projection for AccessRequests {
    const NAME: &'static str = "access_requests";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["school_space", "erasure"];
    const TABLES: &'static [&'static Table] = &[&ACCESS_REQUESTS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::SchoolSpace(fact) => apply(event.recorded_at, fact, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let nothing = row! {
                    last_name: Value::Null, first_name: Value::Null, function: Value::Null,
                    email: Value::Null,
                };
                out.set_where(&ACCESS_REQUESTS, row! { person: person }, nothing);
            }
            Fact::School(_)
            | Fact::Account(_)
            | Fact::Platform(_)
            | Fact::Slot(_)
            | Fact::Convention(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_) => {}
        }
    }
}

fn apply(at: Timestamp, fact: &SchoolSpaceEvent, out: &mut Writes) {
    use SchoolSpaceEvent as E;
    let mut answered = |request: &AccessRequestId, answer: AccessAnswer| {
        let cells = row! { answer: Value::name(answer), answered_at: at };
        out.set(&ACCESS_REQUESTS, key![request], cells);
    };
    match fact {
        E::AccessRequested { uai, request, requester, .. } => {
            let known = requester.known();
            let cells = row! {
                uai: uai,
                person: requester.person(),
                last_name: known.map(|it| &it.last_name),
                first_name: known.map(|it| &it.first_name),
                function: known.map(|it| &it.function),
                email: known.map(|it| &it.email),
                requested_at: at,
                answer: Value::name(AccessAnswer::Waiting),
            };
            out.put(&ACCESS_REQUESTS, key![request], cells);
        }
        E::AccessGranted { request, .. } => answered(request, AccessAnswer::Granted),
        E::AccessDeclined { request, .. } => answered(request, AccessAnswer::Declined),
        E::MemberInvited { .. }
        | E::MemberJoined { .. }
        | E::MemberRemoved { .. }
        | E::LoginHintShown { .. }
        | E::SignatureStored { .. }
        | E::SignatureRemoved { .. }
        | E::StampStored { .. }
        | E::StampRemoved { .. } => {}
    }
}

/// A request for access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRequest {
    /// Which.
    pub request: AccessRequestId,
    /// To which school's space.
    pub uai: Uai,
    /// Whose key seals what is about the requester.
    pub person: PersonId,
    /// Who asks; nothing once they were erased.
    pub requester: Option<Requester>,
    /// When.
    pub requested_at: Timestamp,
    /// What the managers said.
    pub answer: AccessAnswer,
    /// When they did.
    pub answered_at: Option<Timestamp>,
}

impl AccessRequest {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let email: Option<Email> = row.maybe_parsed("email")?;
        let requester = match email {
            Some(email) => Some(Requester {
                last_name: row.get("last_name")?,
                first_name: row.get("first_name")?,
                function: row.get("function")?,
                email,
            }),
            None => None,
        };
        Ok(Self {
            request: row.parsed("request")?,
            uai: row.parsed("uai")?,
            person: row.parsed("person")?,
            requester,
            requested_at: row.instant("requested_at")?,
            answer: row.parsed("answer")?,
            answered_at: row.maybe_instant("answered_at")?,
        })
    }
}

/// The request `request`.
pub fn by_id(db: &Connection, request: AccessRequestId) -> rusqlite::Result<Option<AccessRequest>> {
    db.prepare_cached("SELECT * FROM access_requests WHERE request = ?1")?
        .query_row([request.uuid().to_string()], AccessRequest::read)
        .optional()
}

/// The requests for the space of `uai`, those that wait first, then the last one first.
pub fn of_school(db: &Connection, uai: &Uai) -> rusqlite::Result<Vec<AccessRequest>> {
    db.prepare_cached(
        "SELECT * FROM access_requests WHERE uai = ?1
        ORDER BY answer <> 'Waiting', requested_at DESC, request",
    )?
    .query_map([uai.as_str()], AccessRequest::read)?
    .collect()
}

#[cfg(test)]
mod tests;
