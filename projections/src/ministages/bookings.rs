//! `bookings`: each pupil's seat, or place on the waiting list, with who the pupil is. Read by
//! « Mes réservations », « Liste des stages », the list of the day, letters and conventions.

mod row;

use domain::{
    facts::Fact,
    kernel::{
        envelope::Recorded,
        ids::{BookingId, PersonId, SlotId},
        personal::Personal,
        slug::Slug,
        uai::Uai,
    },
    ministages::slot::{PupilIdentity, PupilKind, SlotEvent},
    operations::erasure::ErasureEvent,
};
use rusqlite::{Connection, OptionalExtension as _};

use crate::{Cells, Projection, Table, Value, Writes, key, row};

pub use row::{Booking, BookingStatus};

const BOOKINGS: Table = Table {
    name: "bookings",
    key: &["booking"],
    ddl: "CREATE TABLE bookings (
        booking TEXT PRIMARY KEY,
        slot TEXT NOT NULL,
        origin TEXT NOT NULL,
        kind TEXT NOT NULL,
        person TEXT NOT NULL,
        last_name TEXT,
        first_name TEXT,
        birth_date TEXT,
        class TEXT,
        guardian_name TEXT,
        guardian_email TEXT,
        guardian_phone TEXT,
        folded_name TEXT,
        folded_first TEXT,
        folded_guardian TEXT,
        status TEXT NOT NULL,
        rank INTEGER NOT NULL,
        booked_at INTEGER NOT NULL,
        since INTEGER,
        deadline INTEGER,
        changed_at INTEGER NOT NULL,
        cancelled_by TEXT,
        lapse TEXT,
        reason TEXT,
        present INTEGER,
        appreciation TEXT
    ) STRICT;
    CREATE INDEX bookings_by_slot ON bookings (slot, status, present);
    CREATE INDEX bookings_by_origin ON bookings (origin, slot);
    CREATE INDEX bookings_by_person ON bookings (person);
    CREATE INDEX bookings_by_name ON bookings (folded_name, slot);
    CREATE INDEX bookings_by_deadline ON bookings (deadline) WHERE status = 'Promoted';",
};

/// The read model.
pub struct Bookings;

