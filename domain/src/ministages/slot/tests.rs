//! The rules, the tables of every state with every command, and what holds after any sequence
//! of commands. The slot is a Thursday from 9 to 12; its clock is one hour ahead of UTC.

mod attendance;
mod booking;
mod cancelling;
mod confirmation;
mod correcting;
mod expiry;
mod properties;
mod publishing;
mod table;
mod waiting;

use jiff::{
    Timestamp,
    civil::{DateTime, date, time},
    tz::{TimeZone, offset},
};

use super::{
    Candidate, LapseCause, PupilIdentity, PupilKind, Side, Slot, SlotCommand as Command,
    SlotDetails, SlotEvent as Event, SlotRefusal as Refusal,
};
use crate::{
    kernel::{
        ids::{BookingId, FormationId, PersonId, SlotId},
        moment::Moment,
        personal::Personal,
        spec::given,
        uai::Uai,
    },
    platforms::rules::Rules,
};

const SLOT: SlotId = SlotId::from_u128(1);
const FORMATION: FormationId = FormationId::from_u128(2);

/// Ten days before the slot.
const EARLY: &str = "2026-11-02T10:00";
/// Two days later: when a promotion of then is over.
const TWO_DAYS_LATER: &str = "2026-11-04T10:00";
/// The day of expiry, two days before the slot.
const EXPIRY: &str = "2026-11-10T00:00";
/// When bookings close, the day before the slot.
const CLOSING: &str = "2026-11-11T00:00";
/// When the slot begins.
const BEGINNING: &str = "2026-11-12T09:00";

fn wall(local: &str) -> DateTime {
    local.parse().unwrap()
}

fn instant(local: &str) -> Timestamp {
    let zoned = wall(local).to_zoned(TimeZone::fixed(offset(1)));
    zoned.unwrap().timestamp()
}

fn moment(local: &str) -> Moment {
    Moment { at: instant(local), local: wall(local) }
}

fn details(seats: u16) -> SlotDetails {
    SlotDetails {
        date: date(2026, 11, 12),
        start: time(9, 0, 0, 0),
        end: time(12, 0, 0, 0),
        seats,
        room: None,
        teacher: None,
        note: None,
    }
}

fn booking(n: u128) -> BookingId {
    BookingId::from_u128(0xb000 + n)
}

fn pupil(n: u128) -> Personal<PupilIdentity> {
    let identity = PupilIdentity {
        last_name: format!("Nom {n}"),
        first_name: "Prénom".to_owned(),
        birth_date: None,
        class: None,
        guardian: None,
    };
    Personal::new(PersonId::from_u128(n), identity)
}

/// The same person, whose name was written wrongly.
fn pupil_in_truth(n: u128) -> Personal<PupilIdentity> {
    let identity = PupilIdentity {
        last_name: format!("Nom exact {n}"),
        first_name: "Prénom".to_owned(),
        birth_date: Some(date(2012, 3, 9)),
        class: Some("3e B".to_owned()),
        guardian: None,
    };
    Personal::new(PersonId::from_u128(n), identity)
}

fn college() -> Uai {
    "0590121L".parse().unwrap()
}

fn other_college() -> Uai {
    "0750655E".parse().unwrap()
}

/// Pupil `n` of the collège, under booking `n`.
fn candidate(n: u128) -> Candidate {
    Candidate {
        booking: booking(n),
        pupil: pupil(n),
        origin: college(),
        kind: PupilKind::External,
        held: 0,
    }
}

fn publish(details: SlotDetails, now: &str) -> Command {
    Command::PublishSlot {
        slot: SLOT,
        platform: "lycee-demo-paul".parse().unwrap(),
        host: "0491234A".parse().unwrap(),
        formation: FORMATION,
        details,
        copied_from: None,
        now: moment(now),
    }
}

fn change(details: SlotDetails, now: &str) -> Command {
    Command::ChangeSlot { details, rules: Rules::default(), now: moment(now) }
}

fn withdraw(now: &str) -> Command {
    Command::WithdrawSlot { reason: "professeur absent".to_owned(), now: moment(now) }
}

fn book(candidate: Candidate, now: &str) -> Command {
    book_under(Rules::default(), candidate, now)
}

fn book_under(rules: Rules, candidate: Candidate, now: &str) -> Command {
    Command::BookSeat { candidate, or_wait: false, rules, now: moment(now) }
}

fn book_or_wait(candidate: Candidate, now: &str) -> Command {
    Command::BookSeat { candidate, or_wait: true, rules: Rules::default(), now: moment(now) }
}

