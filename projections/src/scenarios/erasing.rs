//! After an erasure no byte of the person is left in the files.

use std::path::Path;

use super::world::*;
use crate::{ReadDb, Runner, catch_up};

/// Whether `text`, as written or folded, is in any file of the folder.
fn found(dir: &Path, text: &str) -> bool {
    let folded = domain::kernel::text::folded(text);
    let files = std::fs::read_dir(dir).unwrap();
    files.map(|it| std::fs::read(it.unwrap().path()).unwrap()).any(|bytes| {
        let has = |text: &str| bytes.windows(text.len()).any(|it| it == text.as_bytes());
        has(text) || has(&folded)
    })
}

#[tokio::test]
async fn an_erased_person_leaves_no_byte_in_the_file_or_its_log() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&bookings(0..60));
    catch_up(&read, log.clone()).await.unwrap();
    assert!(found(dir.path(), &name(7)));

    let erased = bookings(0..60).then_erased(person(7)).then_erased(person(8));
    log.append(&erased);
    catch_up(&read, log.clone()).await.unwrap();

    assert!(!found(dir.path(), &name(7)));
    assert!(!found(dir.path(), &name(8)));
    assert!(found(dir.path(), &name(9)));
    let (progress, _) = tokio::sync::watch::channel((0, 0));
    let verified = read.verify(log, progress).await.unwrap();
    assert!(verified.iter().all(crate::Verified::holds));
}

#[tokio::test]
async fn a_crash_before_the_file_is_cleaned_does_not_lose_the_cleaning() {
    let dir = tempfile::tempdir().unwrap();
    let erased = bookings(0..60).then_erased(person(7));
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let entries = erased.entries();
    read.write(move |db, read| crate::batch::take(db, read.definitions(), &entries)).await.unwrap();
    drop(read);

    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&erased);
    let runner = Runner::start(&read, log.clone()).await.unwrap();
    let head = log.append(&erased.then(SLOT.uuid(), booked(61)));
    read.projected().wait_for(|it| *it == head).await.unwrap();

    assert!(!found(dir.path(), &name(7)));
    runner.stop().await;
}

#[tokio::test]
async fn a_reader_who_holds_old_pages_only_delays_the_cleaning() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&bookings(0..60));
    catch_up(&read, log.clone()).await.unwrap();
    let old = rusqlite::Connection::open(dir.path().join("read.db")).unwrap();
    old.execute_batch("BEGIN").unwrap();
    assert_eq!(count(&old).unwrap(), 60);

    log.append(&bookings(0..60).then_erased(person(7)));
    assert_eq!(catch_up(&read, log.clone()).await.unwrap(), 61);
    assert!(found(dir.path(), &name(7)), "the reader still sees it");
    old.execute_batch("COMMIT").unwrap();
    catch_up(&read, log).await.unwrap();

    assert!(!found(dir.path(), &name(7)));
}
