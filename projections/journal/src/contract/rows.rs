//! The rows that are not events.

use domain::kernel::ids::PersonId;
use jiff::{SignedDuration, Timestamp};

use super::{
    club::{Club, ClubCommand},
    on_durable_logs, on_every_log,
    world::{World, context, count, give},
};
use crate::{Fault, HandleError, Journal, RowWrite};

on_every_log!(
    a_row_is_written_read_listed_and_removed,
    of_all_who_put_a_row_if_it_is_absent_one_does,
    of_all_who_remove_a_row_one_does,
    a_row_whose_instant_has_come_is_as_if_it_were_not_there,
    a_counter_counts_everyone_and_starts_again_after_its_instant,
    rows_go_with_the_events_of_their_command,
    a_refused_or_repeated_command_writes_no_rows,
    a_command_without_events_writes_its_rows,
    a_closed_journal_changes_no_row,
);

fn in_a_minute(journal: &Journal) -> Option<Timestamp> {
    Some(journal.clock().now() + SignedDuration::from_mins(1))
}

async fn a_row_is_written_read_listed_and_removed(world: World) {
    let rows = world.open().await.rows();
    rows.put("session", "b", &(2, "two"), None).await.unwrap();
    rows.put("session", "a", &(1, "one"), None).await.unwrap();
    rows.put("session", "a", &(3, "three"), None).await.unwrap();
    rows.put("other", "a", &0, None).await.unwrap();

    let one: Option<(u8, String)> = rows.get("session", "a").await.unwrap();
    assert_eq!(one, Some((3, "three".to_owned())));
    let listed: Vec<(String, (u8, String))> = rows.list("session").await.unwrap();
    assert_eq!(
        listed,
        [("a".to_owned(), (3, "three".to_owned())), ("b".to_owned(), (2, "two".to_owned()))]
    );

    assert!(rows.delete("session", "a").await.unwrap());
    assert!(!rows.delete("session", "a").await.unwrap());
    assert_eq!(rows.get::<(u8, String)>("session", "a").await.unwrap(), None);
    assert!(matches!(
        rows.get::<u8>("session", "b").await,
        Err(Fault::Format { what: "a row", .. })
    ));
}

async fn of_all_who_put_a_row_if_it_is_absent_one_does(world: World) {
    let rows = world.open().await.rows();
    let putting: Vec<_> = (0..10)
        .map(|n| {
            let rows = rows.clone();
            tokio::spawn(async move { (n, rows.put_if_absent("lease", "clock", &n, None).await) })
        })
        .collect();

    let mut won = Vec::new();
    for put in putting {
        let (n, written) = put.await.unwrap();
        won.extend(written.unwrap().then_some(n));
    }

    assert_eq!(won.len(), 1);
    assert_eq!(rows.get("lease", "clock").await.unwrap(), won.pop());
}

async fn of_all_who_remove_a_row_one_does(world: World) {
    let rows = world.open().await.rows();
    rows.put("link", "used once", &(), None).await.unwrap();
    let removing: Vec<_> = (0..10)
        .map(|_| {
            let rows = rows.clone();
            tokio::spawn(async move { rows.delete("link", "used once").await.unwrap() })
        })
        .collect();

    let mut removed = 0;
    for one in removing {
        removed += u32::from(one.await.unwrap());
    }

    assert_eq!(removed, 1);
}

async fn a_row_whose_instant_has_come_is_as_if_it_were_not_there(world: World) {
    let journal = world.open().await;
    let rows = journal.rows();
    for key in ["a", "b", "c"] {
        let expires_at = in_a_minute(&journal);
        rows.put("session", key, &1, expires_at).await.unwrap();
    }
    rows.put("session", "d", &1, None).await.unwrap();
    assert!(!rows.put_if_absent("session", "a", &2, None).await.unwrap());

    journal.clock().advance(SignedDuration::from_mins(1));

    assert_eq!(rows.get::<u8>("session", "a").await.unwrap(), None);
    let listed: Vec<(String, u8)> = rows.list("session").await.unwrap();
    assert_eq!(listed, [("d".to_owned(), 1)]);
    assert!(!rows.delete("session", "b").await.unwrap());
    assert!(rows.put_if_absent("session", "a", &2, None).await.unwrap());
    assert_eq!(rows.get("session", "a").await.unwrap(), Some(2));
    assert_eq!(rows.delete_expired().await.unwrap(), 1);
    assert_eq!(rows.delete_expired().await.unwrap(), 0);
}

