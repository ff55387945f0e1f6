//! `memberships`: who belongs to which school. Read by « Membres », by letters (the managers of
//! a school), and with each request (what the viewer belongs to).

use domain::{
    accounts::school_space::{MemberRole, SchoolSpaceEvent},
    facts::Fact,
    kernel::{email::Email, envelope::Recorded, ids::AccountId, uai::Uai},
};
use jiff::Timestamp;
use rusqlite::{Connection, Row};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const MEMBERSHIPS: Table = Table {
    name: "memberships",
    key: &["uai", "account"],
    ddl: "CREATE TABLE memberships (
        uai TEXT NOT NULL,
        account TEXT NOT NULL,
        role TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (uai, account)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX memberships_by_account ON memberships (account);",
};

/// The read model.
pub struct Memberships;

impl Projection for Memberships {
    const NAME: &'static str = "memberships";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["school_space"];
    const TABLES: &'static [&'static Table] = &[&MEMBERSHIPS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::SchoolSpace(fact) => apply(event.recorded_at, fact, out),
            Fact::School(_)
            | Fact::Account(_)
            | Fact::Platform(_)
            | Fact::Slot(_)
            | Fact::Convention(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_)
            | Fact::Erasure(_) => {}
        }
    }
}

fn apply(at: Timestamp, fact: &SchoolSpaceEvent, out: &mut Writes) {
    use SchoolSpaceEvent as E;
    match fact {
        E::MemberJoined { uai, account, role, .. } => {
            let cells = row! { role: Value::name(role), since: at };
            out.put(&MEMBERSHIPS, key![uai, account], cells);
        }
        E::MemberRemoved { uai, account } => out.remove(&MEMBERSHIPS, key![uai, account]),
        E::MemberInvited { .. }
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

/// That an account belongs to a school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Which school.
    pub uai: Uai,
    /// Which account.
    pub account: AccountId,
    /// What it may do there.
    pub role: MemberRole,
    /// Since when.
    pub since: Timestamp,
}

impl Membership {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            uai: row.parsed("uai")?,
            account: row.parsed("account")?,
            role: row.parsed("role")?,
            since: row.instant("since")?,
        })
    }
}

/// Who belongs to the school `uai`; the longest first.
pub fn of_school(db: &Connection, uai: &Uai) -> rusqlite::Result<Vec<Membership>> {
    db.prepare_cached("SELECT * FROM memberships WHERE uai = ?1 ORDER BY since, account")?
        .query_map([uai.as_str()], Membership::read)?
        .collect()
}

/// The schools that `account` belongs to.
pub fn of_account(db: &Connection, account: AccountId) -> rusqlite::Result<Vec<Membership>> {
    db.prepare_cached("SELECT * FROM memberships WHERE account = ?1 ORDER BY uai")?
        .query_map([account.uuid().to_string()], Membership::read)?
        .collect()
}

/// The managers of the school `uai`, with the login of those who were not erased; the longest
/// first.
pub fn managers(db: &Connection, uai: &Uai) -> rusqlite::Result<Vec<(AccountId, Email)>> {
    db.prepare_cached(
        "SELECT a.account, a.login FROM memberships AS m JOIN accounts AS a USING (account)
        WHERE m.uai = ?1 AND m.role = ?2 AND a.status = 'Verified' AND a.login IS NOT NULL
        ORDER BY m.since, a.account",
    )?
    .query_map([uai.as_str(), &MemberRole::Manager.to_string()], |row| {
        Ok((row.parsed("account")?, row.parsed("login")?))
    })?
    .collect()
}

#[cfg(test)]
mod tests;
