//! Live: every event has its effect once, and whoever waits is told.

use std::{sync::Arc, time::Duration};

use super::world::*;
use crate::{Change, Connection, Definition, ReadDb, Runner, batch, catch_up, state};

const LONG: Duration = Duration::from_mins(1);

#[tokio::test]
async fn what_is_appended_is_soon_read() {
    let facts = bookings(0..20);
    let log = TestLog::of(&facts);
    let read = ReadDb::memory_with(BOTH).unwrap();
    let runner = Runner::start(&read, log.clone()).await.unwrap();

    assert!(read.wait_for(20, LONG).await);
    assert_eq!(read.query(count).await.unwrap(), 20);
    let head = log.append(&bookings(0..31));
    assert!(read.wait_for(head, LONG).await);
    assert_eq!(read.query(count).await.unwrap(), 31);
    assert_eq!(read.query(tally).await.unwrap(), Some(31));
    assert!(!read.wait_for(head + 1, Duration::from_millis(1)).await);

    runner.stop().await;
}

#[tokio::test]
async fn listeners_hear_each_event_once_and_in_order() {
    let log = TestLog::of(&bookings(0..20));
    let read = ReadDb::memory_with(BOTH).unwrap();
    let mut changes = read.changes();

    catch_up(&read, log.clone()).await.unwrap();
    log.append(&bookings(0..30));
    catch_up(&read, log).await.unwrap();

    let mut heard = Vec::new();
    while let Ok(change) = changes.try_recv() {
        heard.push(change);
    }
    let positions: Vec<u64> = heard.iter().map(|it| it.position).collect();
    assert_eq!(positions, (1..=30).collect::<Vec<_>>());
    assert_eq!(
        heard[0],
        Change {
            position: 1,
            event: "SeatBooked",
            stream: "slot".to_owned(),
            stream_id: SLOT.uuid().to_string(),
            tenant: None,
        }
    );
}

#[tokio::test]
async fn a_batch_that_is_not_committed_leaves_nothing() {
    let entries = Arc::new(bookings(0..5).entries());
    let read = ReadDb::memory_with(BOTH).unwrap();
    let before = read.states().await.unwrap();
    let take = |refuse: bool| {
        let entries = Arc::clone(&entries);
        read.write(move |db, read| {
            db.commit_hook(refuse.then_some(|| true));
            batch::take(db, read.definitions(), &entries)
        })
    };

    assert!(take(true).await.is_err());
    assert_eq!(read.query(count).await.unwrap(), 0);
    assert_eq!(read.states().await.unwrap(), before);

    take(false).await.unwrap();
    assert_eq!(read.query(tally).await.unwrap(), Some(5));
    assert_eq!(state(&read, "tally").await.position, 5);
}

#[tokio::test]
async fn a_batch_taken_before_is_not_taken_again() {
    let entries = Arc::new(bookings(0..5).entries());
    let read = ReadDb::memory_with(BOTH).unwrap();

    for _ in 0..2 {
        let entries = Arc::clone(&entries);
        read.write(move |db, read| batch::take(db, read.definitions(), &entries)).await.unwrap();
    }

    assert_eq!(read.query(tally).await.unwrap(), Some(5));
}

#[tokio::test]
async fn a_new_read_model_catches_up_while_the_others_go_on() {
    let dir = tempfile::tempdir().unwrap();
    let log = TestLog::of(&bookings(0..20));
    let read = ReadDb::open_with(dir.path(), &BOTH[..1]).unwrap();
    catch_up(&read, log.clone()).await.unwrap();
    drop(read);

    log.append(&bookings(0..25));
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let mut changes = read.changes();
    assert_eq!(*read.projected().borrow(), 0);
    assert_eq!(catch_up(&read, log).await.unwrap(), 25);

    assert_eq!(read.query(tally).await.unwrap(), Some(25));
    assert_eq!(read.query(count).await.unwrap(), 25);
    assert_eq!(changes.try_recv().unwrap().position, 21, "the rest is no news");
}

#[tokio::test]
async fn a_changed_definition_starts_anew_and_an_unchanged_one_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let log = TestLog::of(&bookings(0..20));
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    catch_up(&read, log.clone()).await.unwrap();
    drop(read);
    let mut raised: Vec<Definition> = BOTH.to_vec();
    raised[1].version = 2;

    let read = ReadDb::open_with(dir.path(), &raised).unwrap();

    assert_eq!(state(&read, "pupils").await.position, 20);
    let tally_state = state(&read, "tally").await;
    assert_eq!((tally_state.position, tally_state.version), (0, 2));
    catch_up(&read, log).await.unwrap();
    assert_eq!(read.query(tally).await.unwrap(), Some(20));
}

#[tokio::test]
async fn a_read_model_that_is_no_longer_defined_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    catch_up(&read, TestLog::of(&bookings(0..9))).await.unwrap();
    drop(read);

    let read = ReadDb::open_with(dir.path(), &BOTH[1..]).unwrap();

    assert_eq!(read.states().await.unwrap().len(), 1);
    let tables = |db: &Connection| {
        let named = "SELECT count(*) FROM sqlite_schema WHERE tbl_name IN ('pupils', 'tally')";
        db.query_row(named, [], |row| row.get::<_, u32>(0))
    };
    assert_eq!(read.query(tables).await.unwrap(), 2, "tally and its key");
}

#[tokio::test]
async fn a_damaged_file_starts_anew() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("read.db"), "no database".repeat(1000)).unwrap();

    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();

    catch_up(&read, TestLog::of(&bookings(0..9))).await.unwrap();
    assert_eq!(read.query(count).await.unwrap(), 9);
}

#[tokio::test]
async fn read_models_of_another_log_start_anew() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    catch_up(&read, TestLog::of(&bookings(0..20))).await.unwrap();
    drop(read);

    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let restored = TestLog::of(&bookings(100..103));
    let runner = Runner::start(&read, restored).await.unwrap();

    read.projected().wait_for(|it| *it == 3).await.unwrap();
    assert_eq!(read.query(tally).await.unwrap(), Some(3));
    runner.stop().await;
}

#[tokio::test]
async fn a_query_sees_one_instant_of_all_tables() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&bookings(0..8));
    catch_up(&read, log.clone()).await.unwrap();
    let (first, took) =
        (Arc::new(tokio::sync::Notify::new()), Arc::new(std::sync::Barrier::new(2)));
    let (looked, may_go_on) = (Arc::clone(&first), Arc::clone(&took));

    let query = read.query(move |db| {
        let before = count(db)?;
        looked.notify_one();
        may_go_on.wait();
        Ok((before, tally(db)?))
    });
    let append = async {
        first.notified().await;
        log.append(&bookings(0..9));
        catch_up(&read, log.clone()).await.unwrap();
        tokio::task::spawn_blocking(move || took.wait()).await.unwrap();
    };
    let (seen, ()) = tokio::join!(query, append);

    assert_eq!(seen.unwrap(), (8, Some(8)));
    assert_eq!(read.query(tally).await.unwrap(), Some(9));
}

#[tokio::test]
async fn a_query_cannot_write() {
    let read = ReadDb::memory_with(BOTH).unwrap();

    let written = read.query(|db| db.execute("DELETE FROM pupils", [])).await;

    assert!(written.is_err());
    assert_eq!(read.query(state::all).await.unwrap().len(), 2);
}
