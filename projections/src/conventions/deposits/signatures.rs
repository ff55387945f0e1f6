//! `file_signatures`: the electronic signatures of each deposit, as they were found when it came.
//! Read beside the document.

use domain::{
    conventions::convention::{FoundSignature, SignatureCheck},
    kernel::{
        ids::{ConventionId, PersonId},
        personal::Personal,
    },
};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Cells, Columns as _, Table, Value, Writes, key, row};

pub(super) const SIGNATURES: Table = Table {
    name: "file_signatures",
    key: &["convention", "sequence", "place"],
    ddl: "CREATE TABLE file_signatures (
        convention TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        place INTEGER NOT NULL,
        person TEXT NOT NULL,
        signer TEXT,
        organisation TEXT,
        claimed INTEGER,
        time_stamped INTEGER,
        integrity TEXT NOT NULL,
        trusted INTEGER NOT NULL,
        by_platform INTEGER NOT NULL,
        PRIMARY KEY (convention, sequence, place)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX file_signatures_by_person ON file_signatures (person);",
};

const LOOKED: &str = "Looked";
const UNFINISHED: &str = "Unfinished";

/// What the row of the deposit says of the check.
pub(super) fn outcome(check: &SignatureCheck) -> Cells {
    let (outcome, original) = match check {
        SignatureCheck::NotLooked => ("NotLooked", None),
        SignatureCheck::Unfinished => (UNFINISHED, None),
        SignatureCheck::Looked { original, .. } => (LOOKED, Some(original)),
    };
    row! { checked: Value::name(outcome), original: original.map(Value::name) }.into()
}

/// One row for each signature.
pub(super) fn put(
    out: &mut Writes,
    (convention, sequence): (&ConventionId, u64),
    person: PersonId,
    check: &SignatureCheck,
) {
    let SignatureCheck::Looked { signatures, .. } = check else { return };
    for (one, place) in signatures.iter().zip(0_u32..) {
        let cells = row! {
            person: person,
            signer: one.signer,
            organisation: one.organisation,
            claimed: one.claimed,
            time_stamped: one.time_stamped,
            integrity: Value::name(one.integrity),
            trusted: one.trusted,
            by_platform: one.by_platform,
        };
        out.put(&SIGNATURES, key![convention, sequence, place], cells);
    }
}

/// Forgets who signed.
pub(super) fn forget(out: &mut Writes, person: &PersonId) {
    let erased = row! { signer: None::<String>, organisation: None::<String> };
    out.set_where(&SIGNATURES, row! { person: person }, erased);
}

/// What the signatures said of the deposit that event `sequence` of `convention` told; without
/// one, of the last. None when there is no such deposit.
pub fn check(
    db: &Connection,
    convention: ConventionId,
    sequence: Option<u64>,
) -> rusqlite::Result<Option<SignatureCheck>> {
    let id = convention.uuid().to_string();
    let told = db
        .prepare_cached(
            "SELECT sequence, checked, original FROM deposits
             WHERE convention = ?1 AND sequence = coalesce(?2, sequence)
             ORDER BY sequence DESC LIMIT 1",
        )?
        .query_row((&id, sequence), |row| {
            let checked: String = row.get("checked")?;
            Ok((row.get::<_, u64>("sequence")?, checked, row.maybe_parsed("original")?))
        })
        .optional()?;
    Ok(match told {
        None => None,
        Some((sequence, _, Some(original))) => {
            let signatures = db
                .prepare_cached(
                    "SELECT * FROM file_signatures
                     WHERE convention = ?1 AND sequence = ?2 ORDER BY place",
                )?
                .query_map((&id, sequence), read)?
                .collect::<rusqlite::Result<_>>()?;
            Some(SignatureCheck::Looked { original, signatures })
        }
        Some((_, checked, None)) if checked == UNFINISHED => Some(SignatureCheck::Unfinished),
        Some(_) => Some(SignatureCheck::NotLooked),
    })
}

fn read(row: &Row<'_>) -> rusqlite::Result<FoundSignature> {
    let person: PersonId = row.parsed("person")?;
    let named = |column: &str| -> rusqlite::Result<Option<Personal<String>>> {
        let name: Option<String> = row.get(column)?;
        Ok(name.map(|name| Personal::new(person, name)))
    };
    Ok(FoundSignature {
        signer: named("signer")?,
        organisation: named("organisation")?,
        claimed: row.maybe_instant("claimed")?,
        time_stamped: row.maybe_instant("time_stamped")?,
        integrity: row.parsed("integrity")?,
        trusted: row.get("trusted")?,
        by_platform: row.get("by_platform")?,
    })
}
