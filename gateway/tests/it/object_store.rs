//! Documents in an S3-compatible object store, spoken to over HTTP with signed requests.

use std::path::Path;

use fixtures::schools::COLLEGE_COLLINE;
use hyper_util::{
    rt::{TokioExecutor, TokioIo},
    server::conn::auto::Builder as Connection,
};
use s3s::{auth::SimpleAuth, service::S3ServiceBuilder};
use s3s_fs::FileSystem;
use serde_json::json;
use tokio::net::TcpListener;

use crate::support::{
    Backend,
    binary::{Installation, wish},
    stage::convention_of,
};

const BUCKET: &str = "documents";
const KEY: &str = "a-key";
const SECRET: &str = "its-secret";

/// A server that keeps its objects in `folder` and lets in whoever signs with our key.
async fn object_store(folder: &Path) -> String {
    std::fs::create_dir(folder.join(BUCKET)).unwrap();
    let mut builder = S3ServiceBuilder::new(FileSystem::new(folder).unwrap());
    builder.set_auth(SimpleAuth::from_single(KEY, SECRET));
    let service = builder.build();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            tokio::spawn(async move {
                let connection = Connection::new(TokioExecutor::new());
                // A client that goes away is no fault of the store.
                connection.serve_connection(TokioIo::new(stream), service).await.ok();
            });
        }
    });
    url
}

/// The names and the bytes of all files below `folder`.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn conventions_live_in_an_object_store() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = object_store(folder.path()).await;
    let settings = [
        ("ESCALE_DOCUMENTS_URL", "s3://documents/escale"),
        ("ESCALE_AUDIT__EXPORT_URL", "s3://documents/notes"),
        ("AWS_ENDPOINT", &endpoint),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "eu-west-3"),
        ("AWS_ACCESS_KEY_ID", KEY),
        ("AWS_SECRET_ACCESS_KEY", SECRET),
    ];
    let installation = Installation::ready(Backend::Sqlite).await;
    let service = installation.serve_with(&settings).await;
    let (_, college, slot) = installation.open_slot(4).await;

    let booked = college
        .give("bookSeat", "... on SeatBooked { bookingId }", wish(&slot, "Oscar", "Oriane"))
        .await;
    installation.letter(COLLEGE_COLLINE.mail, "OSCAR Oriane").await;
    let convention = convention_of(booked["bookingId"].as_str().unwrap());
    let (status, original) = college.get(&format!("/convention/{convention}/conv.pdf")).await;
    assert_eq!(status, 200);
    assert!(original.starts_with(b"%PDF"));
    let mut deposit = original.clone();
    deposit.extend_from_slice(b"\n% signed\n");
    let school = json!({ "school": COLLEGE_COLLINE.code });
    let deposited = "... on ConventionDeposited { recognised }";
    let done = college.upload("depositConvention", deposited, school, &deposit).await;
    assert_eq!(done["recognised"], true, "{done:#}");
    service.stop().await;

    let bucket = folder.path().join(BUCKET).join("escale");
    let stored = files(&bucket);
    assert_eq!(stored.len(), 2, "the original and the deposit");
    for (name, bytes) in &stored {
        assert!(!bytes.starts_with(b"%PDF"), "{name} is sealed");
    }
    assert!(!installation.dir.path().join("documents").exists());
    let notes = files(&folder.path().join(BUCKET).join("notes"));
    let is_signed = |(_, note): &(String, Vec<u8>)| {
        let note: journal::Note = String::from_utf8_lossy(note).parse().unwrap();
        note.origin().ends_with("/journal")
    };
    assert!(!notes.is_empty() && notes.iter().all(is_signed), "{notes:?}");
    let restarted = installation.serve_with(&settings).await;
    let (_, again) = college.get(&format!("/convention/{convention}/depot.pdf")).await;
    assert_eq!(again, deposit, "to the byte, after a restart");
    restarted.stop().await;
}