async fn a_counter_counts_everyone_and_starts_again_after_its_instant(world: World) {
    let journal = world.open().await;
    let expires_at = in_a_minute(&journal);
    let counting: Vec<_> = (0..10)
        .map(|_| {
            let rows = journal.rows();
            tokio::spawn(async move { rows.count("tries", "192.0.2.0/24", expires_at).await })
        })
        .collect();

    let mut counts = Vec::new();
    for counted in counting {
        counts.push(counted.await.unwrap().unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts, (1..=10).collect::<Vec<_>>());

    journal.clock().advance(SignedDuration::from_mins(1));
    let rows = journal.rows();
    let expires_at = in_a_minute(&journal);
    assert_eq!(rows.count("tries", "192.0.2.0/24", expires_at).await.unwrap(), 1);
    assert_eq!(rows.count("tries", "192.0.2.0/24", None).await.unwrap(), 2);
    assert_eq!(rows.get("tries", "192.0.2.0/24").await.unwrap(), Some(2));
}

async fn rows_go_with_the_events_of_their_command(world: World) {
    let journal = world.open().await;
    let rows = journal.rows();
    rows.put("credential", "old", &"hash", None).await.unwrap();
    let along = vec![
        RowWrite::put("credential", "new", &"other hash", None).unwrap(),
        RowWrite::delete("credential", "old").unwrap(),
    ];

    let handled = journal
        .handle_with_rows::<Club>("a", ClubCommand::Note(1), &context(1), along)
        .await
        .unwrap();

    assert_eq!((handled.first, handled.last), (1, 1));
    let listed: Vec<(String, String)> = rows.list("credential").await.unwrap();
    assert_eq!(listed, [("new".to_owned(), "other hash".to_owned())]);
}

async fn a_refused_or_repeated_command_writes_no_rows(world: World) {
    let journal = world.open().await;
    let enrol = ClubCommand::Enrol(PersonId::from_u128(1), "zoe@example.org".to_owned());
    give(&journal, "a", enrol.clone(), 1).await.unwrap();
    let along = || vec![RowWrite::put("credential", "new", &"hash", None).unwrap()];

    let refused = journal.handle_with_rows::<Club>("a", enrol.clone(), &context(2), along()).await;
    let repeated = journal.handle_with_rows::<Club>("a", enrol, &context(1), along()).await;

    assert!(matches!(refused, Err(HandleError::Refused(_))));
    assert!(repeated.unwrap().repeated);
    let row: Option<String> = journal.rows().get("credential", "new").await.unwrap();
    assert_eq!(row, None);
}

async fn a_command_without_events_writes_its_rows(world: World) {
    let journal = world.open().await;
    give(&journal, "a", ClubCommand::Note(2), 1).await.unwrap();
    let along = vec![RowWrite::put("checkpoint", "letters", &7, None).unwrap()];

    let handled =
        journal.handle_with_rows::<Club>("a", ClubCommand::Look, &context(2), along).await.unwrap();

    assert_eq!((handled.first, handled.last, handled.events.len()), (2, 2, 0));
    let row = journal.rows().get("checkpoint", "letters").await.unwrap();
    assert_eq!(row, Some(7));
    assert_eq!(count(&journal).await, 2);
}

async fn a_closed_journal_changes_no_row(world: World) {
    let journal = world.open().await;
    journal.close().await;

    let put = journal.rows().put("session", "a", &1, None).await;

    assert!(matches!(put, Err(Fault::Closed)));
}

mod durable {
    use super::*;

    on_durable_logs!(rows_are_there_when_the_log_is_opened_again);

    async fn rows_are_there_when_the_log_is_opened_again(world: World) {
        let journal = world.open().await;
        journal.rows().put("session", "a", &1, None).await.unwrap();
        journal.close().await;

        let rows = world.open().await.rows();

        assert_eq!(rows.get("session", "a").await.unwrap(), Some(1));
    }
}
