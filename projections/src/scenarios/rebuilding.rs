//! Rebuilding while the old rows serve.

use std::{sync::Arc, time::Duration};

use super::world::*;
use crate::{ReadDb, Rebuild, Runner, Stage, catch_up};

/// The columns that tampering leaves different from what the log says.
async fn flaws(read: &ReadDb, log: &Arc<TestLog>) -> Vec<String> {
    let (progress, _) = tokio::sync::watch::channel((0, 0));
    let verified = read.verify(log.clone(), progress).await.unwrap();
    let tables = verified.into_iter().flat_map(|it| {
        assert_eq!(it.obstacle, None);
        it.tables
    });
    let named = tables.flat_map(|table| {
        let name = table.table;
        let rows = table.differences.into_iter();
        rows.map(move |it| format!("{name}: {it}"))
    });
    named.collect()
}

/// Waits until the rebuild under way has taken `events`.
async fn has_taken(read: &ReadDb, events: u64) -> Rebuild {
    let mut progress = read.rebuilding();
    let taken = progress.wait_for(|it| it.as_ref().is_some_and(|it| it.done >= events));
    taken.await.unwrap().clone().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn readers_and_writers_go_on_while_all_is_rebuilt() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&bookings(0..100));
    catch_up(&read, log.clone()).await.unwrap();
    tamper(&read, "UPDATE pupils SET name = 'x' WHERE name = 'Témoin-00000007'").await;
    let held = Held::new(&log, 3);
    let runner = Runner::start_with(&read, log.clone(), held.clone()).await.unwrap();
    let reader = {
        let (read, mut progress) = (read.clone(), read.rebuilding());
        tokio::spawn(async move {
            let mut least = 100;
            while progress.borrow_and_update().as_ref().is_none_or(|it| !it.ended()) {
                let (pupils, booked) = read.query(|db| Ok((count(db)?, tally(db)?))).await.unwrap();
                assert!(pupils >= least, "{pupils} after {least}");
                assert_eq!(booked, Some(pupils), "both of one instant");
                least = pupils;
            }
        })
    };

    let run = read.ask_rebuild(Vec::new()).await.unwrap();
    let under_way = has_taken(&read, 24).await;
    assert_eq!((under_way.stage, under_way.total), (Stage::Running, 100));
    let end = log.append(&bookings(0..150));
    assert!(read.wait_for(end, Duration::from_mins(1)).await);
    assert_eq!(read.query(count).await.unwrap(), 150, "live during a rebuild");
    held.let_go();
    let rebuilt = read.rebuilt(run).await.unwrap();

    assert_eq!((rebuilt.stage, rebuilt.done), (Stage::Done, 150));
    assert_eq!(rebuilt.names, ["pupils", "tally"]);
    reader.await.unwrap();
    assert_eq!(flaws(&read, &log).await, [""; 0]);
    let end = log.append(&bookings(0..160));
    assert!(read.wait_for(end, Duration::from_mins(1)).await);
    assert_eq!(read.query(tally).await.unwrap(), Some(160));
    runner.stop().await;
    assert!(!dir.path().join("read.rebuild.db").exists());
}

#[tokio::test]
async fn one_read_model_is_rebuilt_and_the_other_left_alone() {
    let read = ReadDb::memory_with(BOTH).unwrap();
    let log = TestLog::of(&bookings(0..30));
    let runner = Runner::start(&read, log.clone()).await.unwrap();
    read.projected().wait_for(|it| *it == 30).await.unwrap();
    tamper(&read, "DELETE FROM pupils; UPDATE tally SET booked = 7").await;

    let run = read.ask_rebuild(vec!["pupils".to_owned()]).await.unwrap();
    read.rebuilt(run).await.unwrap();

    assert_eq!(read.query(count).await.unwrap(), 30);
    assert_eq!(read.query(tally).await.unwrap(), Some(7));
    runner.stop().await;
}

