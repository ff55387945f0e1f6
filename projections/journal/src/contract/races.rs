//! The races, made deterministic: the writer is stopped between its decision and its commit.

use std::time::Duration;

use super::{
    club::{Club, ClubCommand, Probe, noted},
    on_every_log,
    world::{World, all, count, give, giving, giving_from_elsewhere},
};
use crate::{Fault, HandleError, backend::hold::Next};

on_every_log!(
    of_two_appends_to_one_stream_one_wins_and_the_other_decides_again,
    readers_see_nothing_of_an_append_that_is_held_open,
    a_command_repeated_while_the_first_is_in_flight_happens_once,
    a_writer_that_dies_inside_a_batch_leaves_nothing_of_it,
    a_command_goes_on_when_its_caller_hangs_up,
    closing_finishes_what_was_accepted,
    readers_never_see_a_gap_while_many_append,
    a_crowd_on_one_stream_is_served_without_a_conflict,
);

async fn of_two_appends_to_one_stream_one_wins_and_the_other_decides_again(world: World) {
    let journal = world.open().await;
    let mut stops = journal.inner.hold.watch();
    let first = giving_from_elsewhere(&journal, "a", ClubCommand::Note(1), 1);
    let stop = stops.recv().await.unwrap();
    drop(stops);

    // The second decides on the state before the first, which is not committed.
    let (probe, mut decided) = Probe::new();
    let second = giving_from_elsewhere(&journal, "a", ClubCommand::Count(probe), 2);
    assert_eq!(decided.recv().await, Some(0));
    stop.send(Next::Commit).unwrap();

    assert_eq!(first.await.unwrap().unwrap().first, 1);
    let second = second.await.unwrap().unwrap();
    assert_eq!(decided.recv().await, Some(1));
    assert_eq!((second.first, second.events), (2, vec![noted("after 1")]));
    assert_eq!(decided.recv().await, None);
    assert_eq!(count(&journal).await, 2);
}

async fn readers_see_nothing_of_an_append_that_is_held_open(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();
    let mut stops = journal.inner.hold.watch();
    let held = giving(&journal, "a", ClubCommand::Note(3), 2);
    let stop = stops.recv().await.unwrap();
    drop(stops);

    assert_eq!(count(&journal).await, 1);
    assert_eq!(journal.load::<Club>("a").await.unwrap().1, 1);
    assert_eq!(*journal.head().borrow(), 1);
    let sound = journal.verify(|_, _| {}).await.unwrap();
    assert_eq!((sound.events, sound.wrong), (1, None));

    stop.send(Next::Commit).unwrap();
    assert_eq!(held.await.unwrap().unwrap().last, 4);
    assert_eq!(count(&journal).await, 4);
    assert_eq!(*journal.head().borrow(), 4);
}

async fn a_command_repeated_while_the_first_is_in_flight_happens_once(world: World) {
    let journal = world.open().await;
    let mut stops = journal.inner.hold.watch();
    let (probe, mut decided) = Probe::new();
    let first = giving(&journal, "a", ClubCommand::Count(probe.clone()), 1);
    assert_eq!(decided.recv().await, Some(0));
    let stop = stops.recv().await.unwrap();
    drop(stops);

    // One in this process, which waits for its turn, and one in another, which decides too.
    let here = giving(&journal, "a", ClubCommand::Count(probe.clone()), 1);
    let elsewhere = giving_from_elsewhere(&journal, "a", ClubCommand::Count(probe), 1);
    assert_eq!(decided.recv().await, Some(0));
    stop.send(Next::Commit).unwrap();

    let first = first.await.unwrap().unwrap();
    assert_eq!((first.first, first.last, first.repeated), (1, 1, false));
    for again in [here, elsewhere] {
        let again = again.await.unwrap().unwrap();
        assert_eq!((again.first, again.last, again.repeated), (1, 1, true));
        assert_eq!(again.events, first.events);
    }
    assert_eq!(count(&journal).await, 1);
}

