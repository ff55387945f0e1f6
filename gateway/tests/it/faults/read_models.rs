//! The file of the read models is deleted or damaged, while the service runs and while it does not:
//! it is made anew from the log, the service says so, and nobody gets a letter twice.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{Seek as _, SeekFrom, Write as _},
    path::Path,
    time::Duration,
};

use super::{all_is_well, book, book_in_the_end};
use crate::support::{Backend, binary::Installation};

/// Writes nonsense over the middle of a file, and over what is to be moved into it.
fn spoil(folder: &Path) {
    for name in ["read.db", "read.db-wal"] {
        let path = folder.join(name);
        let Ok(length) = std::fs::metadata(&path).map(|it| it.len()) else { continue };
        let mut file = File::options().write(true).open(&path).unwrap();
        // The header of a database stays: it opens, and is found out later.
        let from = 4096.min(length);
        file.seek(SeekFrom::Start(from)).unwrap();
        let nonsense = vec![0xA5; usize::try_from(length - from).unwrap()];
        file.write_all(&nonsense).unwrap();
    }
}

/// How often each letter came.
fn letters(installation: &Installation) -> BTreeMap<String, usize> {
    let mut came = BTreeMap::new();
    for letter in installation.mail.received() {
        *came.entry(letter.message.message_id.unwrap()).or_default() += 1;
    }
    came
}

fn nobody_gets_it_twice(installation: &Installation) {
    let twice: Vec<_> = letters(installation).into_iter().filter(|(_, count)| *count > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

async fn found_out_at_the_next_start(lose: fn(&Path)) {
    let installation = Installation::ready(Backend::Sqlite).await;
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(9).await;
    book(&college, &slot, "Avant").await.unwrap();
    installation.letter(fixtures::schools::COLLEGE_COLLINE.mail, "AVANT Ana").await;
    service.stop().await;

    lose(installation.dir.path());
    let service = installation.serve().await;

    book_in_the_end(&college, &slot, "Après").await;
    all_is_well(&installation, service, &college, &["Avant", "Après"]).await;
    nobody_gets_it_twice(&installation);
}

fn delete(folder: &Path) {
    for name in ["read.db", "read.db-wal", "read.db-shm"] {
        std::fs::remove_file(folder.join(name)).ok();
    }
}

#[tokio::test]
async fn read_models_deleted_between_two_starts_are_made_anew() {
    found_out_at_the_next_start(delete).await;
}

#[tokio::test]
async fn read_models_damaged_between_two_starts_are_made_anew() {
    found_out_at_the_next_start(spoil).await;
}

async fn found_out_while_it_runs(lose: fn(&Path), words: &str) {
    let installation = Installation::ready(Backend::Sqlite).await;
    let service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(9).await;
    book(&college, &slot, "Avant").await.unwrap();
    installation.letter(fixtures::schools::COLLEGE_COLLINE.mail, "AVANT Ana").await;

    lose(installation.dir.path());
    // Whatever is answered meanwhile: it asks until all is well again.
    while !service.lines().iter().any(|line| line.contains("begins anew")) {
        let _whatever = book(&college, &slot, "Pendant").await;
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    service.told(words).await;
    book_in_the_end(&college, &slot, "Pendant").await;
    all_is_well(&installation, service, &college, &["Avant", "Pendant"]).await;
    nobody_gets_it_twice(&installation);
}

#[tokio::test]
async fn read_models_deleted_while_they_serve_are_made_anew() {
    found_out_while_it_runs(delete, "file is gone").await;
}

#[tokio::test]
async fn read_models_damaged_while_they_serve_are_made_anew() {
    found_out_while_it_runs(spoil, "file is damaged").await;
}
