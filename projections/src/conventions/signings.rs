//! `signings`: the last round of signatures of each convention, and where each signatory stands.
//! Read by the page that a personal link opens, by the « Signatures » panel of schools, by
//! whoever makes the signed document or says whether a document is one.

mod row;

use domain::{
    conventions::{
        convention::{ConventionEvent, Recognition},
        signing::{Contact, Evidence, Invited, Signatory, SigningEvent},
        terms::Change,
    },
    facts::Fact,
    kernel::{envelope::Recorded, ids::ConventionId, personal::Personal},
    operations::erasure::ErasureEvent,
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _};

use super::register::row::written;
use crate::{Cells, Projection, Table, Value, Writes, key, row};

pub use row::{Signed, SignedDigest, Signer, SignerStanding, Signing, SigningStanding};

const SIGNINGS: Table = Table {
    name: "signings",
    key: &["convention"],
    ddl: "CREATE TABLE signings (
        convention TEXT PRIMARY KEY,
        person TEXT NOT NULL,
        round INTEGER NOT NULL,
        state TEXT NOT NULL,
        document TEXT,
        ends INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        completed_at INTEGER,
        changes TEXT
    ) STRICT;
    CREATE INDEX signings_by_person ON signings (person);",
};

const SIGNERS: Table = Table {
    name: "signers",
    key: &["convention", "role"],
    ddl: "CREATE TABLE signers (
        convention TEXT NOT NULL,
        role TEXT NOT NULL,
        person TEXT NOT NULL,
        round INTEGER NOT NULL,
        standing TEXT NOT NULL,
        name TEXT,
        email TEXT,
        phone TEXT,
        link TEXT,
        link_cause TEXT,
        link_expires INTEGER,
        link_sent_at INTEGER,
        code_sent_at INTEGER,
        signed_name TEXT,
        method TEXT,
        picture_blob TEXT,
        picture_length INTEGER,
        picture_digest TEXT,
        network TEXT,
        document TEXT,
        signed_at INTEGER,
        reason TEXT,
        PRIMARY KEY (convention, role)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX signers_by_person ON signers (person);",
};

const SIGNED: Table = Table {
    name: "signed_documents",
    key: &["convention", "sequence"],
    ddl: "CREATE TABLE signed_documents (
        convention TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        person TEXT NOT NULL,
        digest TEXT,
        replaced INTEGER NOT NULL DEFAULT 0,
        PRIMARY KEY (convention, sequence)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX signed_documents_by_digest ON signed_documents (digest);
    CREATE INDEX signed_documents_by_person ON signed_documents (person);",
};

/// The read model.
pub struct Signings;

impl Projection for Signings {
    const NAME: &'static str = "signings";
    const VERSION: u32 = 3;
    const STREAMS: &'static [&'static str] = &["signing", "convention", "erasure"];
    const TABLES: &'static [&'static Table] = &[&SIGNINGS, &SIGNERS, &SIGNED];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Signing(what) => happened(event, what, out),
            Fact::Convention(what) => of_signed(event.sequence, what, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let gone = row! { document: None::<String> };
                out.set_where(&SIGNINGS, row! { person: person }, gone);
                let gone = row! {
                    name: None::<String>, email: None::<String>, phone: None::<String>, signed_name: None::<String>,
                    picture_digest: None::<String>, network: None::<String>,
                    document: None::<String>, reason: None::<String>,
                };
                out.set_where(&SIGNERS, row! { person: person }, gone);
                out.set_where(&SIGNED, row! { person: person }, row! { digest: None::<String> });
            }
            Fact::School(_)
            | Fact::Account(_)
            | Fact::SchoolSpace(_)
            | Fact::Platform(_)
            | Fact::Slot(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_) => {}
        }
    }
}

fn happened(event: &Recorded<Fact>, what: &SigningEvent, out: &mut Writes) {
    use SigningEvent as E;
    let at = event.recorded_at;
    match what {
        E::SigningOpened { convention, round, document, invited, stored, ends } => {
            out.remove_where(&SIGNERS, row! { convention: convention });
            let (convention, round, ends) = (*convention, *round, *ends);
            begins(
                out,
                at,
                &Asked { convention, round, ends, document, invited, stored, changes: &[] },
            );
        }
        E::SignaturesAskedAgain {
            convention,
            round,
            document,
            invited,
            stored,
            ends,
            changes,
            kept,
        } => {
            let (convention, round, ends) = (*convention, *round, *ends);
            begins(out, at, &Asked { convention, round, ends, document, invited, stored, changes });
            for role in kept {
                out.set(&SIGNERS, key![convention, Value::name(role)], row! { round: round });
            }
        }
        E::SignatoryCorrected { convention, to } => {
            out.set(&SIGNERS, key![convention, Value::name(to.role)], reached(&to.contact));
        }
        E::SigningLinkSent { convention, role, link, cause, at, expires, .. } => {
            let cells = row! {
                link: link, link_cause: Value::name(cause), link_sent_at: *at,
                link_expires: *expires,
            };
            out.set(&SIGNERS, key![convention, Value::name(role)], cells);
        }
        E::SigningCodeSent { convention, role, at, .. } => {
            out.set(&SIGNERS, key![convention, Value::name(role)], row! { code_sent_at: *at });
        }
        E::SigningCodeFailed { .. } => {}
        E::SignatureApplied { convention, role, evidence } => {
            let cells = signed(evidence).into_iter().chain(row! { signed_at: at });
            out.set(&SIGNERS, key![convention, Value::name(role)], cells);
        }
        E::SignatureDeclined { convention, role, reason } => {
            let cells = row! { standing: Value::name(SignerStanding::Declined), reason: reason };
            out.set(&SIGNERS, key![convention, Value::name(role)], cells);
            becomes(out, convention, SigningStanding::Declined);
        }
        E::SigningCompleted { convention, .. } => {
            becomes(out, convention, SigningStanding::Completed);
            out.set(&SIGNINGS, key![convention], row! { completed_at: at });
        }
        E::SigningClosed { convention, .. } => becomes(out, convention, SigningStanding::Closed),
    }
}

