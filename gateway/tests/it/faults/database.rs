//! PostgreSQL is restarted, cut off, gone without a word, slow, full.

use std::time::{Duration, Instant};

use journal::testing::Flow;

use super::{all_is_well, book, book_in_the_end, is_plain, small_disk::SmallDisk};
use crate::support::{Backend, binary::Installation};

/// Within how long one is answered whatever happens.
const AT_MOST: Duration = Duration::from_secs(70);

/// Is up, but for what needs the database.
async fn is_up(installation: &Installation) {
    for (path, status) in [("/healthz", 200), ("/", 200)] {
        let answer = reqwest::get(format!("{}{path}", installation.url())).await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_cut_off_is_reached_again() {
    let (installation, line) = Installation::new(Backend::Postgres).await.by_line().await;
    let installation = installation.opened();
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(9).await;
    book(&college, &slot, "Avant").await.unwrap();

    line.set(Flow::Cut);
    let refused = book(&college, &slot, "Pendant").await.unwrap_err();
    is_up(&installation).await;
    line.set(Flow::Open);

    is_plain(&refused);
    book_in_the_end(&college, &slot, "Pendant").await;
    book(&college, &slot, "Après").await.unwrap();
    all_is_well(&installation, service, &college, &["Avant", "Pendant", "Après"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_restarts_ends_every_session_and_is_found_again() {
    let installation = Installation::ready(Backend::Postgres).await;
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(9).await;
    book(&college, &slot, "Avant").await.unwrap();

    installation.database().shut().await;
    let refused = book(&college, &slot, "Pendant").await.unwrap_err();
    is_up(&installation).await;
    installation.database().open().await;

    is_plain(&refused);
    book_in_the_end(&college, &slot, "Pendant").await;
    all_is_well(&installation, service, &college, &["Avant", "Pendant"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_slow_is_waited_for() {
    let (installation, line) = Installation::new(Backend::Postgres).await.by_line().await;
    let installation = installation.opened();
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(9).await;

    line.set(Flow::Slow(Duration::from_millis(60)));
    let begun = Instant::now();
    book(&college, &slot, "Pendant").await.unwrap();
    assert!(begun.elapsed() > Duration::from_millis(240), "it was slow");
    line.set(Flow::Open);

    all_is_well(&installation, service, &college, &["Pendant"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_without_a_word_holds_nobody_for_long() {
    let (installation, line) = Installation::new(Backend::Postgres).await.by_line().await;
    let installation = installation.opened();
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(9).await;
    book(&college, &slot, "Avant").await.unwrap();

    line.set(Flow::Held);
    let begun = Instant::now();
    let refused = book(&college, &slot, "Pendant").await.unwrap_err();
    assert!(begun.elapsed() < AT_MOST, "{:?}", begun.elapsed());
    is_up(&installation).await;
    // What was on its way is lost: another server has taken over.
    line.set(Flow::Cut);
    line.set(Flow::Open);

    assert_eq!(refused["message"], super::PLAIN, "{refused:#}");
    book_in_the_end(&college, &slot, "Pendant").await;
    all_is_well(&installation, service, &college, &["Avant", "Pendant"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_full_takes_nothing_until_there_is_room() {
    let disk = SmallDisk::mount(32, true);
    let installation = Installation::on_disk(&disk.path()).await.opened();
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(400).await;
    book(&college, &slot, "Avant").await.unwrap();

    disk.fill();
    let (mut booked, mut refused) = (vec!["Avant".to_owned()], None);
    for number in 0..300 {
        let name = format!("Pendant-{number}");
        match book(&college, &slot, &name).await {
            Ok(_) => booked.push(name),
            Err(error) => {
                refused = Some((name, error));
                break;
            }
        }
    }
    let (name, error) = refused.expect("the disk is full");
    is_up(&installation).await;
    disk.make_room();

    is_plain(&error);
    book_in_the_end(&college, &slot, &name).await;
    booked.push(name);
    let last = booked.iter().rev().take(20).map(String::as_str);
    assert!(last.count() > 0);
    service.stop().await;
    installation.done(&["log", "verify"]);
    installation.done(&["projections", "verify"]);
}
