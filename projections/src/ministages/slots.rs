//! `slots`: what is on offer and when. Read by the catalogue, the host's calendar and every
//! page about a booking. Seats held and pupils waiting are counted from `bookings`.

use domain::{
    facts::Fact,
    kernel::{
        envelope::Recorded,
        ids::{FormationId, PersonId, SlotId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::{SlotDetails, SlotEvent},
    operations::erasure::ErasureEvent,
};
use jiff::{
    Timestamp,
    civil::{Date, DateTime},
};
use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::{Cells, Columns as _, Projection, Table, Writes, key, row};

const SLOTS: Table = Table {
    name: "slots",
    key: &["slot"],
    ddl: "CREATE TABLE slots (
        slot TEXT PRIMARY KEY,
        platform TEXT NOT NULL,
        host TEXT NOT NULL,
        formation TEXT NOT NULL,
        date TEXT NOT NULL,
        begins TEXT NOT NULL,
        ends TEXT NOT NULL,
        seats INTEGER NOT NULL,
        room TEXT,
        teacher_person TEXT,
        teacher TEXT,
        note TEXT,
        copied_from TEXT,
        published_at INTEGER NOT NULL,
        withdrawn_at INTEGER,
        withdrawn_because TEXT
    ) STRICT;
    CREATE INDEX slots_by_host ON slots (host, date, begins);
    CREATE INDEX slots_by_platform ON slots (platform, date, begins);
    CREATE INDEX slots_by_teacher ON slots (teacher_person);",
};

/// The read model.
pub struct Slots;

impl Projection for Slots {
    const NAME: &'static str = "slots";
    const VERSION: u32 = 1;
    const STREAMS: &'static [&'static str] = &["slot", "erasure"];
    const TABLES: &'static [&'static Table] = &[&SLOTS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Slot(what) => happened(event, what, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => out.set_where(
                &SLOTS,
                row! { teacher_person: person },
                row! { teacher: None::<String> },
            ),
            Fact::School(_)
            | Fact::Account(_)
            | Fact::SchoolSpace(_)
            | Fact::Platform(_)
            | Fact::Convention(_)
            | Fact::Signing(_)
            | Fact::ScanBatch(_)
            | Fact::Letter(_) => {}
        }
    }
}

fn happened(event: &Recorded<Fact>, what: &SlotEvent, out: &mut Writes) {
    match what {
        SlotEvent::SlotPublished { slot, platform, host, formation, details, copied_from } => {
            let mut cells = described(details);
            cells.extend(row! {
                platform: platform,
                host: host,
                formation: formation,
                copied_from: copied_from,
                published_at: event.recorded_at,
            });
            out.put(&SLOTS, key![slot], cells);
        }
        SlotEvent::SlotChanged { slot, details, .. } => {
            out.set(&SLOTS, key![slot], described(details));
        }
        SlotEvent::SlotWithdrawn { slot, reason, .. } => out.set(
            &SLOTS,
            key![slot],
            row! { withdrawn_at: event.recorded_at, withdrawn_because: reason },
        ),
        SlotEvent::SeatBooked { .. }
        | SlotEvent::WaitlistJoined { .. }
        | SlotEvent::PupilCorrected { .. }
        | SlotEvent::BookingCancelled { .. }
        | SlotEvent::BookingExpired { .. }
        | SlotEvent::WaitlistPromoted { .. }
        | SlotEvent::WaitlistAccepted { .. }
        | SlotEvent::WaitlistLapsed { .. }
        | SlotEvent::BookingConfirmed { .. }
        | SlotEvent::BookingUnconfirmed { .. }
        | SlotEvent::AttendanceRecorded { .. }
        | SlotEvent::AttendanceCorrected { .. }
        | SlotEvent::AppreciationGiven { .. } => {}
    }
}

fn described(details: &SlotDetails) -> Cells {
    Cells::from(row! {
        date: details.date,
        begins: details.start,
        ends: details.end,
        seats: details.seats,
        room: &details.room,
        teacher_person: details.teacher.as_ref().map(Personal::person),
        teacher: &details.teacher,
        note: &details.note,
    })
}

