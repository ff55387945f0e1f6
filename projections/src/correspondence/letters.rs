//! `letters`: each letter, whether it left, and when it is tried again. Read by whoever sends
//! them, and by the pages where one sees and sends again those in trouble. No address, no text.

use domain::{
    correspondence::{
        letter::{About, DeliveryFault, LetterEvent, Recipient},
        template::Template,
    },
    facts::Fact,
    kernel::{envelope::Recorded, ids::LetterId, slug::Slug, uai::Uai},
};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row, types::Type};

use crate::{
    Cells, Columns as _, Page, Projection, Table, ToValue as _, Value, Window, Writes,
    clauses::{Clauses, List},
    key, row,
};

const LETTERS: Table = Table {
    name: "letters",
    key: &["letter"],
    ddl: "CREATE TABLE letters (
        letter TEXT PRIMARY KEY,
        template TEXT NOT NULL,
        recipient TEXT NOT NULL,
        about TEXT NOT NULL,
        platform TEXT,
        school TEXT,
        booking TEXT,
        convention TEXT,
        account TEXT,
        status TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0,
        editions INTEGER NOT NULL DEFAULT 0,
        due INTEGER,
        fault TEXT,
        fault_code INTEGER,
        requested_at INTEGER NOT NULL,
        sent_at INTEGER,
        changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX letters_due ON letters (due) WHERE due IS NOT NULL;
    CREATE INDEX letters_by_platform ON letters (platform, requested_at);
    CREATE INDEX letters_by_school ON letters (school, requested_at);
    CREATE INDEX letters_by_booking ON letters (booking, requested_at);
    CREATE INDEX letters_by_convention ON letters (convention, requested_at);
    CREATE INDEX letters_by_time ON letters (requested_at);",
};

/// The read model.
pub struct Letters;

impl Projection for Letters {
    const NAME: &'static str = "letters";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["letter"];
    const TABLES: &'static [&'static Table] = &[&LETTERS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Letter(what) => happened(event, what, out),
            Fact::School(_)
            | Fact::Account(_)
            | Fact::SchoolSpace(_)
            | Fact::Platform(_)
            | Fact::Slot(_)
            | Fact::Convention(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Erasure(_) => {}
        }
    }
}

fn happened(event: &Recorded<Fact>, what: &LetterEvent, out: &mut Writes) {
    use LetterEvent as E;
    let at = event.recorded_at;
    let faulty =
        |error: &DeliveryFault| row! { fault: Value::name(error.kind), fault_code: error.code };
    let mut becomes = |letter: &LetterId, status: LetterStatus, cells: Cells| {
        let status = row! { status: Value::name(status), changed_at: at };
        out.set(&LETTERS, key![letter], cells.into_iter().chain(status));
    };
    match what {
        E::LetterRequested { letter, template, recipient, about } => {
            let mut cells = asked(event, recipient, about);
            cells.extend(row! { template: Value::name(template) });
            out.put(&LETTERS, key![letter], cells);
        }
        E::LetterSent { letter, attempt } => {
            let cells = row! {
                attempts: *attempt, due: None::<i64>, sent_at: at, fault: None::<String>,
                fault_code: None::<i64>,
            };
            becomes(letter, LetterStatus::Sent, cells.into());
        }
        E::LetterFailed { letter, attempt, error, next_attempt } => {
            let mut cells = Cells::from(row! { attempts: *attempt, due: next_attempt });
            cells.extend(faulty(error));
            becomes(letter, LetterStatus::Retrying, cells);
        }
        E::LetterAbandoned { letter, attempt, error } => {
            let mut cells = Cells::from(row! { attempts: *attempt, due: None::<i64> });
            cells.extend(faulty(error));
            becomes(letter, LetterStatus::Abandoned, cells);
        }
        E::LetterResendRequested { letter } => {
            let cells = row! { attempts: 0, due: event.context.at };
            becomes(letter, LetterStatus::Requested, cells.into());
            out.add(&LETTERS, key![letter], "editions", 1);
        }
    }
}

fn asked(event: &Recorded<Fact>, recipient: &Recipient, about: &About) -> Cells {
    let tenant = event.context.tenant.as_deref();
    Cells::from(row! {
        recipient: serde_json::json!(recipient).to_string(),
        about: serde_json::json!(about).to_string(),
        platform: about.platform.as_ref().map(Slug::as_str).or(tenant),
        school: school(recipient, about),
        booking: about.booking,
        convention: about.convention,
        account: about.account,
        status: Value::name(LetterStatus::Requested),
        // By the clock of whoever asked: the one that whoever sends looks at.
        due: event.context.at,
        requested_at: event.recorded_at,
        changed_at: event.recorded_at,
    })
}

