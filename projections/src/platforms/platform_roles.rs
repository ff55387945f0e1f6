//! `platform_roles`: the offices that accounts have on platforms. Read by « Options », and with
//! each request.

use domain::{
    facts::Fact,
    kernel::{envelope::Recorded, ids::AccountId, slug::Slug},
    platforms::platform::{PlatformEvent, PlatformRole},
};
use jiff::Timestamp;
use rusqlite::{Connection, Row};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const PLATFORM_ROLES: Table = Table {
    name: "platform_roles",
    key: &["platform", "account", "role"],
    ddl: "CREATE TABLE platform_roles (
        platform TEXT NOT NULL,
        account TEXT NOT NULL,
        role TEXT NOT NULL,
        since INTEGER NOT NULL,
        PRIMARY KEY (platform, account, role)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX platform_roles_by_account ON platform_roles (account);",
};

/// The read model.
pub struct PlatformRoles;

impl Projection for PlatformRoles {
    const NAME: &'static str = "platform_roles";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["platform"];
    const TABLES: &'static [&'static Table] = &[&PLATFORM_ROLES];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Platform(fact) => apply(event.recorded_at, fact, out),
            Fact::School(_)
            | Fact::Account(_)
            | Fact::SchoolSpace(_)
            | Fact::Slot(_)
            | Fact::Convention(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_)
            | Fact::Erasure(_) => {}
        }
    }
}

fn apply(at: Timestamp, fact: &PlatformEvent, out: &mut Writes) {
    use PlatformEvent as E;
    match fact {
        E::RoleGranted { platform, account, role } => {
            let key = key![platform, account, Value::name(role)];
            out.put(&PLATFORM_ROLES, key, row! { since: at });
        }
        E::RoleRevoked { platform, account, role } => {
            out.remove(&PLATFORM_ROLES, key![platform, account, Value::name(role)]);
        }
        E::PlatformOpened { .. }
        | E::BrandingChanged { .. }
        | E::LicenceRenewed { .. }
        | E::NotificationAddressSet { .. }
        | E::RulesChanged { .. }
        | E::ConventionNotesChanged { .. }
        | E::ConventionArticlesChanged { .. }
        | E::FormationAdded { .. }
        | E::FormationRetired { .. }
        | E::HostAttached { .. }
        | E::HostDetached { .. }
        | E::GuideStored { .. } => {}
    }
}

/// An office that an account has on a platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// On which platform.
    pub platform: Slug,
    /// Which account.
    pub account: AccountId,
    /// Which office.
    pub role: PlatformRole,
    /// Since when.
    pub since: Timestamp,
}

impl Office {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            platform: row.parsed("platform")?,
            account: row.parsed("account")?,
            role: row.parsed("role")?,
            since: row.instant("since")?,
        })
    }
}

/// The offices of `account`.
pub fn of_account(db: &Connection, account: AccountId) -> rusqlite::Result<Vec<Office>> {
    db.prepare_cached("SELECT * FROM platform_roles WHERE account = ?1 ORDER BY platform, role")?
        .query_map([account.uuid().to_string()], Office::read)?
        .collect()
}

/// The offices on `platform`.
pub fn of_platform(db: &Connection, platform: &Slug) -> rusqlite::Result<Vec<Office>> {
    db.prepare_cached(
        "SELECT * FROM platform_roles WHERE platform = ?1 ORDER BY role, since, account",
    )?
    .query_map([platform.as_str()], Office::read)?
    .collect()
}

#[cfg(test)]
mod tests;
