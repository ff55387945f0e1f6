//! What one process alone does at a time.

use std::time::Duration;

use super::{on_every_log, world::World};
use crate::{Duty, Journal, Turn};

on_every_log!(a_duty_is_taken_once_and_kept);

async fn a_duty_is_taken_once_and_kept(world: World) {
    let journal = world.open().await;
    let mut duty = journal.duty("letters");

    assert_eq!(duty.turn().await.unwrap(), Turn::JustOurs);
    assert_eq!(duty.turn().await.unwrap(), Turn::StillOurs);
    assert_eq!(journal.duty("deadlines").turn().await.unwrap(), Turn::JustOurs);
}

/// Two processes on one log, the first with the duty.
async fn two(world: &World) -> (Journal, Duty, Duty) {
    let (one, other) = (world.open().await, world.open().await);
    let (mut first, mut second) = (one.duty("letters"), other.duty("letters"));
    assert_eq!(first.turn().await.unwrap(), Turn::JustOurs);
    assert_eq!(second.turn().await.unwrap(), Turn::Theirs);
    (other, first, second)
}

/// Asks until the duty is had; the server takes a moment to see that a session is gone.
async fn had(duty: &mut Duty) -> Turn {
    for _ in 0..100 {
        let turn = duty.turn().await.unwrap();
        if turn != Turn::Theirs {
            return turn;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Turn::Theirs
}

#[tokio::test(flavor = "multi_thread")]
async fn it_moves_over_when_its_holder_leaves_or_is_gone() {
    let world = World::postgres().await;
    let (other, first, mut second) = two(&world).await;
    let mut third = other.duty("letters");

    first.leave().await;
    assert_eq!(had(&mut second).await, Turn::JustOurs);
    assert_eq!(third.turn().await.unwrap(), Turn::Theirs);
    // As when its process is killed.
    drop(second);
    assert_eq!(had(&mut third).await, Turn::JustOurs);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_holder_who_is_cut_off_knows_that_it_has_it_no_more() {
    let world = World::postgres().await;
    let (_other, mut first, mut second) = two(&world).await;

    let cut =
        "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database
               WHERE locktype = 'advisory' AND granted AND datname = current_database()";
    world.sql(cut).await.unwrap();
    assert_eq!(had(&mut second).await, Turn::JustOurs);
    // It is believed for a moment that what was held is still held.
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert!(first.turn().await.is_err());
    assert_eq!(first.turn().await.unwrap(), Turn::Theirs);
}
