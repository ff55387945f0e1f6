//! `formations`: what the hosts of a platform offer to discover. Read by the catalogue, by the
//! forms of slots and by « Options ».

use domain::{
    facts::Fact,
    kernel::{envelope::Recorded, ids::FormationId, slug::Slug, uai::Uai},
    platforms::platform::{FormationLevel, PlatformEvent},
};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, named_params};

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const FORMATIONS: Table = Table {
    name: "formations",
    key: &["formation"],
    ddl: "CREATE TABLE formations (
        formation TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        host TEXT NOT NULL,
        level TEXT NOT NULL,
        label TEXT NOT NULL,
        sorted TEXT NOT NULL,
        retired INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX formations_by_host ON formations (platform, host, sorted);",
};

/// The read model.
pub struct Formations;

impl Projection for Formations {
    const NAME: &'static str = "formations";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["platform"];
    const TABLES: &'static [&'static Table] = &[&FORMATIONS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Platform(fact) => apply(fact, out),
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

fn apply(fact: &PlatformEvent, out: &mut Writes) {
    use PlatformEvent as E;
    match fact {
        E::FormationAdded { platform, formation, host, level, label } => {
            let cells = row! {
                platform: platform, host: host, level: Value::name(level), label: label,
                sorted: Value::folded(label),
            };
            out.put(&FORMATIONS, key![formation], cells);
        }
        E::FormationRetired { formation, .. } => {
            out.set(&FORMATIONS, key![formation], row! { retired: true });
        }
        E::PlatformOpened { .. }
        | E::BrandingChanged { .. }
        | E::LicenceRenewed { .. }
        | E::NotificationAddressSet { .. }
        | E::RulesChanged { .. }
        | E::ConventionNotesChanged { .. }
        | E::ConventionArticlesChanged { .. }
        | E::HostAttached { .. }
        | E::HostDetached { .. }
        | E::RoleGranted { .. }
        | E::RoleRevoked { .. }
        | E::GuideStored { .. } => {}
    }
}

/// A formation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formation {
    /// Which.
    pub formation: FormationId,
    /// On which platform.
    pub platform: Slug,
    /// Who offers it.
    pub host: Uai,
    /// Its level.
    pub level: FormationLevel,
    /// What it is called.
    pub label: String,
    /// Whether it is offered no longer.
    pub retired: bool,
}

impl Formation {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            formation: row.parsed("formation")?,
            platform: row.parsed("platform")?,
            host: row.parsed("host")?,
            level: row.parsed("level")?,
            label: row.get("label")?,
            retired: row.get("retired")?,
        })
    }
}

/// The formation `formation`, retired or not.
pub fn by_id(db: &Connection, formation: FormationId) -> rusqlite::Result<Option<Formation>> {
    db.prepare_cached("SELECT * FROM formations WHERE formation = ?1")?
        .query_row([formation.uuid().to_string()], Formation::read)
        .optional()
}

/// Those of `formations` that are there, retired or not, in no order.
pub fn by_ids(db: &Connection, formations: &[FormationId]) -> rusqlite::Result<Vec<Formation>> {
    let ids = serde_json::json!(formations).to_string();
    db.prepare_cached(
        "SELECT * FROM formations WHERE formation IN (SELECT value FROM json_each(?1))",
    )?
    .query_map([ids], Formation::read)?
    .collect()
}

/// What is offered on `platform`, by `host` alone if one is given; by name.
pub fn offered(
    db: &Connection,
    platform: &Slug,
    host: Option<&Uai>,
) -> rusqlite::Result<Vec<Formation>> {
    let host = host.map(Uai::as_str);
    let matching: &[(&str, &dyn ToSql)] =
        named_params! { ":platform": platform.as_str(), ":host": host };
    db.prepare_cached(
        "SELECT * FROM formations
        WHERE platform = :platform AND (:host IS NULL OR host = :host) AND NOT retired
        ORDER BY sorted, level, formation",
    )?
    .query_map(matching, Formation::read)?
    .collect()
}

#[cfg(test)]
mod tests;
