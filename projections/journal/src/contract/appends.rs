//! What appending promises.

use domain::{
    kernel::{envelope::Recorded, ids::PersonId},
    operations::erasure::{Erasure, ErasureCommand, ErasureGround},
};
use jiff::SignedDuration;
use serde_json::json;

use super::{
    club::{AlreadyEnrolled, Club, ClubCommand, noted},
    on_durable_logs, on_every_log,
    world::{World, all, context, count, give, giving},
};
use crate::{Fault, HandleError, backend::hold::Next};

on_every_log!(
    positions_follow_each_other_across_streams,
    an_event_comes_back_as_it_was_given,
    a_refused_command_writes_nothing,
    a_command_without_events_answers_with_the_head,
    a_repeated_command_answers_with_its_first_positions,
    a_repeated_command_is_not_refused_for_what_it_did_itself,
    a_command_id_serves_on_one_stream,
    recorded_at_never_goes_back,
    a_bad_append_does_not_fail_its_neighbours_in_the_batch,
    a_state_is_loaded_with_its_sequence,
    the_head_wakes_whoever_waits,
    a_name_that_a_database_refuses_never_reaches_the_batch,
    a_closed_journal_takes_nothing_more,
);

async fn positions_follow_each_other_across_streams(world: World) {
    let journal = world.open().await;

    let first = give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();
    let second = give(&journal, "b", ClubCommand::Note(1), 2).await.unwrap();
    let third = give(&journal, "a", ClubCommand::Note(3), 3).await.unwrap();

    assert_eq!((first.first, first.last), (1, 2));
    assert_eq!((second.first, second.last), (3, 3));
    assert_eq!((third.first, third.last), (4, 6));
    let log = all(&journal).await;
    let sequences: Vec<_> = log.iter().map(|e| (e.stream_id.as_str(), e.sequence)).collect();
    assert_eq!(sequences, [("a", 1), ("a", 2), ("b", 1), ("a", 3), ("a", 4), ("a", 5)]);
}

async fn an_event_comes_back_as_it_was_given(world: World) {
    let journal = world.open().await;

    let handled = give(&journal, "a", ClubCommand::Note(1), 5).await.unwrap();

    assert_eq!(handled.events, [noted("1")]);
    let Recorded {
        position, stream, stream_id, sequence, recorded_at, context: read, event, ..
    } = all(&journal).await.remove(0);
    assert_eq!((position, sequence), (1, 1));
    assert_eq!((stream.as_str(), stream_id.as_str()), ("club", "a"));
    assert_eq!(recorded_at, journal.clock().now());
    assert_eq!(read, context(5));
    assert_eq!((event.name.as_str(), event.version.as_str()), ("Noted", "1"));
    assert_eq!(event.payload, json!({"type": "Noted", "text": "1"}));
}

async fn a_refused_command_writes_nothing(world: World) {
    let journal = world.open().await;
    let zoe = PersonId::from_u128(1);
    let enrol = ClubCommand::Enrol(zoe, "zoe@example.org".to_owned());
    give(&journal, "a", enrol.clone(), 1).await.unwrap();

    let refused = give(&journal, "a", enrol, 2).await;

    assert!(matches!(refused, Err(HandleError::Refused(AlreadyEnrolled))));
    assert_eq!(count(&journal).await, 1);
}

async fn a_command_without_events_answers_with_the_head(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();

    let looked = give(&journal, "b", ClubCommand::Look, 2).await.unwrap();

    assert_eq!(looked.events, []);
    assert_eq!((looked.first, looked.last, looked.repeated), (2, 2, false));
}

async fn a_repeated_command_answers_with_its_first_positions(world: World) {
    let journal = world.open().await;
    let first = give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();
    give(&journal, "a", ClubCommand::Note(1), 2).await.unwrap();

    let again = give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();

    assert!(!first.repeated && again.repeated);
    assert_eq!((again.first, again.last), (1, 2));
    assert_eq!(again.events, first.events);
    assert_eq!(count(&journal).await, 3);
}

async fn a_repeated_command_is_not_refused_for_what_it_did_itself(world: World) {
    let journal = world.open().await;
    let enrol = ClubCommand::Enrol(PersonId::from_u128(1), "zoe@example.org".to_owned());
    let first = give(&journal, "a", enrol.clone(), 1).await.unwrap();

    let again = give(&journal, "a", enrol, 1).await.unwrap();

    assert_eq!((again.first, again.repeated), (first.first, true));
    assert_eq!(again.events, first.events);
}

async fn a_command_id_serves_on_one_stream(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();

    let erase = ErasureCommand::ErasePerson {
        person: PersonId::from_u128(1),
        ground: ErasureGround::Request,
    };
    let reused = journal.handle::<Erasure>("e", erase, &context(1)).await;

    assert!(matches!(
        reused,
        Err(HandleError::Fault(Fault::CommandReused { stream, .. })) if stream == "club"
    ));
    let elsewhere = give(&journal, "b", ClubCommand::Note(1), 1).await;
    assert!(matches!(
        elsewhere,
        Err(HandleError::Fault(Fault::CommandReused { stream_id, .. })) if stream_id == "a"
    ));
    assert_eq!(count(&journal).await, 1);
}