async fn a_writer_that_dies_inside_a_batch_leaves_nothing_of_it(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();
    let mut stops = journal.inner.hold.watch();
    let held = giving(&journal, "a", ClubCommand::Note(2), 2);
    let stop = stops.recv().await.unwrap();
    let queued = giving(&journal, "b", ClubCommand::Note(1), 3);
    stop.send(Next::Die).unwrap();

    for lost in [held, queued] {
        assert!(matches!(lost.await.unwrap(), Err(HandleError::Fault(Fault::WriterGone))));
    }
    assert_eq!(count(&journal).await, 1);
    journal.close().await;

    if world.settings.url != "memory:" {
        let journal = world.open().await;
        let again = give(&journal, "a", ClubCommand::Note(2), 2).await.unwrap();
        assert_eq!((again.first, again.last, again.repeated), (2, 3, false));
        assert!(journal.verify(|_, _| {}).await.unwrap().is_sound());
    }
}

async fn a_command_goes_on_when_its_caller_hangs_up(world: World) {
    let journal = world.open().await;
    let mut stops = journal.inner.hold.watch();
    let first = giving(&journal, "a", ClubCommand::Note(1), 1);
    let stop = stops.recv().await.unwrap();
    drop(stops);

    // The second waits for its turn, and its caller goes away.
    tokio::select! {
        biased;
        early = give(&journal, "a", ClubCommand::Note(1), 2) => panic!("answered {early:?}"),
        () = std::future::ready(()) => {}
    }
    stop.send(Next::Commit).unwrap();

    assert_eq!(first.await.unwrap().unwrap().last, 1);
    let mut head = journal.head();
    let waited = tokio::time::timeout(Duration::from_secs(20), head.wait_for(|at| *at > 1));
    assert_eq!(*waited.await.unwrap().unwrap(), 2);
    assert_eq!(count(&journal).await, 2);
}

async fn closing_finishes_what_was_accepted(world: World) {
    let journal = world.open().await;
    let mut stops = journal.inner.hold.watch();
    let accepted = giving(&journal, "a", ClubCommand::Note(1), 1);
    let stop = stops.recv().await.unwrap();
    drop(stops);
    let closing = journal.clone();
    let closing = tokio::spawn(async move { closing.close().await });

    stop.send(Next::Commit).unwrap();
    closing.await.unwrap();

    assert_eq!(accepted.await.unwrap().unwrap().last, 1);
    assert_eq!(count(&journal).await, 1);
}

async fn readers_never_see_a_gap_while_many_append(world: World) {
    let journal = world.open().await;
    let reader = journal.clone();
    let reading = tokio::spawn(async move {
        let mut after = 0;
        while after < 150 {
            for event in reader.read_undecoded(after, 7).await.unwrap() {
                assert_eq!(event.position, after + 1);
                after = event.position;
            }
            tokio::task::yield_now().await;
        }
    });
    let given: Vec<_> = (0..50)
        .map(|n| giving(&journal, &format!("club {}", n % 9), ClubCommand::Note(3), n))
        .collect();
    for handled in given {
        handled.await.unwrap().unwrap();
    }

    reading.await.unwrap();
    assert_eq!(all(&journal).await.len(), 150);
}

async fn a_crowd_on_one_stream_is_served_without_a_conflict(world: World) {
    let journal = world.open().await;
    let crowd: Vec<_> =
        (0..40).map(|n| giving(&journal, "slot", ClubCommand::Note(1), n)).collect();

    for handled in crowd {
        handled.await.unwrap().unwrap();
    }

    assert_eq!(journal.load::<Club>("slot").await.unwrap().1, 40);
}

/// Only a server can cut the writer's connection.
#[tokio::test(flavor = "multi_thread")]
async fn a_writer_whose_connection_is_cut_goes_on_with_another() {
    let world = World::postgres().await;
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(1), 1).await.unwrap();
    let mut stops = journal.inner.hold.watch();
    let held = giving(&journal, "a", ClubCommand::Note(2), 2);
    let stop = stops.recv().await.unwrap();
    drop(stops);

    world
        .sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND state = 'idle in transaction'",
        )
        .await
        .unwrap();
    stop.send(Next::Commit).unwrap();

    assert!(matches!(held.await.unwrap(), Err(HandleError::Fault(Fault::Database(_)))));
    assert_eq!(count(&journal).await, 1);
    let next = give(&journal, "a", ClubCommand::Note(2), 2).await.unwrap();
    assert_eq!((next.first, next.last, next.repeated), (2, 3, false));
}
