//! Two gateways of one log: what goes on beside requests goes on in one of them, and moves over
//! when that one is gone.

use std::{collections::BTreeMap, net::SocketAddr, path::Path, time::Duration};

use domain::operations::erasure::ErasureGround;
use fixtures::schools::COLLEGE_COLLINE;
use gateway::{app::App, router::router};
use projections::{correspondence::letters, ministages::bookings};
use serde_json::{Value, json};
use tokio::task::AbortHandle;

use crate::support::{
    Backend, TestApp,
    stage::{Stage, pupil},
};

/// Waits until no letter is due for `app`, and the reactor has reached the end of the log.
async fn quiet(app: &App) {
    for _ in 0..400 {
        let head = app.journal.position().await.unwrap();
        let reached: Option<u64> = app.journal.rows().get("checkpoint", "reactor").await.unwrap();
        let now = app.journal.clock().now();
        let level = app.read.wait_for(head, Duration::from_secs(5)).await;
        let due = app.read.query(move |db| letters::due(db, now, 1)).await.unwrap();
        if level && due.is_empty() && reached == Some(head) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the gateways do not come to rest");
}

/// How often each letter came.
fn came(app: &TestApp) -> BTreeMap<String, usize> {
    let mut came = BTreeMap::new();
    for received in app.mail.received() {
        *came.entry(received.message.message_id.unwrap()).or_default() += 1;
    }
    came
}

#[tokio::test(flavor = "multi_thread")]
async fn each_letter_leaves_once_and_another_takes_over_from_a_gateway_that_is_gone() {
    let stage = Stage::set(Backend::Postgres).await;
    let slot = stage.slot(30).await;
    let folder = tempfile::tempdir().unwrap();
    let other = stage.app.beside(folder.path()).await;
    let (mut here, mut there) = (stage.app.app.start(), other.start());
    let book = async |names: &[&str]| {
        for name in names {
            stage.college.give("bookSeat", "", pupil(slot, name, "Zoé")).await;
        }
    };

    book(&["Un", "Deux", "Trois", "Quatre", "Cinq", "Six"]).await;
    quiet(&other).await;
    let before = came(&stage.app);
    // As when its process is killed: nothing says that it leaves.
    here.abort_all();
    while here.join_next().await.is_some() {}
    book(&["Sept", "Huit", "Neuf"]).await;
    quiet(&other).await;

    let after = came(&stage.app);
    // The host is written to of each booking, the school of origin of each convention.
    assert_eq!(after.len(), before.len() + 2 * 3, "{after:#?}");
    assert!(after.values().all(|times| *times == 1), "{after:#?}");
    there.abort_all();
    while there.join_next().await.is_some() {}
    stage.verify().await;
    other.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn they_share_keys_and_seal_and_what_one_erases_is_erased_for_both() {
    let stage = Stage::set_on(TestApp::start_sharing_keys().await).await;
    let folder = tempfile::tempdir().unwrap();
    let other = stage.app.beside(folder.path()).await;
    let (booking, _) = stage.book(stage.slot(4).await, "Temoin", "Zoelie").await;
    let known = async |app: &App| {
        let head = app.journal.position().await.unwrap();
        assert!(app.read.wait_for(head, Duration::from_secs(5)).await);
        let booking = booking.parse().unwrap();
        let found = app.read.query(move |db| bookings::by_id(db, booking)).await;
        found.unwrap().unwrap().pupil.known().is_some()
    };
    assert!(known(&stage.app.app).await && known(&other).await);

    let pupil = stage.app.pupil_of(&booking).await;
    let context = stage.app.operator(None);
    other.journal.erase(pupil, ErasureGround::Request, &context).await.unwrap();

    assert!(!known(&stage.app.app).await && !known(&other).await);
    assert!(stage.app.app.journal.keyring().seal(pupil, b"more", b"").await.is_err());
    assert_eq!(stage.app.app.sealer.certificates(), other.sealer.certificates());
    assert!(!stage.app.dir.path().join("keys.db").exists());
    stage.verify().await;
    other.close().await;
}

/// Another gateway of `app`'s log that people reach, with read models in `folder`.
struct Beside {
    app: App,
    url: String,
    server: AbortHandle,
}

impl Beside {
    async fn start(app: &TestApp, folder: &Path) -> Self {
        let other = app.beside(folder).await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let service = router(other.clone()).into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Self { app: other, url, server: server.abort_handle() }
    }

    async fn close(self) {
        self.server.abort();
        self.app.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_holds_on_either_and_what_one_writes_the_other_waits_for() {
    let stage = Stage::set(Backend::Postgres).await;
    let folder = tempfile::tempdir().unwrap();
    let other = Beside::start(&stage.app, folder.path()).await;
    let (here, there) = (stage.college.clone(), stage.college.sent_to(&other.url));
    let asks = "query($filter: BookingFilter!, $at: Position) { \
                bookings(filter: $filter, minPosition: $at) { stale items { id } } }";
    let filter = json!({ "origin": COLLEGE_COLLINE.code });

    for number in 0..10 {
        let (writes, reads) = if number % 2 == 0 { (&here, &there) } else { (&there, &here) };
        let slot = stage.slot(30).await;
        let wish = pupil(slot, &format!("Eleve{number}"), "Zoé");
        let booked =
            writes.give("bookSeat", "... on SeatBooked { position bookingId }", wish).await;

        let variables = json!({ "filter": filter, "at": booked["position"] });
        let read = reads.ask(asks, variables).await["bookings"].clone();

        assert_eq!(read["stale"], false);
        let is_it = |item: &Value| item["id"] == booked["bookingId"];
        assert!(read["items"].as_array().unwrap().iter().any(is_it), "{number}: {read:#}");
    }
    there.ask("mutation { signOut { __typename } }", Value::Null).await;
    assert_eq!(here.ask("{ me { __typename } }", Value::Null).await["me"], Value::Null);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_starts_from_an_older_copy_or_from_nothing_shows_the_same() {
    let stage = Stage::set(Backend::Postgres).await;
    let slot = stage.slot(30).await;
    stage.book(slot, "Avant", "Zoé").await;
    let (copied, empty) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let copy = stage.app.beside(copied.path()).await;
    let head = copy.journal.position().await.unwrap();
    assert!(copy.read.wait_for(head, Duration::from_secs(10)).await);
    copy.close().await;
    drop(copy);
    stage.book(slot, "Apres", "Zoé").await;

    for folder in [copied.path(), empty.path()] {
        let other = stage.app.beside(folder).await;
        let head = other.journal.position().await.unwrap();
        assert!(other.read.wait_for(head, Duration::from_secs(10)).await);
        let names = other.read.query(move |db| bookings::of_slot(db, slot)).await.unwrap();
        let names: Vec<_> =
            names.iter().map(|it| it.pupil.known().unwrap().last_name.clone()).collect();
        assert_eq!(names, ["Avant", "Apres"]);
        let (progress, _) = tokio::sync::watch::channel((0, 0));
        let log = std::sync::Arc::new(other.journal.clone());
        let found = other.read.verify(log, progress).await.unwrap();
        assert!(found.iter().all(projections::Verified::holds), "{found:#?}");
        other.close().await;
    }
}