/// A round as it begins.
struct Asked<'a> {
    convention: ConventionId,
    round: u16,
    ends: Timestamp,
    document: &'a Personal<String>,
    invited: &'a [Invited],
    stored: &'a [Signatory],
    changes: &'a [Change],
}

/// The round, those who are asked, and those whose stored signature is on the document.
fn begins(out: &mut Writes, at: Timestamp, it: &Asked<'_>) {
    let cells = row! {
        person: it.document.person(), round: it.round, ends: it.ends, opened_at: at,
        document: it.document, state: Value::name(SigningStanding::Open),
        completed_at: None::<i64>, changes: written(it.changes),
    };
    out.put(&SIGNINGS, key![it.convention], cells);
    let of = |standing: SignerStanding| {
        row! {
            person: it.document.person(), round: it.round, standing: Value::name(standing),
        }
    };
    for Invited { role, contact } in it.invited {
        let cells = of(SignerStanding::Awaited).into_iter().chain(reached(contact));
        out.put(&SIGNERS, key![it.convention, Value::name(role)], cells);
    }
    for role in it.stored {
        out.put(&SIGNERS, key![it.convention, Value::name(role)], of(SignerStanding::Stored));
    }
}

/// How someone is called and reached.
fn reached(contact: &Personal<Contact>) -> Cells {
    let contact = contact.known();
    Cells::from(row! {
        name: contact.map(|it| &it.name),
        email: contact.map(|it| it.email.as_str()),
        phone: contact.and_then(|it| it.phone.as_ref()),
    })
}

fn becomes(out: &mut Writes, convention: &ConventionId, state: SigningStanding) {
    out.set(&SIGNINGS, key![convention], row! { state: Value::name(state) });
}

fn signed(evidence: &Evidence) -> Cells {
    let Evidence { name, method, picture, network, document, .. } = evidence;
    Cells::from(row! {
        standing: Value::name(SignerStanding::Signed),
        signed_name: name,
        method: Value::name(method),
        picture_blob: picture.as_ref().map(|it| &it.blob),
        picture_length: picture.as_ref().map(|it| it.length),
        picture_digest: picture.as_ref().and_then(|it| it.digest.known()),
        network: network.as_ref().and_then(|it| it.known()),
        document: document,
        link: None::<String>,
    })
}

/// What the signatures were deposited as. It is replaced once the convention says something else,
/// or all have signed anew.
fn of_signed(sequence: u64, what: &ConventionEvent, out: &mut Writes) {
    let mut replace = |convention: &ConventionId| {
        out.set_where(&SIGNED, row! { convention: convention }, row! { replaced: true });
    };
    match what {
        ConventionEvent::ConventionAmended { convention, .. } => replace(convention),
        ConventionEvent::ConventionDeposited { convention, document, recognised, .. }
            if *recognised == Recognition::SignedOnline =>
        {
            replace(convention);
            let cells = row! { person: document.digest.person(), digest: &document.digest };
            out.put(&SIGNED, key![convention, sequence], cells);
        }
        ConventionEvent::ConventionGenerated { .. }
        | ConventionEvent::ConventionDeposited { .. }
        | ConventionEvent::ConventionValidated { .. }
        | ConventionEvent::ConventionInvalidated { .. }
        | ConventionEvent::ConventionRegenerated { .. }
        | ConventionEvent::ConventionLapsed { .. }
        | ConventionEvent::ReminderSent { .. } => {}
    }
}

/// The last round of `convention`, if its signatures were ever asked for.
pub fn of_convention(
    db: &Connection,
    convention: ConventionId,
) -> rusqlite::Result<Option<Signing>> {
    let id = convention.uuid().to_string();
    let signing = db
        .prepare_cached("SELECT * FROM signings WHERE convention = ?1")?
        .query_row([&id], Signing::read)
        .optional()?;
    let Some(mut signing) = signing else { return Ok(None) };
    signing.signers = db
        .prepare_cached("SELECT * FROM signers WHERE convention = ?1")?
        .query_map([&id], Signer::read)?
        .collect::<rusqlite::Result<_>>()?;
    signing.signers.sort_by_key(|signer| signer.role);
    Ok(Some(signing))
}

/// Where `role` stands in the last round of `convention`.
pub fn signer(
    db: &Connection,
    convention: ConventionId,
    role: Signatory,
) -> rusqlite::Result<Option<Signer>> {
    db.prepare_cached("SELECT * FROM signers WHERE convention = ?1 AND role = ?2")?
        .query_row([convention.uuid().to_string(), role.to_string()], Signer::read)
        .optional()
}

/// The last signed document of `convention`, once it was made.
pub fn signed_document(
    db: &Connection,
    convention: ConventionId,
) -> rusqlite::Result<Option<SignedDigest>> {
    db.prepare_cached(
        "SELECT * FROM signed_documents WHERE convention = ?1 ORDER BY sequence DESC LIMIT 1",
    )?
    .query_row([convention.uuid().to_string()], SignedDigest::read)
    .optional()
}

/// Of which convention a file with this SHA-256, in hexadecimal, is the signed document.
pub fn by_digest(db: &Connection, digest: &str) -> rusqlite::Result<Option<SignedDigest>> {
    db.prepare_cached("SELECT * FROM signed_documents WHERE digest = ?1 LIMIT 1")?
        .query_row([digest], SignedDigest::read)
        .optional()
}

#[cfg(test)]
mod tests;
