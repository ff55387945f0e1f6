//! `schools`: the national directory. Read by sign-up (by UAI), by the pages that look for a
//! school by name or city, and by letters (the institutional address). Public data.

use domain::{
    directory::school::{SchoolEvent, SchoolKind, SchoolListing, SchoolStatus},
    facts::Fact,
    kernel::{
        email::Email,
        envelope::Recorded,
        place::{PositionOnMap, PostalAddress},
        uai::Uai,
    },
};
use rusqlite::{Connection, OptionalExtension as _, Row, ToSql, named_params};

use crate::{Columns as _, Page, Projection, Table, Value, Window, Writes, key, row};

const SCHOOLS: Table = Table {
    name: "schools",
    key: &["uai"],
    ddl: "CREATE TABLE schools (
        uai TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        sector TEXT NOT NULL,
        nature TEXT NOT NULL,
        street TEXT NOT NULL,
        postal_code TEXT NOT NULL,
        city TEXT NOT NULL,
        departement TEXT NOT NULL,
        academie TEXT NOT NULL,
        region TEXT NOT NULL,
        latitude INTEGER,
        longitude INTEGER,
        phone TEXT,
        mail TEXT,
        web TEXT,
        parent TEXT,
        sites INTEGER NOT NULL,
        status TEXT NOT NULL,
        searched TEXT NOT NULL,
        sorted TEXT NOT NULL
    ) STRICT;
    CREATE INDEX schools_by_name ON schools (sorted, uai);
    CREATE INDEX schools_by_departement ON schools (departement, sorted);
    CREATE INDEX schools_by_parent ON schools (parent);",
};

/// The read model.
pub struct Schools;

impl Projection for Schools {
    const NAME: &'static str = "schools";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["school"];
    const TABLES: &'static [&'static Table] = &[&SCHOOLS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::School(
                SchoolEvent::SchoolListed { uai, listing }
                | SchoolEvent::SchoolChanged { uai, listing, .. },
            ) => put(out, uai, listing),
            Fact::School(SchoolEvent::SchoolClosed { uai }) => {
                let status = Value::name(SchoolStatus::Closed);
                out.set(&SCHOOLS, key![uai], row! { status: status });
            }
            Fact::Account(_)
            | Fact::SchoolSpace(_)
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

fn put(out: &mut Writes, uai: &Uai, listing: &SchoolListing) {
    let address = &listing.address;
    let searched = [&listing.name, &address.city, &address.postal_code].map(String::as_str);
    let cells = row! {
        name: &listing.name,
        kind: Value::name(listing.kind),
        sector: Value::name(listing.sector),
        nature: &listing.nature,
        street: &address.street,
        postal_code: &address.postal_code,
        city: &address.city,
        departement: &listing.departement,
        academie: &listing.academie,
        region: &listing.region,
        latitude: listing.position.map(|it| it.latitude),
        longitude: listing.position.map(|it| it.longitude),
        phone: &listing.phone,
        mail: &listing.mail,
        web: &listing.web,
        parent: &listing.parent,
        sites: listing.sites,
        status: Value::name(listing.status),
        searched: Value::folded(&format!("{uai} {}", searched.join(" "))),
        sorted: Value::folded(&listing.name),
    };
    out.put(&SCHOOLS, key![uai], cells);
}

/// A school of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Its code.
    pub uai: Uai,
    /// As listed.
    pub listing: SchoolListing,
}

impl School {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let latitude: Option<i32> = row.get("latitude")?;
        let longitude: Option<i32> = row.get("longitude")?;
        let position = latitude.zip(longitude);
        Ok(Self {
            uai: row.parsed("uai")?,
            listing: SchoolListing {
                name: row.get("name")?,
                kind: row.parsed("kind")?,
                sector: row.parsed("sector")?,
                nature: row.get("nature")?,
                address: PostalAddress {
                    street: row.get("street")?,
                    postal_code: row.get("postal_code")?,
                    city: row.get("city")?,
                },
                departement: row.get("departement")?,
                academie: row.get("academie")?,
                region: row.get("region")?,
                position: position
                    .map(|(latitude, longitude)| PositionOnMap { latitude, longitude }),
                phone: row.get("phone")?,
                mail: row.maybe_parsed("mail")?,
                web: row.get("web")?,
                parent: row.maybe_parsed("parent")?,
                sites: row.get("sites")?,
                status: row.parsed("status")?,
            },
        })
    }
}

/// The school `uai`.
pub fn by_uai(db: &Connection, uai: &Uai) -> rusqlite::Result<Option<School>> {
    db.prepare_cached("SELECT * FROM schools WHERE uai = ?1")?
        .query_row([uai.as_str()], School::read)
        .optional()
}

/// Those of `uais` that are listed, in no order.
pub fn by_uais(db: &Connection, uais: &[Uai]) -> rusqlite::Result<Vec<School>> {
    let uais = serde_json::json!(uais).to_string();
    db.prepare_cached("SELECT * FROM schools WHERE uai IN (SELECT value FROM json_each(?1))")?
        .query_map([uais], School::read)?
        .collect()
}

/// The institutional address of the school `uai`, if it is listed with one.
pub fn mail(db: &Connection, uai: &Uai) -> rusqlite::Result<Option<Email>> {
    by_uai(db, uai).map(|school| school?.listing.mail)
}

/// What to look for. The default finds all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// Words, each of which the name, the city, the postal code or the UAI must contain.
    pub text: String,
    /// The académie's name.
    pub academie: Option<String>,
    /// The département's name.
    pub departement: Option<String>,
    /// What it is.
    pub kind: Option<SchoolKind>,
    /// Leave out those that are closed.
    pub open_only: bool,
}

const MATCHING: &str = "FROM schools
    WHERE (:academie IS NULL OR academie = :academie)
      AND (:departement IS NULL OR departement = :departement)
      AND (:kind IS NULL OR kind = :kind)
      AND NOT (:open_only AND status = :closed)
      AND NOT EXISTS (SELECT 1 FROM json_each(:words) WHERE instr(searched, value) = 0)";

/// The schools that `search` finds, by name.
pub fn search(db: &Connection, search: &Search, window: Window) -> rusqlite::Result<Page<School>> {
    let folded = domain::kernel::text::folded(&search.text);
    let words =
        serde_json::json!(folded.split(' ').filter(|it| !it.is_empty()).collect::<Vec<_>>());
    let (words, kind) = (words.to_string(), search.kind.map(|kind| kind.to_string()));
    let closed = SchoolStatus::Closed.to_string();
    let matching: &[(&str, &dyn ToSql)] = named_params! {
        ":academie": search.academie, ":departement": search.departement, ":kind": kind,
        ":open_only": search.open_only, ":closed": closed, ":words": words,
    };
    let total = db
        .prepare_cached(&format!("SELECT count(*) {MATCHING}"))?
        .query_row(matching, |row| row.get(0))?;
    let window: &[(&str, &dyn ToSql)] =
        named_params! { ":limit": window.limit, ":offset": window.offset };
    let items = db
        .prepare_cached(&format!(
            "SELECT * {MATCHING} ORDER BY sorted, uai LIMIT :limit OFFSET :offset"
        ))?
        .query_map(&*[matching, window].concat(), School::read)?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Page { items, total })
}

#[cfg(test)]
mod tests;