async fn recorded_at_never_goes_back(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();
    let then = journal.clock().now();

    journal.clock().advance(SignedDuration::from_hours(-1));
    give(&journal, "a", ClubCommand::Note(1), 2).await.unwrap();
    journal.clock().advance(SignedDuration::from_hours(2));
    give(&journal, "a", ClubCommand::Note(1), 3).await.unwrap();

    let instants: Vec<_> = all(&journal).await.iter().map(|e| e.recorded_at).collect();
    assert_eq!(instants, [then, then, then + SignedDuration::from_hours(1)]);
}

async fn a_bad_append_does_not_fail_its_neighbours_in_the_batch(world: World) {
    let journal = world.open().await;
    give(&journal, "owner", ClubCommand::Open("Les Alouettes"), 1).await.unwrap();
    let mut stops = journal.inner.hold.watch();
    let blocker = giving(&journal, "blocker", ClubCommand::Note(1), 2);
    let stop = stops.recv().await.unwrap();

    // These wait while the blocker is held, and go into one batch.
    let good = giving(&journal, "good", ClubCommand::Note(1), 3);
    let bad = giving(&journal, "thief", ClubCommand::Open("Les Alouettes"), 4);
    let better = giving(&journal, "better", ClubCommand::Note(1), 5);
    stop.send(Next::Commit).unwrap();
    drop(stops);

    assert!(blocker.await.unwrap().is_ok());
    assert!(good.await.unwrap().is_ok());
    assert!(better.await.unwrap().is_ok());
    assert!(matches!(bad.await.unwrap(), Err(HandleError::Claimed { scope: "club_name" })));
    assert_eq!(count(&journal).await, 4);
}

async fn a_state_is_loaded_with_its_sequence(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Open("Les Alouettes"), 1).await.unwrap();
    give(&journal, "a", ClubCommand::Note(2), 2).await.unwrap();

    let (state, sequence) = journal.load::<Club>("a").await.unwrap();
    let (nothing, none) = journal.load::<Club>("b").await.unwrap();

    assert_eq!((state.name.as_deref(), sequence), (Some("Les Alouettes"), 3));
    assert_eq!((nothing.name, none), (None, 0));
}

async fn the_head_wakes_whoever_waits(world: World) {
    let journal = world.open().await;
    let mut head = journal.head();
    assert_eq!(*head.borrow_and_update(), 0);
    let waiting = tokio::spawn(async move { *head.wait_for(|at| *at >= 2).await.unwrap() });

    give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();

    assert_eq!(waiting.await.unwrap(), 2);
}

async fn a_name_that_a_database_refuses_never_reaches_the_batch(world: World) {
    let journal = world.open().await;

    let refused = give(&journal, "a\0b", ClubCommand::Note(1), 1).await;

    assert!(matches!(refused, Err(HandleError::Fault(Fault::Name(_)))));
    let long: &str = Box::leak("x".repeat(3000).into_boxed_str());
    let refused = give(&journal, "a", ClubCommand::Open(long), 2).await;
    assert!(matches!(refused, Err(HandleError::Fault(Fault::Name(_)))));
    assert!(give(&journal, "a", ClubCommand::Note(1), 3).await.is_ok());
}

async fn a_closed_journal_takes_nothing_more(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();

    journal.close().await;

    let late = give(&journal, "a", ClubCommand::Note(1), 2).await;
    assert!(matches!(late, Err(HandleError::Fault(Fault::Closed))));
    assert_eq!(count(&journal).await, 1);
}

mod durable {
    use super::*;

    on_durable_logs!(
        a_log_that_is_opened_again_goes_on_where_it_was,
        another_process_appends_to_the_same_order,
    );

    async fn a_log_that_is_opened_again_goes_on_where_it_was(world: World) {
        let journal = world.open().await;
        give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();
        journal.close().await;

        let journal = world.open().await;
        let again = give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();
        let next = give(&journal, "a", ClubCommand::Note(1), 2).await.unwrap();

        assert_eq!((again.first, again.last, again.repeated), (1, 2, true));
        assert_eq!((next.first, next.repeated), (3, false));
        assert!(journal.verify(|_, _| {}).await.unwrap().is_sound());
    }

    async fn another_process_appends_to_the_same_order(world: World) {
        let (one, other) = (world.open().await, world.open().await);
        let mut head = one.head();
        for number in 0..10 {
            let here = giving(&one, "a", ClubCommand::Note(1), 2 * number);
            let there = giving(&other, "a", ClubCommand::Note(1), 2 * number + 1);
            here.await.unwrap().unwrap();
            there.await.unwrap().unwrap();
        }

        assert_eq!(count(&one).await, 20);
        assert_eq!(*head.wait_for(|at| *at >= 20).await.unwrap(), 20);
        assert!(one.verify(|_, _| {}).await.unwrap().is_sound());
    }
}
