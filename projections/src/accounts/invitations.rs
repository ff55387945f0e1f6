//! `invitations`: who was invited to a school's space. Read by « Membres », by the page of an
//! invitation's link and by its letter.

use domain::{
    accounts::school_space::{JoinedThrough, MemberRole, SchoolSpaceEvent},
    facts::Fact,
    kernel::{
        email::Email,
        envelope::Recorded,
        ids::{InvitationId, PersonId},
        uai::Uai,
    },
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const INVITATIONS: Table = Table {
    name: "invitations",
    key: &["invitation"],
    ddl: "CREATE TABLE invitations (
        invitation TEXT PRIMARY KEY,
        uai TEXT NOT NULL,
        person TEXT NOT NULL,
        email TEXT,
        role TEXT NOT NULL,
        invited_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL,
        accepted_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX invitations_by_uai ON invitations (uai, invited_at);
    CREATE INDEX invitations_by_person ON invitations (person);",
};

/// The read model.
pub struct Invitations;

impl Projection for Invitations {
    const NAME: &'static str = "invitations";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["school_space", "erasure"];
    const TABLES: &'static [&'static Table] = &[&INVITATIONS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::SchoolSpace(fact) => apply(event.recorded_at, fact, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let nothing = row! { email: Value::Null };
                out.set_where(&INVITATIONS, row! { person: person }, nothing);
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
    match fact {
        E::MemberInvited { uai, invitation, email, role, expires_at } => {
            let cells = row! {
                uai: uai, person: email.person(), email: email, role: Value::name(role),
                invited_at: at, expires_at: expires_at,
            };
            out.put(&INVITATIONS, key![invitation], cells);
        }
        E::MemberJoined { through, .. } => match through {
            JoinedThrough::Invitation { invitation } => {
                out.set(&INVITATIONS, key![invitation], row! { accepted_at: at });
            }
            JoinedThrough::InstitutionalAddress => {}
        },
        E::MemberRemoved { .. }
        | E::AccessRequested { .. }
        | E::AccessGranted { .. }
        | E::AccessDeclined { .. }
        | E::LoginHintShown { .. }
        | E::SignatureStored { .. }
        | E::SignatureRemoved { .. }
        | E::StampStored { .. }
        | E::StampRemoved { .. } => {}
    }
}

/// An invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Which.
    pub invitation: InvitationId,
    /// To which school's space.
    pub uai: Uai,
    /// Whose key seals the address.
    pub person: PersonId,
    /// To which address; nothing once its person was erased.
    pub email: Option<Email>,
    /// For which role.
    pub role: MemberRole,
    /// When.
    pub invited_at: Timestamp,
    /// Until when it may be accepted.
    pub expires_at: Timestamp,
    /// When it was.
    pub accepted_at: Option<Timestamp>,
}

impl Invitation {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            invitation: row.parsed("invitation")?,
            uai: row.parsed("uai")?,
            person: row.parsed("person")?,
            email: row.maybe_parsed("email")?,
            role: row.parsed("role")?,
            invited_at: row.instant("invited_at")?,
            expires_at: row.instant("expires_at")?,
            accepted_at: row.maybe_instant("accepted_at")?,
        })
    }
}

/// The invitation `invitation`.
pub fn by_id(db: &Connection, invitation: InvitationId) -> rusqlite::Result<Option<Invitation>> {
    db.prepare_cached("SELECT * FROM invitations WHERE invitation = ?1")?
        .query_row([invitation.uuid().to_string()], Invitation::read)
        .optional()
}

/// The invitations to the space of `uai` that nobody accepted, the last one first; those whose
/// time is over too, so that a manager sees whom to invite again.
pub fn open(db: &Connection, uai: &Uai) -> rusqlite::Result<Vec<Invitation>> {
    db.prepare_cached(
        "SELECT * FROM invitations WHERE uai = ?1 AND accepted_at IS NULL
        ORDER BY invited_at DESC, invitation",
    )?
    .query_map([uai.as_str()], Invitation::read)?
    .collect()
}

#[cfg(test)]
mod tests;
