//! The command line beside a server: it asks through the file, the server does.

use super::world::*;
use crate::{Fault, ReadDb, Remote, Runner, Stage};

#[tokio::test]
async fn what_another_process_asks_is_done_here() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&bookings(0..30));
    let runner = Runner::start(&read, log).await.unwrap();
    read.projected().wait_for(|it| *it == 30).await.unwrap();
    tamper(&read, "DELETE FROM pupils").await;
    let remote = Remote::open(dir.path()).unwrap();

    let run = remote.ask_rebuild(&["pupils".to_owned()]).unwrap();
    read.rebuilt(run).await.unwrap();

    assert_eq!(read.query(count).await.unwrap(), 30);
    let known = remote.rebuilds().unwrap();
    assert_eq!((known[0].run, known[0].stage, known[0].done), (run, Stage::Done, 30));
    assert!(!remote.cancel_rebuild(run).unwrap(), "it has ended");
    let names: Vec<_> = remote.states().unwrap().into_iter().map(|it| it.name).collect();
    assert_eq!(names, ["pupils", "tally"]);
    assert!(matches!(remote.retry("pupil"), Err(Fault::NoSuchProjection(_))));
    runner.stop().await;
}

#[tokio::test]
async fn one_process_at_a_time_fills_the_read_models() {
    let dir = tempfile::tempdir().unwrap();
    let first = ReadDb::open_with(dir.path(), BOTH).unwrap();

    let second = ReadDb::open_with(dir.path(), BOTH);
    assert!(matches!(second, Err(Fault::Locked(path)) if path == dir.path()));

    drop(first);
    assert!(ReadDb::open_with(dir.path(), BOTH).is_ok());
}

#[test]
fn where_nobody_ever_filled_any_there_is_nothing_to_speak_to() {
    let dir = tempfile::tempdir().unwrap();

    assert!(matches!(Remote::open(dir.path()), Err(Fault::File { .. })));
}
