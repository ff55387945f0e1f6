//! Verify proves that the rows are what the log says, or names those that are not.

use std::sync::Arc;

use super::world::*;
use crate::{Difference, DifferenceKind, ReadDb, Verified, catch_up};

async fn verify(read: &ReadDb, log: &Arc<TestLog>) -> Vec<Verified> {
    let (progress, _) = tokio::sync::watch::channel((0, 0));
    read.verify(log.clone(), progress).await.unwrap()
}

#[tokio::test]
async fn what_the_log_says_holds() {
    let dir = tempfile::tempdir().unwrap();
    let read = ReadDb::open_with(dir.path(), BOTH).unwrap();
    let log = TestLog::of(&bookings(0..50).then_erased(person(3)));
    catch_up(&read, log.clone()).await.unwrap();
    let (progress, seen) = tokio::sync::watch::channel((0, 0));

    let verified = read.verify(log, progress).await.unwrap();

    assert!(verified.iter().all(Verified::holds), "{verified:?}");
    assert_eq!(*seen.borrow(), (51, 51));
    let pupils = &verified[0];
    assert_eq!((pupils.name.as_str(), pupils.position), ("pupils", 51));
    assert_eq!(pupils.tables[0].rows, 50);
    assert_eq!(pupils.tables[0].live.len(), 64);
}

#[tokio::test]
async fn a_tampered_row_is_named_without_what_it_holds() {
    let read = ReadDb::memory_with(BOTH).unwrap();
    let log = TestLog::of(&bookings(1..30));
    catch_up(&read, log.clone()).await.unwrap();
    tamper(
        &read,
        "UPDATE pupils SET name = 'Autre', searched = NULL WHERE name = 'Témoin-00000007';
         DELETE FROM pupils WHERE name = 'Témoin-00000009';
         INSERT INTO pupils VALUES ('zz', 'p', 'n', 's');",
    )
    .await;

    let verified = verify(&read, &log).await;

    let pupils = &verified[0].tables[0];
    assert!(!verified[0].holds() && verified[1].holds());
    assert_ne!(pupils.live, pupils.replayed);
    assert_eq!((pupils.rows, pupils.differing), (29, 3));
    let key = |number: u128| format!("booking={}", uuid::Uuid::from_u128(number));
    let columns = vec!["name".to_owned(), "searched".to_owned()];
    let difference = |key, kind| Difference { key, kind };
    assert_eq!(
        pupils.differences,
        [
            difference(key(7), DifferenceKind::Columns(columns)),
            difference(key(9), DifferenceKind::Missing),
            difference("booking=zz".to_owned(), DifferenceKind::Unexpected),
        ]
    );
    assert!(!format!("{verified:?}").contains("Autre"));
}

#[tokio::test]
async fn a_paused_read_model_is_compared_where_it_stands() {
    let read = ReadDb::memory_with(BOTH).unwrap();
    let log = TestLog::of(&bookings(0..40));
    log.damage(21);
    catch_up(&read, log.clone()).await.unwrap();
    tamper(&read, "UPDATE tally SET booked = 7").await;

    let verified = verify(&read, &log).await;

    let stand: Vec<_> = verified.iter().map(|it| (it.position, it.holds())).collect();
    assert_eq!(stand, [(20, true), (20, false)]);
}

#[tokio::test]
async fn an_event_that_is_no_longer_readable_is_an_obstacle() {
    let read = ReadDb::memory_with(BOTH).unwrap();
    let log = TestLog::of(&bookings(0..40));
    catch_up(&read, log.clone()).await.unwrap();
    log.damage(21);

    let verified = verify(&read, &log).await;

    assert!(!verified[1].holds());
    assert_eq!(
        verified[1].obstacle.as_deref(),
        Some("event 21 cannot be read: of a later version")
    );
}
