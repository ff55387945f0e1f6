//! An event that cannot be taken pauses that read model, before that event; the others go on.

use domain::{
    kernel::ids::BookingId,
    ministages::slot::{LapseCause, SlotEvent},
};

use super::world::*;
use crate::{Entry, ReadDb, Status, Unreadable, catch_up, spec::Facts};

/// Twelve bookings, `event`, and two more bookings.
fn around(event: SlotEvent) -> Facts {
    let facts = bookings(0..12).then(SLOT.uuid(), event);
    let facts = facts.then(SLOT.uuid(), booked(12));
    facts.then(SLOT.uuid(), booked(13))
}

fn harmless() -> SlotEvent {
    SlotEvent::WaitlistLapsed {
        slot: SLOT,
        booking: BookingId::from_u128(99),
        cause: LapseCause::Declined,
    }
}

/// What pauses `tally`, and what is then said of it.
async fn paused_by(event: SlotEvent) -> String {
    let log = TestLog::of(&around(event));
    let read = ReadDb::memory_with(BOTH).unwrap();

    assert_eq!(catch_up(&read, log).await.unwrap(), 15, "of those not paused");

    assert_eq!(read.query(tally).await.unwrap(), Some(12), "all before it");
    assert_eq!(read.query(count).await.unwrap(), 14, "the other one goes on");
    let (pupils, tally) = (state(&read, "pupils").await, state(&read, "tally").await);
    assert_eq!((pupils.status, pupils.position), (Status::Live, 15));
    assert_eq!((tally.status, tally.position), (Status::Paused, 12));
    tally.error.unwrap()
}

#[tokio::test]
async fn what_the_database_refuses_pauses() {
    let withdrawn =
        SlotEvent::SlotWithdrawn { slot: SLOT, reason: "absent".to_owned(), bookings: Vec::new() };

    assert_eq!(
        paused_by(withdrawn).await,
        "event 13 cannot be written: NOT NULL constraint failed: tally.note"
    );
}

#[tokio::test]
async fn a_mistake_of_the_program_pauses() {
    let booking = BookingId::from_u128(1);
    let (slot, confirmed) = (SLOT, SlotEvent::BookingConfirmed { slot: SLOT, booking });

    assert_eq!(
        paused_by(confirmed).await,
        "event 13 asks for what cannot be: slot is part of the key of tally"
    );
    assert_eq!(
        paused_by(SlotEvent::BookingExpired { slot, booking }).await,
        "event 13 made the projection panic"
    );
}

#[tokio::test]
async fn an_event_that_cannot_be_read_pauses_those_who_want_it_until_it_can() {
    let log = TestLog::of(&around(harmless()).then_erased(person(3)));
    let read = ReadDb::memory_with(BOTH).unwrap();
    let erasure = log.damage(16);

    catch_up(&read, log.clone()).await.unwrap();

    assert_eq!(state(&read, "tally").await.position, 16, "wants no erasures");
    let pupils = state(&read, "pupils").await;
    assert_eq!((pupils.status, pupils.position), (Status::Paused, 15));
    assert_eq!(pupils.error.as_deref(), Some("event 16 cannot be read: of a later version"));

    log.replace(erasure);
    catch_up(&read, log.clone()).await.unwrap();
    assert_eq!(state(&read, "pupils").await.position, 15, "until someone retries");
    read.retry("pupils").await.unwrap();
    catch_up(&read, log).await.unwrap();
    let pupils = state(&read, "pupils").await;
    assert_eq!((pupils.status, pupils.position), (Status::Live, 16));
    assert_eq!(pupils.error, None);
}

#[tokio::test]
async fn a_restart_tries_again() {
    let dir = tempfile::tempdir().unwrap();
    let log = TestLog::of(&around(harmless()));
    let event = log.damage(13);
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    catch_up(&read, log.clone()).await.unwrap();
    assert_eq!(state(&read, "tally").await.status, Status::Paused);
    assert_eq!(state(&read, "tally").await.position, 12);
    drop(read);

    log.replace(event);
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    catch_up(&read, log).await.unwrap();

    assert_eq!(read.query(tally).await.unwrap(), Some(14));
}

#[tokio::test]
async fn an_event_of_which_nothing_is_known_pauses_all() {
    let log = TestLog::of(&around(harmless()));
    log.replace(Entry::Unreadable(Unreadable {
        position: 13,
        envelope: None,
        reason: "its seal is broken".to_owned(),
    }));
    let read = ReadDb::memory_with(BOTH).unwrap();

    catch_up(&read, log).await.unwrap();

    let states = read.states().await.unwrap();
    let stand: Vec<_> = states.iter().map(|it| (it.status, it.position)).collect();
    assert_eq!(stand, [(Status::Paused, 12), (Status::Paused, 12)]);
}

#[tokio::test]
async fn retrying_what_is_not_there_says_so() {
    let read = ReadDb::memory_with(BOTH).unwrap();

    let fault = read.retry("pupil").await.unwrap_err();

    assert_eq!(fault.to_string(), "no read model is called pupil");
}
