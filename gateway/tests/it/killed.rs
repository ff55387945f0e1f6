//! The service killed (SIGKILL) while schools book: what was acknowledged is in the log, what was
//! asked again has its effect once, every letter leaves.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use fixtures::schools::COLLEGE_COLLINE;
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet};

use crate::support::{
    Backend, Person,
    binary::{Installation, wish},
    mutation,
};

/// How many secretaries book at once.
const SECRETARIES: usize = 8;
/// How many pupils each books.
const EACH: usize = 12;
/// After how many acknowledged bookings the service is killed, each time.
const KILLS: [usize; 3] = [7, 31, 64];

/// What the secretaries know: the booking that was acknowledged, by the pupil's name.
#[derive(Default)]
struct Known {
    acknowledged: Mutex<BTreeMap<String, String>>,
    count: AtomicUsize,
    /// The position in the log of the last one.
    position: AtomicU64,
    more: Notify,
}

/// The id of a request, the same when it is sent again.
fn request_of(name: &str) -> String {
    uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
}

/// Asks once; whether it was acknowledged.
async fn book(college: &Person, slot: &str, name: &str, known: &Known) -> bool {
    let mut input = wish(slot, name, "Ana");
    input["commandId"] = json!(request_of(name));
    let document = mutation("bookSeat", "... on SeatBooked { bookingId position }");
    let Ok(answer) = college.tried(&document, json!({ "input": input })).await else {
        return false;
    };
    let Some(booking) = answer["data"]["done"]["bookingId"].as_str() else {
        // While it stops or is not quite open; a rule never says no here.
        assert_ne!(answer["data"]["done"]["__typename"], "Refused", "{name}: {answer:#}");
        return false;
    };
    let mut acknowledged = known.acknowledged.lock().unwrap();
    if let Some(before) = acknowledged.insert(name.to_owned(), booking.to_owned()) {
        assert_eq!(before, booking, "{name}: the same request, the same booking");
    }
    drop(acknowledged);
    let position = answer["data"]["done"]["position"].as_str().unwrap().parse().unwrap();
    known.position.fetch_max(position, Ordering::SeqCst);
    known.count.fetch_add(1, Ordering::SeqCst);
    known.more.notify_one();
    true
}

/// Every pupil of every secretary who is not known to be booked, until the service is gone.
async fn all_book(college: &Person, slot: &str, known: &Arc<Known>, kill_at: Option<usize>) {
    let mut secretaries = JoinSet::new();
    for secretary in 0..SECRETARIES {
        let (college, slot, known) = (college.clone(), slot.to_owned(), known.clone());
        secretaries.spawn(async move {
            for pupil in 0..EACH {
                let name = format!("Eleve-{secretary}-{pupil}");
                let is_known = known.acknowledged.lock().unwrap().contains_key(&name);
                if !is_known && !book(&college, &slot, &name, &known).await {
                    return;
                }
            }
        });
    }
    if let Some(count) = kill_at {
        while known.count.load(Ordering::SeqCst) < count {
            known.more.notified().await;
        }
        return secretaries.detach_all();
    }
    while let Some(ended) = secretaries.join_next().await {
        ended.unwrap();
    }
}

/// The bookings of the collège, by the pupil's name, once the last that was acknowledged is read.
async fn booked(college: &Person, known: &Known) -> BTreeMap<String, Vec<String>> {
    let asks = "query($filter: BookingFilter!, $page: PageInput, $at: Position) { \
                bookings(filter: $filter, page: $page, minPosition: $at) { \
                items { id pupil { lastName } } } }";
    let at = known.position.load(Ordering::SeqCst).to_string();
    let mut booked = BTreeMap::<String, Vec<String>>::new();
    for offset in (0..).step_by(50) {
        let filter = json!({ "origin": COLLEGE_COLLINE.code });
        let page = json!({ "offset": offset, "limit": 50 });
        let data = college.ask(asks, json!({ "filter": filter, "page": page, "at": at })).await;
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let items = data["bookings"]["items"].as_array().unwrap();
        for item in items {
            booked.entry(text(&item["pupil"]["lastName"])).or_default().push(text(&item["id"]));
        }
        if items.len() < 50 {
            break;
        }
    }
    booked
}

async fn what_was_acknowledged_survives_kill_9(backend: Backend) {
    let installation = Installation::ready(backend).await;
    let mut service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(200).await;
    let known = Arc::new(Known::default());

    for kill_at in KILLS {
        all_book(&college, &slot, &known, Some(kill_at)).await;
        service.kill();
        let promised = known.acknowledged.lock().unwrap().clone();
        service = installation.serve().await;
        let found = booked(&college, &known).await;
        for (name, booking) in &promised {
            assert_eq!(found.get(name), Some(&vec![booking.clone()]), "{name} was acknowledged");
        }
    }
    all_book(&college, &slot, &known, None).await;

    let found = booked(&college, &known).await;
    assert_eq!(found.len(), SECRETARIES * EACH);
    let twice: Vec<_> = found.iter().filter(|(_, bookings)| bookings.len() > 1).collect();
    assert!(twice.is_empty(), "asked again, booked once: {twice:?}");
    every_convention_leaves(&installation, found.into_keys().collect()).await;
    service.stop().await;
    installation.done(&["projections", "verify"]);
    installation.done(&["log", "verify"]);
}

/// Each pupil's convention reaches the collège; one sent twice bears the same Message-ID.
async fn every_convention_leaves(installation: &Installation, pupils: BTreeSet<String>) {
    let mut waited = pupils.clone();
    let mut count = 0;
    while !waited.is_empty() {
        let received = installation.mail.wait_for(count + 1).await;
        for letter in &received[count..] {
            if letter.message.attachments.is_empty() {
                continue;
            }
            waited.retain(|name| !letter.message.text.contains(&name.to_uppercase()));
        }
        count = received.len();
    }
    let mut ids = BTreeMap::new();
    for letter in installation.mail.received() {
        let id = letter.message.message_id.clone().unwrap();
        // What a letter says of the slot is of the moment when it is sent; whom it is about is not.
        let about = letter.message.text.lines().find(|line| line.contains("Élève"));
        let about = (letter.recipients, letter.message.subject, about.map(str::to_owned));
        let first = ids.entry(id).or_insert_with(|| about.clone());
        assert_eq!(*first, about, "one Message-ID, one letter");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9_in_sqlite() {
    what_was_acknowledged_survives_kill_9(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9_in_postgresql() {
    what_was_acknowledged_survives_kill_9(Backend::Postgres).await;
}