fn book_all(candidates: Vec<Candidate>, now: &str) -> Command {
    Command::BookSeats { candidates, rules: Rules::default(), now: moment(now) }
}

fn cancel(n: u128, by: Side, now: &str) -> Command {
    cancel_under(Rules::default(), n, by, now)
}

fn cancel_under(rules: Rules, n: u128, by: Side, now: &str) -> Command {
    Command::CancelBooking { booking: booking(n), reason: None, by, rules, now: moment(now) }
}

fn correct(n: u128, now: &str) -> Command {
    Command::CorrectPupil { booking: booking(n), pupil: pupil_in_truth(n), now: moment(now) }
}

fn expire(n: u128, now: &str) -> Command {
    Command::ExpireBooking { booking: booking(n), rules: Rules::default(), now: moment(now) }
}

fn accept(n: u128, now: &str) -> Command {
    Command::AcceptPromotion { booking: booking(n), now: moment(now) }
}

fn decline(n: u128, now: &str) -> Command {
    Command::DeclinePromotion { booking: booking(n), rules: Rules::default(), now: moment(now) }
}

fn lapse(n: u128, now: &str) -> Command {
    Command::LapsePromotion { booking: booking(n), rules: Rules::default(), now: moment(now) }
}

fn confirm(n: u128) -> Command {
    Command::ConfirmBooking { booking: booking(n) }
}

fn unconfirm(n: u128) -> Command {
    Command::UnconfirmBooking { booking: booking(n) }
}

fn record(n: u128, present: bool, now: &str) -> Command {
    Command::RecordAttendance { booking: booking(n), present, now: moment(now) }
}

fn appreciate(n: u128, now: &str) -> Command {
    Command::GiveAppreciation { booking: booking(n), text: appreciation(), now: moment(now) }
}

fn appreciation() -> Personal<String> {
    Personal::new(PersonId::from_u128(1), "Très motivée.".to_owned())
}

fn published(seats: u16) -> Event {
    Event::SlotPublished {
        slot: SLOT,
        platform: "lycee-demo-paul".parse().unwrap(),
        host: "0491234A".parse().unwrap(),
        formation: FORMATION,
        details: details(seats),
        copied_from: None,
    }
}

fn changed(details: SlotDetails, bookings: &[u128]) -> Event {
    Event::SlotChanged {
        slot: SLOT,
        details,
        bookings: bookings.iter().copied().map(booking).collect(),
    }
}

fn withdrawn(bookings: &[u128]) -> Event {
    Event::SlotWithdrawn {
        slot: SLOT,
        reason: "professeur absent".to_owned(),
        bookings: bookings.iter().copied().map(booking).collect(),
    }
}

fn booked(n: u128, at: &str) -> Event {
    Event::SeatBooked {
        slot: SLOT,
        booking: booking(n),
        pupil: pupil(n),
        origin: college(),
        kind: PupilKind::External,
        at: instant(at),
    }
}

fn joined(n: u128) -> Event {
    Event::WaitlistJoined {
        slot: SLOT,
        booking: booking(n),
        pupil: pupil(n),
        origin: college(),
        kind: PupilKind::External,
    }
}

fn cancelled(n: u128, by: Side) -> Event {
    Event::BookingCancelled { slot: SLOT, booking: booking(n), reason: None, by }
}

fn pupil_corrected(n: u128) -> Event {
    Event::PupilCorrected { slot: SLOT, booking: booking(n), pupil: pupil_in_truth(n) }
}

fn expired(n: u128) -> Event {
    Event::BookingExpired { slot: SLOT, booking: booking(n) }
}

fn promoted(n: u128, until: &str) -> Event {
    Event::WaitlistPromoted { slot: SLOT, booking: booking(n), deadline: instant(until) }
}

fn accepted(n: u128, at: &str) -> Event {
    Event::WaitlistAccepted { slot: SLOT, booking: booking(n), at: instant(at) }
}

fn lapsed(n: u128, cause: LapseCause) -> Event {
    Event::WaitlistLapsed { slot: SLOT, booking: booking(n), cause }
}

fn confirmed(n: u128) -> Event {
    Event::BookingConfirmed { slot: SLOT, booking: booking(n) }
}

fn unconfirmed(n: u128) -> Event {
    Event::BookingUnconfirmed { slot: SLOT, booking: booking(n) }
}

fn attended(n: u128, present: bool) -> Event {
    Event::AttendanceRecorded { slot: SLOT, booking: booking(n), present }
}

fn corrected(n: u128, present: bool) -> Event {
    Event::AttendanceCorrected { slot: SLOT, booking: booking(n), present }
}
