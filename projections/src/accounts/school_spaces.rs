//! `school_spaces`: the schools that someone manages, and the pictures printed on their
//! conventions. Read by sign-up (does the school have an account already?), by « Options » and
//! by whoever makes a convention.

use domain::{
    accounts::school_space::{MemberRole, SchoolSpaceEvent},
    conventions::{convention::Parties, signing::Signatory},
    facts::Fact,
    kernel::{
        document::StoredDocument, envelope::Recorded, ids::PersonId, personal::Personal, uai::Uai,
    },
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const SCHOOL_SPACES: Table = Table {
    name: "school_spaces",
    key: &["uai"],
    ddl: "CREATE TABLE school_spaces (
        uai TEXT PRIMARY KEY,
        founded_at INTEGER NOT NULL,
        signature_blob TEXT,
        signature_length INTEGER,
        signature_digest TEXT,
        signature_person TEXT,
        stamp_blob TEXT,
        stamp_length INTEGER,
        stamp_digest TEXT,
        stamp_person TEXT
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX school_spaces_by_signature ON school_spaces (signature_person);
    CREATE INDEX school_spaces_by_stamp ON school_spaces (stamp_person);",
};

/// The read model.
pub struct SchoolSpaces;

impl Projection for SchoolSpaces {
    const NAME: &'static str = "school_spaces";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["school_space", "erasure"];
    const TABLES: &'static [&'static Table] = &[&SCHOOL_SPACES];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::SchoolSpace(fact) => apply(event.recorded_at, fact, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let whose = row! { signature_person: person };
                out.set_where(&SCHOOL_SPACES, whose, row! { signature_digest: Value::Null });
                let whose = row! { stamp_person: person };
                out.set_where(&SCHOOL_SPACES, whose, row! { stamp_digest: Value::Null });
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
        E::MemberJoined { uai, .. } => {
            out.put_if_absent(&SCHOOL_SPACES, key![uai], row! { founded_at: at });
        }
        E::SignatureStored { uai, picture } => {
            out.set(&SCHOOL_SPACES, key![uai], signature(Some(picture)));
        }
        E::SignatureRemoved { uai } => out.set(&SCHOOL_SPACES, key![uai], signature(None)),
        E::StampStored { uai, picture } => {
            out.set(&SCHOOL_SPACES, key![uai], stamp(Some(picture)));
        }
        E::StampRemoved { uai } => out.set(&SCHOOL_SPACES, key![uai], stamp(None)),
        E::MemberInvited { .. }
        | E::MemberRemoved { .. }
        | E::AccessRequested { .. }
        | E::AccessGranted { .. }
        | E::AccessDeclined { .. }
        | E::LoginHintShown { .. } => {}
    }
}

fn signature(picture: Option<&StoredDocument>) -> [(&'static str, Value); 4] {
    row! {
        signature_blob: picture.map(|it| &it.blob),
        signature_length: picture.map(|it| it.length),
        signature_digest: picture.map(|it| &it.digest),
        signature_person: picture.map(|it| it.digest.person()),
    }
}

fn stamp(picture: Option<&StoredDocument>) -> [(&'static str, Value); 4] {
    row! {
        stamp_blob: picture.map(|it| &it.blob),
        stamp_length: picture.map(|it| it.length),
        stamp_digest: picture.map(|it| &it.digest),
        stamp_person: picture.map(|it| it.digest.person()),
    }
}

/// A school that someone manages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolSpace {
    /// Which.
    pub uai: Uai,
    /// Since when.
    pub founded_at: Timestamp,
    /// How many manage it.
    pub managers: u32,
    /// The signature printed on its conventions.
    pub signature: Option<StoredDocument>,
    /// The stamp printed on them.
    pub stamp: Option<StoredDocument>,
}

impl SchoolSpace {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uai: row.parsed("uai")?,
            founded_at: row.instant("founded_at")?,
            managers: row.get("managers")?,
            signature: picture(row, "signature")?,
            stamp: picture(row, "stamp")?,
        })
    }
}

fn picture(row: &Row<'_>, kind: &str) -> rusqlite::Result<Option<StoredDocument>> {
    let blob: Option<String> = row.get(format!("{kind}_blob").as_str())?;
    let person: Option<PersonId> = row.maybe_parsed(&format!("{kind}_person"))?;
    let digest: Option<String> = row.get(format!("{kind}_digest").as_str())?;
    let Some((blob, person)) = blob.zip(person) else {
        return Ok(None);
    };
    Ok(Some(StoredDocument {
        blob,
        length: row.get(format!("{kind}_length").as_str())?,
        digest: match digest {
            Some(digest) => Personal::new(person, digest),
            None => Personal::erased(person),
        },
    }))
}

/// The space of the school `uai`, if someone manages it.
pub fn by_uai(db: &Connection, uai: &Uai) -> rusqlite::Result<Option<SchoolSpace>> {
    db.prepare_cached(
        "SELECT *, (SELECT count(*) FROM memberships AS m
            WHERE m.uai = s.uai AND m.role = ?2) AS managers
        FROM school_spaces AS s WHERE uai = ?1",
    )?
    .query_row([uai.as_str(), &MemberRole::Manager.to_string()], SchoolSpace::read)
    .optional()
}

/// Whose signature the schools of `parties` stored: it is printed on their conventions.
pub fn stored_signatures(db: &Connection, parties: &Parties) -> rusqlite::Result<Vec<Signatory>> {
    let mut stored = Vec::new();
    for (role, uai) in [(Signatory::Origin, &parties.origin), (Signatory::Host, &parties.host)] {
        if by_uai(db, uai)?.is_some_and(|space| space.signature.is_some()) {
            stored.push(role);
        }
    }
    Ok(stored)
}

#[cfg(test)]
mod tests;
