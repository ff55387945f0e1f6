//! Erasing a pupil: no byte of the name or the birth date is left in any file, and the history
//! still reads.

use std::path::Path;

use crate::support::{
    Backend,
    stage::{Stage, convention_of},
};
use domain::operations::erasure::ErasureGround;
use serde_json::json;

/// What was read; nothing of what is gone meanwhile, as files of a server's other databases are.
fn still_there<T>(read: std::io::Result<T>) -> Option<T> {
    match read {
        Ok(found) => Some(found),
        Err(gone) if gone.kind() == std::io::ErrorKind::NotFound => None,
        Err(err) => panic!("{err}"),
    }
}

/// Every file below `dir` that holds `needle`, whatever the case of its ASCII letters.
fn files_with(dir: &Path, needle: &str) -> Vec<String> {
    let needle = needle.as_bytes().to_ascii_lowercase();
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = still_there(std::fs::read_dir(folder)).into_iter().flatten();
        for path in entries.filter_map(still_there).map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
            } else if let Some(bytes) = still_there(std::fs::read(&path)) {
                let bytes = bytes.to_ascii_lowercase();
                if bytes.windows(needle.len()).any(|window| window == needle) {
                    found.push(path.display().to_string());
                }
            }
        }
    }
    found
}

/// Wherever `needle` can still be read: in the service's files, in the server's own, in a row.
async fn places_with(stage: &Stage, needle: &str) -> Vec<String> {
    let mut places = files_with(stage.app.dir.path(), needle);
    if let Some(database) = &stage.app.database {
        places.extend(files_with(&database.folder().await, needle));
        let rows = database.rows().await;
        // A school's code stands in clear: the search sees what is there.
        assert!(!files_with(&database.folder().await, "9990011h").is_empty());
        assert!(rows.len() > 20, "the search must see the rows");
        places.extend(rows.into_iter().filter(|row| row.to_lowercase().contains(needle)));
    }
    places
}

async fn nothing_of_an_erased_pupil_is_left_and_the_history_still_reads(backend: Backend) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Temoin-Efface", "Zoelie").await;
    let convention = convention_of(&booking);
    let pdf = stage.college.get(&format!("/convention/{convention}/conv.pdf")).await.1;
    let deposit = json!({ "convention": convention });
    stage.college.upload("depositConvention", "", deposit, &pdf).await;
    stage.app.drain().await;
    let reason = json!({ "convention": convention, "reason": "Zoelie n’a pas signé" });
    stage.lycee.give("invalidateConvention", "", reason).await;
    stage.app.drain().await;
    // The test can fail: the read models do hold the name before.
    assert!(!places_with(&stage, "temoin-efface").await.is_empty());
    stage.verify().await;

    let person = stage.app.pupil_of(&booking).await;
    let context = stage.app.operator(None);
    stage.app.app.journal.erase(person, ErasureGround::Request, &context).await.unwrap();
    stage.app.drain().await;

    for value in ["temoin-efface", "temoin efface", "zoelie", "2012-07-29", "parent temoin"] {
        assert_eq!(places_with(&stage, value).await, Vec::<String>::new(), "{value}");
    }
    stage.verify().await;
    let (status, _) = stage.college.get(&format!("/convention/{convention}/conv.pdf")).await;
    assert_eq!(status, 410, "the document is gone");
    let id = convention.parse().unwrap();
    let lines = gateway::history::lines(&stage.app.app.journal, id, None).await.unwrap().join("\n");
    assert!(lines.contains("effacé"), "{lines}");
    assert!(!lines.contains("Zoelie"), "{lines}");
    stage.app.app.close().await;
    for value in ["temoin-efface", "zoelie", "2012-07-29"] {
        assert_eq!(places_with(&stage, value).await, Vec::<String>::new(), "{value}, once closed");
    }
}

#[tokio::test]
async fn nothing_of_an_erased_pupil_is_left_in_sqlite() {
    nothing_of_an_erased_pupil_is_left_and_the_history_still_reads(Backend::Sqlite).await;
}

#[tokio::test]
async fn nothing_of_an_erased_pupil_is_left_in_postgresql() {
    nothing_of_an_erased_pupil_is_left_and_the_history_still_reads(Backend::Postgres).await;
}

/// The holder of an account: their sessions end, their password is kept no more.
async fn the_holder_signs_in_no_more(backend: Backend) {
    let stage = Stage::set(backend).await;
    let me = stage.college.ask("{ me { account { id } } }", json!({})).await;
    let id = me["me"]["account"]["id"].as_str().unwrap().to_owned();
    let account: domain::kernel::ids::AccountId = id.parse().unwrap();
    let key = account.uuid().to_string();
    let found =
        stage.app.app.read.query(move |db| projections::accounts::account_list::by_id(db, account));
    let person = found.await.unwrap().unwrap().person;
    let rows = stage.app.app.journal.rows();
    let sessions = format!("sessions_of:{key}");
    assert!(rows.get::<String>("credential", &key).await.unwrap().is_some());
    assert_eq!(rows.list::<()>(&sessions).await.unwrap().len(), 1);

    let context = stage.app.operator(None);
    stage.app.app.journal.erase(person, ErasureGround::Request, &context).await.unwrap();
    stage.app.drain().await;

    assert_eq!(rows.get::<String>("credential", &key).await.unwrap(), None);
    assert!(rows.list::<()>(&sessions).await.unwrap().is_empty());
    let left = rows.list::<serde_json::Value>("session").await.unwrap();
    assert_eq!(left.len(), 1, "the other school's alone");
    assert!(!serde_json::to_string(&left).unwrap().contains(&key));
    let nobody = stage.college.ask("{ me { account { id } } }", json!({})).await;
    assert!(nobody["me"].is_null());
}

#[tokio::test]
async fn an_erased_holder_signs_in_no_more_in_sqlite() {
    the_holder_signs_in_no_more(Backend::Sqlite).await;
}

#[tokio::test]
async fn an_erased_holder_signs_in_no_more_in_postgresql() {
    the_holder_signs_in_no_more(Backend::Postgres).await;
}