impl Projection for Bookings {
    const NAME: &'static str = "bookings";
    const VERSION: u32 = 2;
    const STREAMS: &'static [&'static str] = &["slot", "erasure"];
    const TABLES: &'static [&'static Table] = &[&BOOKINGS];

    fn apply(event: &Recorded<Fact>, out: &mut Writes) {
        match &event.event {
            Fact::Slot(what) => happened(event, what, out),
            Fact::Erasure(ErasureEvent::SubjectErased { person, .. }) => {
                let mut cells = identity(&Personal::erased(*person));
                cells.remove("person");
                cells.extend(row! { reason: None::<String>, appreciation: None::<String> });
                out.set_where(&BOOKINGS, row! { person: person }, cells);
            }
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
    use SlotEvent as E;
    match what {
        E::SeatBooked { slot, booking, pupil, origin, kind, at } => {
            let mut cells = made(event, slot, pupil, origin, *kind);
            cells.extend(row! { status: Value::name(BookingStatus::Booked), since: at });
            out.put(&BOOKINGS, key![booking], cells);
        }
        E::WaitlistJoined { slot, booking, pupil, origin, kind } => {
            let mut cells = made(event, slot, pupil, origin, *kind);
            cells.extend(row! { status: Value::name(BookingStatus::Waiting) });
            out.put(&BOOKINGS, key![booking], cells);
        }
        E::PupilCorrected { booking, pupil, .. } => {
            out.set(&BOOKINGS, key![booking], identity(pupil));
        }
        E::AttendanceRecorded { booking, present, .. }
        | E::AttendanceCorrected { booking, present, .. } => {
            out.set(&BOOKINGS, key![booking], row! { present: *present });
        }
        E::AppreciationGiven { booking, text, .. } => {
            out.set(&BOOKINGS, key![booking], row! { appreciation: text });
        }
        E::SlotWithdrawn { .. }
        | E::BookingCancelled { .. }
        | E::BookingExpired { .. }
        | E::WaitlistPromoted { .. }
        | E::WaitlistAccepted { .. }
        | E::WaitlistLapsed { .. }
        | E::BookingConfirmed { .. }
        | E::BookingUnconfirmed { .. } => moved(event, what, out),
        E::SlotPublished { .. } | E::SlotChanged { .. } => {}
    }
}

/// The events that give bookings another status.
fn moved(event: &Recorded<Fact>, what: &SlotEvent, out: &mut Writes) {
    use BookingStatus as Is;
    use SlotEvent as E;
    let mut becomes = |booking: &BookingId, status: Is, cells: Cells| {
        let status = row! { status: Value::name(status), changed_at: event.recorded_at };
        out.set(&BOOKINGS, key![booking], cells.into_iter().chain(status));
    };
    match what {
        E::SlotWithdrawn { bookings, .. } => {
            for booking in bookings {
                becomes(booking, Is::Withdrawn, Cells::new());
            }
        }
        E::BookingCancelled { booking, reason, by, .. } => {
            let cells = row! { cancelled_by: Value::name(by), reason: reason };
            becomes(booking, Is::Cancelled, cells.into());
        }
        E::BookingExpired { booking, .. } => becomes(booking, Is::Expired, Cells::new()),
        E::WaitlistPromoted { booking, deadline, .. } => {
            becomes(booking, Is::Promoted, row! { deadline: deadline }.into());
        }
        E::WaitlistAccepted { booking, at, .. } => {
            becomes(booking, Is::Booked, row! { since: at }.into());
        }
        E::WaitlistLapsed { booking, cause, .. } => {
            becomes(booking, Is::Lapsed, row! { lapse: Value::name(cause) }.into());
        }
        E::BookingConfirmed { booking, .. } => becomes(booking, Is::Confirmed, Cells::new()),
        E::BookingUnconfirmed { booking, .. } => becomes(booking, Is::Booked, Cells::new()),
        E::SlotPublished { .. }
        | E::SlotChanged { .. }
        | E::SeatBooked { .. }
        | E::WaitlistJoined { .. }
        | E::PupilCorrected { .. }
        | E::AttendanceRecorded { .. }
        | E::AttendanceCorrected { .. }
        | E::AppreciationGiven { .. } => {}
    }
}

/// What a seat and a place on the waiting list have in common.
fn made(
    event: &Recorded<Fact>,
    slot: &SlotId,
    pupil: &Personal<PupilIdentity>,
    origin: &Uai,
    kind: PupilKind,
) -> Cells {
    let mut cells = identity(pupil);
    cells.extend(row! {
        slot: slot,
        origin: origin,
        kind: Value::name(kind),
        rank: event.position,
        booked_at: event.recorded_at,
        changed_at: event.recorded_at,
    });
    cells
}

fn identity(pupil: &Personal<PupilIdentity>) -> Cells {
    let known = pupil.known();
    let guardian = known.and_then(|it| it.guardian.as_ref());
    let folded = |text: Option<&String>| text.map(|it| Value::folded(it));
    let name = known.map(|it| format!("{} {}", it.last_name, it.first_name));
    Cells::from(row! {
        person: pupil.person(),
        last_name: known.map(|it| &it.last_name),
        first_name: known.map(|it| &it.first_name),
        birth_date: known.and_then(|it| it.birth_date),
        class: known.and_then(|it| it.class.as_ref()),
        guardian_name: guardian.map(|it| &it.name),
        guardian_email: guardian.and_then(|it| it.email.as_ref()),
        guardian_phone: guardian.and_then(|it| it.phone.as_ref()),
        folded_name: folded(name.as_ref()),
        folded_first: folded(known.map(|it| &it.first_name)),
        folded_guardian: folded(guardian.map(|it| &it.name)),
    })
}

/// The booking `id`.
pub fn by_id(db: &Connection, id: BookingId) -> rusqlite::Result<Option<Booking>> {
    db.prepare_cached("SELECT * FROM bookings WHERE booking = ?1")?
        .query_row([id.uuid().to_string()], Booking::read)
        .optional()
}

/// Those of `ids` that there are, in no order.
pub fn by_ids(db: &Connection, ids: &[BookingId]) -> rusqlite::Result<Vec<Booking>> {
    let ids = serde_json::json!(ids).to_string();
    db.prepare_cached("SELECT * FROM bookings WHERE booking IN (SELECT value FROM json_each(?1))")?
        .query_map([ids], Booking::read)?
        .collect()
}

/// All bookings ever made in `slot`, over or not, the first first.
pub fn of_slot(db: &Connection, slot: SlotId) -> rusqlite::Result<Vec<Booking>> {
    db.prepare_cached("SELECT * FROM bookings WHERE slot = ?1 ORDER BY rank, booking")?
        .query_map([slot.uuid().to_string()], Booking::read)?
        .collect()
}

/// Those who wait for a seat of `slot`, the first first.
pub fn waiting(db: &Connection, slot: SlotId) -> rusqlite::Result<Vec<Booking>> {
    db.prepare_cached(
        "SELECT * FROM bookings WHERE slot = ?1 AND status = 'Waiting' ORDER BY rank, booking",
    )?
    .query_map([slot.uuid().to_string()], Booking::read)?
    .collect()
}

/// The place of `booking` among those who wait, from 1; none when it waits no longer.
pub fn place_in_line(db: &Connection, booking: &Booking) -> rusqlite::Result<Option<u64>> {
    if booking.status != BookingStatus::Waiting {
        return Ok(None);
    }
    let before = db
        .prepare_cached(
            "SELECT count(*) FROM bookings WHERE slot = ?1 AND status = 'Waiting' AND rank < ?2",
        )?
        .query_row((booking.slot.uuid().to_string(), booking.rank), |row| row.get::<_, u64>(0))?;
    Ok(Some(before + 1))
}

/// How many bookings of `pupil` on `platform` are not over: seats, kept seats and places on
/// waiting lists. What a quota per pupil counts.
pub fn held_by(db: &Connection, pupil: PersonId, platform: &Slug) -> rusqlite::Result<u16> {
    db.prepare_cached(
        "SELECT count(*) FROM bookings b JOIN slots s USING (slot)
         WHERE b.person = ?1 AND s.platform = ?2
           AND b.status IN ('Booked', 'Confirmed', 'Promoted', 'Waiting')",
    )?
    .query_row((pupil.uuid().to_string(), platform.as_str()), |row| row.get(0))
}

#[cfg(test)]
mod tests;
