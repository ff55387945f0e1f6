//! A pupil gets a seat, or a place on the waiting list; a list of pupils gets seats, all or none.

use super::{
    super::{Candidate, OpenSlot, SlotEvent, SlotRefusal, deadlines, evolve::changed},
    Outcome, promotion,
};
use crate::{kernel::moment::Moment, platforms::rules::Rules};

pub(super) fn one(
    open: &OpenSlot,
    candidate: Candidate,
    or_wait: bool,
    rules: &Rules,
    now: Moment,
) -> Outcome {
    check_open(open, rules, now)?;
    check_candidate(open, &candidate, rules)?;
    // A free seat is for those who wait, before any newcomer.
    let mut events = promotion::promote(open, rules, now);
    let after = events.iter().fold(open.clone(), changed);
    if after.free() > 0 {
        events.push(booked(open, candidate, now));
    } else if or_wait {
        events.push(joined(open, candidate));
    } else {
        return Err(SlotRefusal::SlotFull { left: 0 });
    }
    Ok(events)
}

pub(super) fn all(
    open: &OpenSlot,
    candidates: Vec<Candidate>,
    rules: &Rules,
    now: Moment,
) -> Outcome {
    check_open(open, rules, now)?;
    if candidates.is_empty() {
        return Err(SlotRefusal::NobodyToBook);
    }
    let mut events = promotion::promote(open, rules, now);
    let mut after = events.iter().fold(open.clone(), changed);
    let left = after.free();
    for candidate in candidates {
        check_candidate(&after, &candidate, rules)?;
        if after.free() == 0 {
            return Err(SlotRefusal::SlotFull { left });
        }
        let event = booked(open, candidate, now);
        after = changed(after, &event);
        events.push(event);
    }
    Ok(events)
}

fn check_open(open: &OpenSlot, rules: &Rules, now: Moment) -> Result<(), SlotRefusal> {
    let closed_at = deadlines::bookings_close(open, rules);
    if now.local >= closed_at {
        return Err(SlotRefusal::DeadlinePassed { closed_at });
    }
    Ok(())
}

/// A school’s quota counts those of its pupils who wait, too: a promotion asks nobody again.
fn check_candidate(
    open: &OpenSlot,
    candidate: &Candidate,
    rules: &Rules,
) -> Result<(), SlotRefusal> {
    if open.booking(candidate.booking).is_ok() {
        return Err(SlotRefusal::BookingExists);
    }
    let pupil = candidate.pupil.person();
    if let Some(other) = open.active().find(|other| other.pupil == pupil) {
        return Err(SlotRefusal::AlreadyBooked { booking: other.id });
    }
    if let Some(most) = rules.seats_per_school {
        let of_the_school = open.active().filter(|b| b.origin == candidate.origin);
        if of_the_school.count() >= usize::from(most) {
            return Err(SlotRefusal::SchoolQuotaReached { most });
        }
    }
    match rules.bookings_per_pupil {
        Some(most) if candidate.held >= most => Err(SlotRefusal::PupilQuotaReached { most }),
        Some(_) | None => Ok(()),
    }
}

fn booked(open: &OpenSlot, candidate: Candidate, now: Moment) -> SlotEvent {
    SlotEvent::SeatBooked {
        slot: open.slot,
        booking: candidate.booking,
        pupil: candidate.pupil,
        origin: candidate.origin,
        kind: candidate.kind,
        at: now.at,
    }
}

fn joined(open: &OpenSlot, candidate: Candidate) -> SlotEvent {
    SlotEvent::WaitlistJoined {
        slot: open.slot,
        booking: candidate.booking,
        pupil: candidate.pupil,
        origin: candidate.origin,
        kind: candidate.kind,
    }
}