#[tokio::test]
async fn a_cancelled_rebuild_leaves_the_old_rows() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&bookings(0..40));
    catch_up(&read, log.clone()).await.unwrap();
    tamper(&read, "UPDATE tally SET booked = 7").await;
    let held = Held::new(&log, 2);
    let runner = Runner::start_with(&read, log.clone(), held.clone()).await.unwrap();
    let run = read.ask_rebuild(Vec::new()).await.unwrap();
    has_taken(&read, 16).await;
    assert!(dir.path().join("read.rebuild.db").exists());

    assert!(read.cancel_rebuild(run).await.unwrap());
    held.let_go();
    let ended = read.rebuilt(run).await.unwrap();

    assert_eq!(ended.stage, Stage::Cancelled);
    assert_eq!(read.query(tally).await.unwrap(), Some(7));
    assert!(!dir.path().join("read.rebuild.db").exists());
    assert!(!read.cancel_rebuild(run).await.unwrap(), "it has ended");
    runner.stop().await;
}

#[tokio::test]
async fn a_rebuild_goes_on_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let log = TestLog::of(&bookings(0..40));
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    catch_up(&read, log.clone()).await.unwrap();
    tamper(&read, "UPDATE tally SET booked = 7").await;
    let held = Held::new(&log, 3);
    let runner = Runner::start_with(&read, log.clone(), held.clone()).await.unwrap();
    let run = read.ask_rebuild(Vec::new()).await.unwrap();
    has_taken(&read, 24).await;
    let stopping = tokio::spawn(runner.stop());
    held.let_go_of(1);
    stopping.await.unwrap();
    drop(read);

    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let held = Held::new(&log, 1 << 20);
    let runner = Runner::start_with(&read, log.clone(), held.clone()).await.unwrap();
    let ended = read.rebuilt(run).await.unwrap();

    assert_eq!((ended.stage, ended.done), (Stage::Done, 40));
    let first = held.first.lock().unwrap().unwrap();
    assert!((24..=32).contains(&first), "it began at {first}");
    assert_eq!(read.query(tally).await.unwrap(), Some(40));
    runner.stop().await;
}

#[tokio::test]
async fn a_rebuild_that_meets_an_event_it_cannot_take_leaves_the_old_rows() {
    let read = ReadDb::memory_with(BOTH).unwrap();
    let log = TestLog::of(&bookings(0..40));
    catch_up(&read, log.clone()).await.unwrap();
    log.damage(21);
    let runner = Runner::start(&read, log).await.unwrap();

    let run = read.ask_rebuild(Vec::new()).await.unwrap();
    let ended = read.rebuilt(run).await.unwrap();

    assert_eq!(ended.stage, Stage::Failed);
    assert_eq!(ended.error.as_deref(), Some("event 21 cannot be read: of a later version"));
    assert_eq!(read.query(count).await.unwrap(), 40);
    runner.stop().await;
}

#[tokio::test]
async fn a_rebuild_revives_a_paused_read_model() {
    let read = ReadDb::memory_with(BOTH).unwrap();
    let log = TestLog::of(&bookings(0..40));
    let event = log.damage(21);
    let runner = Runner::start(&read, log.clone()).await.unwrap();
    let paused = |it: &crate::State| it.error.is_some();
    while !read.states().await.unwrap().iter().all(paused) {
        tokio::task::yield_now().await;
    }
    log.replace(event);

    let run = read.ask_rebuild(Vec::new()).await.unwrap();
    let ended = read.rebuilt(run).await.unwrap();

    assert_eq!(ended.stage, Stage::Done);
    assert_eq!(read.query(tally).await.unwrap(), Some(40));
    assert!(!read.states().await.unwrap().iter().any(paused));
    runner.stop().await;
}

#[tokio::test]
async fn an_unknown_name_is_refused() {
    let read = ReadDb::memory_with(BOTH).unwrap();

    let fault = read.ask_rebuild(vec!["pupil".to_owned()]).await.unwrap_err();

    assert_eq!(fault.to_string(), "no read model is called pupil");
    assert_eq!(read.rebuilds().await.unwrap(), []);
}
