//! `platforms`: look, licence, rules, texts and guide of each. Read by the home of a platform,
//! by « Options », by letters (branding) and by whoever makes a convention (notes).

use domain::{
    facts::Fact,
    kernel::{envelope::Recorded, slug::Slug},
    platforms::{
        platform::{Article, Branding, PlatformEvent, StoredFile},
        rules::Rules,
    },
};
use jiff::{Timestamp, civil::Date};
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::de::DeserializeOwned;

use crate::{Columns as _, Projection, Table, Value, Writes, key, row};

const PLATFORMS: Table = Table {
    name: "platforms",
    key: &["platform"],
    ddl: "CREATE TABLE platforms (
        platform TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        time_zone TEXT NOT NULL,
        rules TEXT NOT NULL,
        display_name TEXT,
        colour TEXT,
        logo_blob TEXT,
        logo_length INTEGER,
        licence_until TEXT,
        first_note TEXT NOT NULL DEFAULT '',
        second_note TEXT NOT NULL DEFAULT '',
        articles TEXT NOT NULL DEFAULT '[]',
        guide_blob TEXT,
        guide_length INTEGER,
        opened_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;",
};

/// The read model.
pub struct Platforms;

impl Projection for Platforms {
    const NAME: &'static str = "platforms";
    const VERSION: u32 = 2;
    const STREAMS: &'static [&'static str] = &["platform"];
    const TABLES: &'static [&'static Table] = &[&PLATFORMS];

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
    let mut set = |platform: &Slug, cells: &[(&'static str, Value)]| {
        out.set(&PLATFORMS, key![platform], cells.iter().cloned());
    };
    match fact {
        E::PlatformOpened { platform, name, time_zone, rules } => {
            let cells =
                row! { name: name, time_zone: time_zone, rules: json(rules), opened_at: at };
            out.put(&PLATFORMS, key![platform], cells);
        }
        E::BrandingChanged { platform, branding } => set(platform, &look(branding)),
        E::LicenceRenewed { platform, until } => set(platform, &row! { licence_until: until }),
        E::RulesChanged { platform, rules } => set(platform, &row! { rules: json(rules) }),
        E::ConventionNotesChanged { platform, first, second } => {
            set(platform, &row! { first_note: first, second_note: second });
        }
        E::ConventionArticlesChanged { platform, articles } => {
            set(platform, &row! { articles: serde_json::json!(articles).to_string() });
        }
        E::GuideStored { platform, guide } => {
            set(platform, &row! { guide_blob: &guide.blob, guide_length: guide.length });
        }
        E::NotificationAddressSet { .. }
        | E::FormationAdded { .. }
        | E::FormationRetired { .. }
        | E::HostAttached { .. }
        | E::HostDetached { .. }
        | E::RoleGranted { .. }
        | E::RoleRevoked { .. } => {}
    }
}

fn json(rules: &Rules) -> String {
    serde_json::json!(rules).to_string()
}

fn look(branding: &Branding) -> [(&'static str, Value); 4] {
    row! {
        display_name: &branding.display_name,
        colour: &branding.colour,
        logo_blob: branding.logo.as_ref().map(|it| &it.blob),
        logo_length: branding.logo.as_ref().map(|it| it.length),
    }
}

/// A platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Platform {
    /// Which.
    pub platform: Slug,
    /// What it was called when it opened.
    pub name: String,
    /// The IANA time zone of its slots.
    pub time_zone: String,
    /// Deadlines and quotas.
    pub rules: Rules,
    /// How it looks, once that was set.
    pub branding: Option<Branding>,
    /// The last day of its licence, once there is one.
    pub licence_until: Option<Date>,
    /// The two texts printed on its conventions.
    pub notes: (String, String),
    /// The articles of its conventions; none: those of Escale.
    pub articles: Vec<Article>,
    /// The guide to download.
    pub guide: Option<StoredFile>,
    /// When it opened.
    pub opened_at: Timestamp,
}

impl Platform {
    /// What it is called on its pages and in letters.
    pub fn display_name(&self) -> &str {
        self.branding.as_ref().map_or(&self.name, |branding| &branding.display_name)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let display_name: Option<String> = row.get("display_name")?;
        let colour: Option<String> = row.get("colour")?;
        let logo = file(row, "logo_blob", "logo_length")?;
        Ok(Self {
            platform: row.parsed("platform")?,
            name: row.get("name")?,
            time_zone: row.get("time_zone")?,
            rules: from_json(row, "rules")?,
            branding: display_name.zip(colour).map(|(display_name, colour)| Branding {
                display_name,
                colour,
                logo,
            }),
            licence_until: row.maybe_parsed("licence_until")?,
            notes: (row.get("first_note")?, row.get("second_note")?),
            articles: from_json(row, "articles")?,
            guide: file(row, "guide_blob", "guide_length")?,
            opened_at: row.instant("opened_at")?,
        })
    }
}

fn from_json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let json: String = row.get(column)?;
    serde_json::from_str(&json).map_err(|e| {
        let kind = rusqlite::types::Type::Text;
        rusqlite::Error::FromSqlConversionFailure(0, kind, Box::new(e))
    })
}

fn file(row: &Row<'_>, blob: &str, length: &str) -> rusqlite::Result<Option<StoredFile>> {
    let (blob, length): (Option<String>, Option<u64>) = (row.get(blob)?, row.get(length)?);
    Ok(blob.zip(length).map(|(blob, length)| StoredFile { blob, length }))
}

/// The platform `platform`.
pub fn by_slug(db: &Connection, platform: &Slug) -> rusqlite::Result<Option<Platform>> {
    db.prepare_cached("SELECT * FROM platforms WHERE platform = ?1")?
        .query_row([platform.as_str()], Platform::read)
        .optional()
}

/// Those of `platforms` that are open, in no order.
pub fn by_slugs(db: &Connection, platforms: &[Slug]) -> rusqlite::Result<Vec<Platform>> {
    let slugs = serde_json::json!(platforms).to_string();
    db.prepare_cached(
        "SELECT * FROM platforms WHERE platform IN (SELECT value FROM json_each(?1))",
    )?
    .query_map([slugs], Platform::read)?
    .collect()
}

/// All of them, by slug.
pub fn all(db: &Connection) -> rusqlite::Result<Vec<Platform>> {
    db.prepare_cached("SELECT * FROM platforms ORDER BY platform")?
        .query_map([], Platform::read)?
        .collect()
}

#[cfg(test)]
mod tests;