/// A slot, with its seats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Which.
    pub id: SlotId,
    /// On which platform.
    pub platform: Slug,
    /// Where.
    pub host: Uai,
    /// To discover what.
    pub formation: FormationId,
    /// When, how many seats, where and with whom. The teacher is erased where they were.
    pub details: SlotDetails,
    /// How many seats are booked or kept for a promoted pupil.
    pub held: u16,
    /// How many pupils wait.
    pub waiting: u16,
    /// The slot it was duplicated from.
    pub copied_from: Option<SlotId>,
    /// Since when it is on offer.
    pub published_at: Timestamp,
    /// When and why it was withdrawn, if it was.
    pub withdrawn: Option<(Timestamp, String)>,
}

impl Slot {
    /// What [`read`](Self::read) reads, from `slots s`.
    pub(crate) const COLUMNS: &'static str = "s.*,
        (SELECT count(*) FROM bookings h WHERE h.slot = s.slot
            AND h.status IN ('Booked', 'Confirmed', 'Promoted')) AS held,
        (SELECT count(*) FROM bookings w WHERE w.slot = s.slot
            AND w.status = 'Waiting') AS waiting";

    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let teacher: Option<PersonId> = row.maybe_parsed("teacher_person")?;
        let name: Option<String> = row.get("teacher")?;
        let because: Option<String> = row.get("withdrawn_because")?;
        Ok(Self {
            id: row.parsed("slot")?,
            platform: row.parsed("platform")?,
            host: row.parsed("host")?,
            formation: row.parsed("formation")?,
            details: SlotDetails {
                date: row.parsed("date")?,
                start: row.parsed("begins")?,
                end: row.parsed("ends")?,
                seats: row.get("seats")?,
                room: row.get("room")?,
                teacher: teacher.map(|person| match name {
                    Some(name) => Personal::new(person, name),
                    None => Personal::erased(person),
                }),
                note: row.get("note")?,
            },
            held: row.get("held")?,
            waiting: row.get("waiting")?,
            copied_from: row.maybe_parsed("copied_from")?,
            published_at: row.instant("published_at")?,
            withdrawn: row.maybe_instant("withdrawn_at")?.zip(because),
        })
    }

    /// How many seats are not held.
    pub fn free(&self) -> u16 {
        self.details.seats.saturating_sub(self.held)
    }

    /// When it begins, on the platform's wall clock.
    pub fn begins_at(&self) -> DateTime {
        self.details.date.to_datetime(self.details.start)
    }
}

/// The slot `id`.
pub fn by_id(db: &Connection, id: SlotId) -> rusqlite::Result<Option<Slot>> {
    let columns = Slot::COLUMNS;
    db.prepare_cached(&format!("SELECT {columns} FROM slots s WHERE s.slot = ?1"))?
        .query_row([id.uuid().to_string()], Slot::read)
        .optional()
}

/// Those of `ids` that there are, in no order.
pub fn by_ids(db: &Connection, ids: &[SlotId]) -> rusqlite::Result<Vec<Slot>> {
    let ids = serde_json::json!(ids).to_string();
    let columns = Slot::COLUMNS;
    db.prepare_cached(&format!(
        "SELECT {columns} FROM slots s WHERE s.slot IN (SELECT value FROM json_each(?1))"
    ))?
    .query_map([ids], Slot::read)?
    .collect()
}

/// The days on which `host` offers something on any platform, from `from` to `to`.
pub fn days(db: &Connection, host: &Uai, from: Date, to: Date) -> rusqlite::Result<Vec<Date>> {
    let bounds = [host.to_string(), from.to_string(), to.to_string()];
    db.prepare_cached(
        "SELECT DISTINCT date FROM slots
         WHERE host = ?1 AND date BETWEEN ?2 AND ?3 AND withdrawn_at IS NULL ORDER BY date",
    )?
    .query_map(bounds, |row| row.parsed("date"))?
    .collect()
}

#[cfg(test)]
mod tests;
