//! Copies taken of every durable log, and put back into either database.

use std::path::{Path, PathBuf};

use domain::{kernel::ids::PersonId, operations::erasure::ErasureGround};
use jiff::Timestamp;
use rusqlite::Connection;

use super::{
    club::{ClubCommand, MEMBER},
    on_durable_logs,
    world::{World, all, context, count, give, giving_from_elsewhere},
};
use crate::{
    CopyFault, Fault, Flaw, Journal, LogCopy, MasterKey, Opened, copies, copy_keys, copy_log,
    is_wrapped_by, keys_are_empty, log_is_empty, restore_keys, restore_log,
};
use domain::kernel::personal::ClaimKey;

const ZOE: PersonId = PersonId::from_u128(1);
const TOM: PersonId = PersonId::from_u128(2);

/// Two persons, a claim, rows, a command that may be repeated, a signed note.
async fn fill(journal: &Journal) {
    give(journal, "chess", ClubCommand::Open("chess"), 1).await.unwrap();
    give(journal, "chess", ClubCommand::Enrol(ZOE, "zoe@example.org".to_owned()), 2).await.unwrap();
    give(journal, "chess", ClubCommand::Enrol(TOM, "tom@example.org".to_owned()), 3).await.unwrap();
    give(journal, "chess", ClubCommand::Note(300), 4).await.unwrap();
    journal.rows().put("checkpoint", "reactor", &7, None).await.unwrap();
    journal.checkpoint("example.org/log").await.unwrap();
    journal.keyring().identify("pupil", "martin|zoé").await.unwrap();
}

/// Copies of the log and of the keys of `world`.
async fn copied(world: &World) -> (PathBuf, PathBuf) {
    let (log, keys) = (world.file("copy of the log?.db"), world.file("copy-of-keys.db"));
    copy_log(&world.settings.url, &log).await.unwrap();
    copy_keys(&world.settings.keys, &keys).await.unwrap();
    (log, keys)
}

/// Puts both back into `to`.
async fn put_back(log: &Path, keys: &Path, to: &World) -> Result<(), CopyFault> {
    let scratch = to.directory.path();
    restore_keys(keys, scratch, &to.settings.keys, Vec::new()).await?;
    restore_log(log, scratch, &to.settings.url).await
}

/// Somewhere to put it back, of each kind.
async fn elsewhere() -> [World; 3] {
    [World::sqlite(), World::postgres().await, World::shared().await]
}

async fn a_copy_put_back_anywhere_is_the_same_log(world: World) {
    let journal = world.open().await;
    fill(&journal).await;
    let before = all(&journal).await;
    let notes = journal.verify(|_, _| {}).await.unwrap();

    let (log, keys) = copied(&world).await;
    give(&journal, "chess", ClubCommand::Note(1), 5).await.unwrap();

    let scan = LogCopy::open(&log).unwrap().scan(|_| {}).unwrap();
    assert_eq!((scan.events, scan.wrong), (before.len() as u64, None));
    assert_eq!(scan.chain, notes.chain);
    for there in elsewhere().await {
        put_back(&log, &keys, &there).await.unwrap();
        let restored = there.open().await;
        assert_eq!(all(&restored).await, before);
        assert_eq!(restored.verify(|_, _| {}).await.unwrap(), notes);
        let reached: Option<u64> = restored.rows().get("checkpoint", "reactor").await.unwrap();
        assert_eq!(reached, Some(7));
        let claim = ClaimKey::Personal(ZOE, "zoe@example.org".to_owned());
        let holder = restored.claimant(MEMBER, &claim).await.unwrap();
        assert_eq!(holder.as_deref(), Some("chess"));
        let repeated = give(&restored, "chess", ClubCommand::Note(300), 4).await.unwrap();
        assert_eq!((repeated.first, repeated.repeated), (4, true));
        let known = restored.keyring().identify("pupil", "martin|zoé").await.unwrap();
        assert_eq!(known, journal.keyring().identify("pupil", "martin|zoé").await.unwrap());
        give(&restored, "chess", ClubCommand::Note(1), 6).await.unwrap();
        assert!(restored.verify(|_, _| {}).await.unwrap().is_sound());
    }
}

