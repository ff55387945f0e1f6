//! `platform_hosts`: the schools that receive pupils on a platform, and where their
//! notifications go. Read by « Options », by the list of hosts, by letters, and wherever one
//! asks whether a host is still attached.

use domain::{
    facts::Fact,
    kernel::{email::Email, envelope::Recorded, slug::Slug, uai::Uai},
    operations::erasure::ErasureEvent,
    platforms::platform::PlatformEvent,
};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const PLATFORM_HOSTS: Table = Table {
    name: "platform_hosts",
    key: &["platform", "host"],
    ddl: "CREATE TABLE platform_hosts (
        platform TEXT NOT NULL,
        host TEXT NOT NULL,
        attached INTEGER NOT NULL,
        person TEXT,
        email TEXT,
        PRIMARY KEY (platform, host)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX platform_hosts_by_host ON platform_hosts (host, platform);
    CREATE INDEX platform_hosts_by_person ON platform_hosts (person);",
};

/// The read model.
pub struct PlatformHosts;

impl Projection for PlatformHosts {
    const NAME: &'static str = "platform_hosts";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["platform", "erasure"];
    const TABLES: &'static [&'static Table] = &[&PLATFORM_HOSTS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Platform(fact) => apply(fact, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let nothing = row! { email: Value::Null };
                out.set_where(&PLATFORM_HOSTS, row! { person: person }, nothing);
            }
            Fact::School(_)
            | Fact::Account(_)
            | Fact::SchoolSpace(_)
            | Fact::Slot(_)
            | Fact::Convention(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_) => {}
        }
    }
}

fn apply(fact: &PlatformEvent, out: &mut Writes) {
    use PlatformEvent as E;
    match fact {
        E::HostAttached { platform, host } => {
            // One that comes back finds its address again.
            let key = || key![platform, host];
            out.put_if_absent(&PLATFORM_HOSTS, key(), row! { attached: true });
            out.set(&PLATFORM_HOSTS, key(), row! { attached: true });
        }
        E::HostDetached { platform, host } => {
            out.set(&PLATFORM_HOSTS, key![platform, host], row! { attached: false });
        }
        E::NotificationAddressSet { platform, host, email } => {
            let cells = row! { person: email.person(), email: email };
            out.set(&PLATFORM_HOSTS, key![platform, host], cells);
        }
        E::PlatformOpened { .. }
        | E::BrandingChanged { .. }
        | E::LicenceRenewed { .. }
        | E::RulesChanged { .. }
        | E::ConventionNotesChanged { .. }
        | E::ConventionArticlesChanged { .. }
        | E::FormationAdded { .. }
        | E::FormationRetired { .. }
        | E::RoleGranted { .. }
        | E::RoleRevoked { .. }
        | E::GuideStored { .. } => {}
    }
}

/// A school that receives pupils on a platform, or did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlatformHost {
    /// On which platform.
    pub platform: Slug,
    /// Which school.
    pub host: Uai,
    /// Whether it still does.
    pub attached: bool,
    /// Where its notifications go, once that was said.
    pub email: Option<Email>,
}

impl PlatformHost {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            platform: row.parsed("platform")?,
            host: row.parsed("host")?,
            attached: row.get("attached")?,
            email: row.maybe_parsed("email")?,
        })
    }
}

/// The hosts attached to `platform`.
pub fn of_platform(db: &Connection, platform: &Slug) -> rusqlite::Result<Vec<PlatformHost>> {
    db.prepare_cached(
        "SELECT * FROM platform_hosts WHERE platform = ?1 AND attached ORDER BY host",
    )?
    .query_map([platform.as_str()], PlatformHost::read)?
    .collect()
}

/// The host `host` of `platform`, detached or not.
pub fn one(db: &Connection, platform: &Slug, host: &Uai) -> rusqlite::Result<Option<PlatformHost>> {
    db.prepare_cached("SELECT * FROM platform_hosts WHERE platform = ?1 AND host = ?2")?
        .query_row([platform.as_str(), host.as_str()], PlatformHost::read)
        .optional()
}

/// Whether `host` is attached to `platform`.
pub fn is_attached(db: &Connection, platform: &Slug, host: &Uai) -> rusqlite::Result<bool> {
    Ok(one(db, platform, host)?.is_some_and(|it| it.attached))
}

/// Where the notifications of `host` go on `platform`, once that was said.
pub fn notified(db: &Connection, platform: &Slug, host: &Uai) -> rusqlite::Result<Option<Email>> {
    Ok(one(db, platform, host)?.and_then(|it| it.email))
}

/// Where `host` is attached, with its address there.
pub fn of_host(db: &Connection, host: &Uai) -> rusqlite::Result<Vec<PlatformHost>> {
    db.prepare_cached(
        "SELECT * FROM platform_hosts WHERE host = ?1 AND attached ORDER BY platform",
    )?
    .query_map([host.as_str()], PlatformHost::read)?
    .collect()
}

/// The platforms that `host` is attached to.
pub fn platforms_of(db: &Connection, host: &Uai) -> rusqlite::Result<Vec<Slug>> {
    let hosted = of_host(db, host)?;
    Ok(hosted.into_iter().map(|it| it.platform).collect())
}

#[cfg(test)]
mod tests;