/// The school whose managers may look after the letter, where the letter itself says it; that
/// of a booking is found by the booking.
fn school<'a>(recipient: &'a Recipient, about: &'a About) -> Option<&'a Uai> {
    match recipient {
        Recipient::School { uai }
        | Recipient::Invited { uai, .. }
        | Recipient::Requester { uai, .. } => Some(uai),
        Recipient::Account { .. }
        | Recipient::NewAddress { .. }
        | Recipient::Origin
        | Recipient::Host
        | Recipient::Signatory { .. } => about.school.as_ref(),
    }
}

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, strum::Display, strum::EnumString)]
pub enum LetterStatus {
    /// To be sent.
    Requested,
    /// An attempt came to nothing; another follows.
    Retrying,
    /// The server took it.
    Sent,
    /// Given up.
    Abandoned,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Which.
    pub id: LetterId,
    /// What it says.
    pub template: Template,
    /// To whom.
    pub recipient: Recipient,
    /// What about.
    pub about: About,
    /// The platform concerned, if one is.
    pub platform: Option<Slug>,
    /// The school that it is to or about, where the letter itself says it.
    pub school: Option<Uai>,
    /// Where it stands.
    pub status: LetterStatus,
    /// How many attempts were made since it was last asked for.
    pub attempts: u16,
    /// How often someone asked to send it once more.
    pub editions: u16,
    /// When it is tried next, if it is.
    pub due: Option<Timestamp>,
    /// Why the last attempt came to nothing, if it did.
    pub fault: Option<DeliveryFault>,
    /// When it was first asked for.
    pub requested_at: Timestamp,
    /// When it left last.
    pub sent_at: Option<Timestamp>,
    /// When anything happened to it last.
    pub changed_at: Timestamp,
}

impl Letter {
    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let kind = row.maybe_parsed("fault")?;
        let code = row.get("fault_code")?;
        Ok(Self {
            id: row.parsed("letter")?,
            template: row.parsed("template")?,
            recipient: json(row, "recipient")?,
            about: json(row, "about")?,
            platform: row.maybe_parsed("platform")?,
            school: row.maybe_parsed("school")?,
            status: row.parsed("status")?,
            attempts: row.get("attempts")?,
            editions: row.get("editions")?,
            due: row.maybe_instant("due")?,
            fault: kind.map(|kind| DeliveryFault { kind, code }),
            requested_at: row.instant("requested_at")?,
            sent_at: row.maybe_instant("sent_at")?,
            changed_at: row.instant("changed_at")?,
        })
    }
}

fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| {
        let index = row.as_ref().column_index(column).unwrap_or_default();
        rusqlite::Error::FromSqlConversionFailure(index, Type::Text, Box::new(error))
    })
}

/// The letter `id`.
pub fn by_id(db: &Connection, id: LetterId) -> rusqlite::Result<Option<Letter>> {
    db.prepare_cached("SELECT * FROM letters WHERE letter = ?1")?
        .query_row([id.uuid().to_string()], Letter::read)
        .optional()
}

/// The letters to be tried at `now`, those first that wait longest; at most `limit`.
pub fn due(db: &Connection, now: Timestamp, limit: u32) -> rusqlite::Result<Vec<Letter>> {
    db.prepare_cached(
        "SELECT * FROM letters WHERE due IS NOT NULL AND due <= ?1
         ORDER BY due, requested_at, letter LIMIT ?2",
    )?
    .query_map([now.to_value(), i64::from(limit).to_value()], Letter::read)?
    .collect()
}

/// When the next letter is to be tried, if one is.
pub fn next_due(db: &Connection) -> rusqlite::Result<Option<Timestamp>> {
    db.prepare_cached("SELECT min(due) AS due FROM letters WHERE due IS NOT NULL")?
        .query_row([], |row| row.maybe_instant("due"))
}

/// Which letters. The default is all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of this platform.
    pub platform: Option<Slug>,
    /// To or about this school, or about the bookings of its pupils.
    pub school: Option<Uai>,
    /// That say this.
    pub template: Option<Template>,
    /// That stand so.
    pub status: Option<LetterStatus>,
}

/// The letters wanted, the latest first.
pub fn page(db: &Connection, wanted: &Wanted, window: Window) -> rusqlite::Result<Page<Letter>> {
    let mut all = Clauses::default();
    all.maybe("l.platform = ?", wanted.platform.as_ref());
    all.maybe("l.template = ?", wanted.template.map(|it| it.to_string()).as_ref());
    all.maybe("l.status = ?", wanted.status.map(|it| it.to_string()).as_ref());
    if let Some(school) = &wanted.school {
        // What goes to the other side of a booking is the other side's.
        all.with_each(
            "l.letter IN (
                SELECT letter FROM letters WHERE school = ?
                UNION SELECT x.letter FROM bookings b JOIN letters x ON x.booking = b.booking
                    WHERE b.origin = ? AND x.recipient = '{\"kind\":\"origin\"}'
                UNION SELECT x.letter FROM slots s JOIN bookings b ON b.slot = s.slot
                    JOIN letters x ON x.booking = b.booking
                    WHERE s.host = ? AND x.recipient = '{\"kind\":\"host\"}'
                UNION SELECT x.letter FROM conventions c JOIN letters x
                    ON x.convention = c.convention
                    WHERE (c.origin = ? AND x.recipient = '{\"kind\":\"origin\"}')
                       OR (c.host = ? AND x.recipient = '{\"kind\":\"host\"}'))",
            school,
        );
    }
    let list = List { columns: "l.*", from: "letters l", order: "l.requested_at DESC, l.letter" };
    all.page(db, &list, window, Letter::read)
}

#[cfg(test)]
mod tests;