async fn a_copy_taken_under_load_is_one_instant_of_it(world: World) {
    let journal = world.open().await;
    fill(&journal).await;
    let clubs = (0..40).map(|number| {
        let club = format!("club-{}", number % 4);
        giving_from_elsewhere(&journal, &club, ClubCommand::Note(50), 100 + number)
    });
    let under_way: Vec<_> = clubs.collect();
    let acknowledged = count(&journal).await;

    let (log, keys) = copied(&world).await;
    for task in under_way {
        // One that found the stream changed six times in a row was refused.
        task.await.unwrap().ok();
    }

    let scan = LogCopy::open(&log).unwrap().scan(|_| {}).unwrap();
    assert_eq!(scan.wrong, None);
    assert!(scan.events >= acknowledged);
    let there = World::sqlite();
    put_back(&log, &keys, &there).await.unwrap();
    assert!(there.open().await.verify(|_, _| {}).await.unwrap().is_sound());
}

async fn nothing_is_put_back_where_something_is(world: World) {
    let journal = world.open().await;
    assert!(log_is_empty(&world.settings.url).await.unwrap());
    assert!(keys_are_empty(&world.settings.keys).await.unwrap());
    fill(&journal).await;
    let (log, keys) = copied(&world).await;
    let before = all(&journal).await;

    assert!(!log_is_empty(&world.settings.url).await.unwrap());
    assert!(!keys_are_empty(&world.settings.keys).await.unwrap());
    let scratch = world.directory.path();
    let refused = restore_log(&log, scratch, &world.settings.url).await;
    assert!(matches!(refused, Err(CopyFault::NotEmpty)), "{refused:?}");
    let refused = restore_keys(&keys, scratch, &world.settings.keys, Vec::new()).await;
    assert!(matches!(refused, Err(CopyFault::NotEmpty)), "{refused:?}");
    assert_eq!(all(&journal).await, before);
}

async fn the_keys_of_the_erased_are_not_put_back(world: World) {
    let journal = world.open().await;
    fill(&journal).await;
    let sealed = journal.keyring().seal(ZOE, b"clear", b"1").await.unwrap();
    let (log, keys) = copied(&world).await;
    let known = journal.keyring().identify("pupil", "martin|zoé").await.unwrap();

    for there in elsewhere().await {
        let erased = vec![(ZOE, Timestamp::UNIX_EPOCH), (known, Timestamp::UNIX_EPOCH)];
        let scratch = there.directory.path();
        restore_keys(&keys, scratch, &there.settings.keys, erased).await.unwrap();
        restore_log(&log, scratch, &there.settings.url).await.unwrap();
        let restored = there.open().await;
        let opened = restored.keyring().open(ZOE, &sealed, b"1").await.unwrap();
        assert_eq!(opened, Opened::Erased);
        let other = restored.keyring().identify("pupil", "martin|zoé").await.unwrap();
        assert_ne!(other, known, "nothing is left of what the erased were known by");
        let report = restored.verify(|_, _| {}).await.unwrap();
        assert_eq!((report.wrong, report.erased, report.sealed), (None, 1, 1));
    }
}

async fn a_person_erased_before_the_copy_stays_erased(world: World) {
    let journal = world.open().await;
    fill(&journal).await;
    let sealed = journal.keyring().seal(ZOE, b"clear", b"1").await.unwrap();
    journal.erase(ZOE, ErasureGround::Request, &context(9)).await.unwrap();
    let (log, keys) = copied(&world).await;

    for there in elsewhere().await {
        put_back(&log, &keys, &there).await.unwrap();
        let restored = there.open().await;
        let opened = restored.keyring().open(ZOE, &sealed, b"1").await.unwrap();
        assert_eq!(opened, Opened::Erased);
    }
}

async fn a_copy_says_under_which_master_key_it_was_taken(world: World) {
    fill(&world.open().await).await;
    let (_, keys) = copied(&world).await;

    assert!(is_wrapped_by(&keys, &MasterKey::new([7; 32])).await.unwrap());
    assert!(!is_wrapped_by(&keys, &MasterKey::new([8; 32])).await.unwrap());
}

async fn reading_a_copy_as_a_log_changes_no_byte_of_it(world: World) {
    fill(&world.open().await).await;
    let (log, keys) = copied(&world).await;
    let before = (std::fs::read(&log).unwrap(), std::fs::read(&keys).unwrap());

    let mut settings = world.settings.clone();
    settings.url = format!("sqlite:{}", log.display());
    settings.keys = keys.display().to_string();
    let journal = Journal::open(settings).await.unwrap();
    assert!(journal.verify(|_, _| {}).await.unwrap().is_sound());
    journal.close().await;
    drop(journal);

    assert!(before == (std::fs::read(&log).unwrap(), std::fs::read(&keys).unwrap()));
}

async fn a_changed_copy_is_found_out(world: World) {
    fill(&world.open().await).await;
    let (log, _) = copied(&world).await;
    let sql = "DROP TRIGGER events_are_never_updated;
               UPDATE events SET payload = replace(payload, 'chess', 'chest') WHERE position = 1";
    Connection::open(&log).unwrap().execute_batch(sql).unwrap();

    let scan = LogCopy::open(&log).unwrap().scan(|_| {}).unwrap();

    assert_eq!((scan.events, scan.wrong), (0, Some((1, Flaw::Leaf))));
}

on_durable_logs!(
    a_copy_put_back_anywhere_is_the_same_log,
    a_copy_taken_under_load_is_one_instant_of_it,
    nothing_is_put_back_where_something_is,
    the_keys_of_the_erased_are_not_put_back,
    a_person_erased_before_the_copy_stays_erased,
    a_copy_says_under_which_master_key_it_was_taken,
    reading_a_copy_as_a_log_changes_no_byte_of_it,
    a_changed_copy_is_found_out,
);

#[tokio::test(flavor = "multi_thread")]
async fn keys_in_postgresql_are_copied_too() {
    a_copy_put_back_anywhere_is_the_same_log(World::shared().await).await;
    the_keys_of_the_erased_are_not_put_back(World::shared().await).await;
    nothing_is_put_back_where_something_is(World::shared().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_an_earlier_version_is_brought_to_the_present_shape() {
    let world = World::sqlite();
    let (log, earlier) = (world.file("earlier.db"), &copies::LOG_MIGRATIONS[..1]);
    let mut db = Connection::open(&log).unwrap();
    crate::backend::sqlite_file::migrate(&mut db, earlier).unwrap();
    db.execute("INSERT INTO rows VALUES ('checkpoint', 'reactor', '7', NULL)", []).unwrap();
    db.close().unwrap();

    for there in [World::sqlite(), World::postgres().await] {
        restore_log(&log, there.directory.path(), &there.settings.url).await.unwrap();
        let rows = there.open().await.rows();
        assert_eq!(rows.get::<u64>("checkpoint", "reactor").await.unwrap(), Some(7));
        assert!(!there.file("restored-log.tmp").exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_a_later_version_is_refused() {
    let world = World::sqlite();
    fill(&world.open().await).await;
    let (log, _) = copied(&world).await;
    let later = "INSERT INTO journal_migrations VALUES (99)";
    Connection::open(&log).unwrap().execute(later, []).unwrap();

    let opened = LogCopy::open(&log).map(drop);
    assert!(matches!(opened, Err(CopyFault::Later)), "{opened:?}");
    let there = World::sqlite();
    let refused = restore_log(&log, there.directory.path(), &there.settings.url).await;
    assert!(matches!(refused, Err(CopyFault::Later)), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_copy_and_what_is_in_memory_is_refused() {
    let world = World::sqlite();
    let file = world.file("no-copy.db");
    std::fs::write(&file, "no database".repeat(1000)).unwrap();

    let opened = LogCopy::open(&file).map(drop);
    assert!(matches!(opened, Err(CopyFault::Unreadable(_))), "{opened:?}");
    let copied = copy_log("memory:", &world.file("copy.db")).await;
    assert!(matches!(copied, Err(CopyFault::InMemory)), "{copied:?}");
    let nothing = copy_log(&world.settings.url, &world.file("copy.db")).await;
    assert!(matches!(nothing, Err(CopyFault::Fault(Fault::Database(_)))), "{nothing:?}");
}
