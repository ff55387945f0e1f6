//! A backup taken while schools book and deposit, restored elsewhere: all that was acknowledged
//! before it began is there, and documents open.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use fixtures::schools::COLLEGE_COLLINE;
use serde_json::json;
use tokio::task::JoinSet;

use super::{Safe, college_at, convention};
use crate::support::{
    Backend, Person,
    binary::{Installation, wish},
};

/// How many secretaries book at once.
const SECRETARIES: usize = 4;
/// How many bookings each makes at most: the slot holds all of them.
const EACH: usize = 110;
/// How many seats the slot has: the most that one may have.
const SEATS: u32 = 500;
/// How many bookings must be acknowledged before the backup begins.
const BEFORE: usize = 25;

/// Schools at work, until they are told to stop.
#[derive(Default)]
struct Work {
    /// The bookings that were acknowledged, by the pupil's name.
    acknowledged: Mutex<BTreeMap<String, String>>,
    deposits: Mutex<usize>,
    stop: AtomicBool,
}

impl Work {
    fn begin(self: &Arc<Self>, college: &Person, slot: &str, convention: &str) -> JoinSet<()> {
        let mut tasks = JoinSet::new();
        for secretary in 0..SECRETARIES {
            let (work, college, slot) = (self.clone(), college.clone(), slot.to_owned());
            tasks.spawn(async move { work.book(&college, &slot, secretary).await });
        }
        let (work, college, convention) = (self.clone(), college.clone(), convention.to_owned());
        tasks.spawn(async move { work.deposit(&college, &convention).await });
        tasks
    }

    fn goes_on(&self) -> bool {
        !self.stop.load(Ordering::SeqCst)
    }

    async fn book(&self, college: &Person, slot: &str, secretary: usize) {
        for number in 0..EACH {
            if !self.goes_on() {
                return;
            }
            let name = format!("Eleve-{secretary}-{number}");
            let wanted = "... on SeatBooked { bookingId }";
            let booked = college.give("bookSeat", wanted, wish(slot, &name, "Ana")).await;
            let booking = booked["bookingId"].as_str().unwrap().to_owned();
            self.acknowledged.lock().unwrap().insert(name, booking);
        }
    }

    /// The same convention comes back again and again, each time another file.
    async fn deposit(&self, college: &Person, convention: &str) {
        let (_, original) = college.get(&format!("/convention/{convention}/original.pdf")).await;
        for number in 0.. {
            if !self.goes_on() {
                return;
            }
            let file = [&original[..], format!("\n% {number}\n").as_bytes()].concat();
            let input = json!({ "convention": convention });
            college.upload("depositConvention", "", input, &file).await;
            *self.deposits.lock().unwrap() += 1;
        }
    }

    async fn has_begun(&self) {
        while self.acknowledged.lock().unwrap().len() < BEFORE
            || *self.deposits.lock().unwrap() == 0
        {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }
}

/// The bookings of the collège, by the pupil's name.
async fn booked(college: &Person) -> BTreeMap<String, String> {
    let asks = "query($filter: BookingFilter!, $page: PageInput) { \
                bookings(filter: $filter, page: $page) { items { id pupil { lastName } } } }";
    let mut booked = BTreeMap::new();
    for offset in (0..).step_by(50) {
        let filter = json!({ "origin": COLLEGE_COLLINE.code });
        let page = json!({ "offset": offset, "limit": 50 });
        let data = college.ask(asks, json!({ "filter": filter, "page": page })).await;
        let items = data["bookings"]["items"].as_array().unwrap();
        booked.extend(items.iter().map(|item| {
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            (text(&item["pupil"]["lastName"]), text(&item["id"]))
        }));
        if items.len() < 50 {
            break;
        }
    }
    booked
}

async fn taken_under_load_and_restored(from: Installation, to: Installation, more: &[&str]) {
    let service = from.serve().await;
    let (_, college, slot) = from.open_slot(SEATS).await;
    let (_, first) = convention(&from, &college, &slot, "Premier").await;
    let (_, original) = college.get(&format!("/convention/{first}/original.pdf")).await;
    let work = Arc::new(Work::default());
    let mut tasks = work.begin(&college, &slot, &first);
    work.has_begun().await;

    let promised = work.acknowledged.lock().unwrap().clone();
    let safe = Arc::new(Safe::new());
    let (from, taken) = {
        let (safe, more) = (safe.clone(), more.iter().map(|it| (*it).to_owned()));
        let more: Vec<String> = more.collect();
        let taking = tokio::task::spawn_blocking(move || {
            let more: Vec<&str> = more.iter().map(String::as_str).collect();
            let taken = safe.take(&from, &more);
            (from, taken)
        });
        taking.await.unwrap()
    };
    let meanwhile = work.acknowledged.lock().unwrap().len();
    assert!(meanwhile > promised.len(), "schools booked while it was taken");
    work.stop.store(true, Ordering::SeqCst);
    while let Some(ended) = tasks.join_next().await {
        ended.unwrap();
    }
    service.kill();
    drop(from);

    assert_eq!(taken["documents"]["missing"], json!([]), "{taken:#}");
    assert_eq!(taken["documents"]["copied"], taken["documents"]["named"], "{taken:#}");
    let said = safe.put_back_well(&to, &[]);
    let brought = said.contains("Les modèles de lecture sont restaurés aussi.");
    assert_eq!(brought, more.contains(&"--with-read-models"), "{said}");
    to.done(&["log", "verify"]);
    let service = to.serve().await;
    // Whoever was signed in is so no more.
    let (conv, stranger) = (format!("/convention/{first}/conv.pdf"), Person::at(&to.url()));
    let refused = stranger.get(&conv).await.0;
    assert_ne!(refused, 200);
    assert_eq!(college.sent_to(&to.url()).get(&conv).await.0, refused);
    let college = college_at(&to).await;
    let found = booked(&college).await;
    for (name, booking) in &promised {
        assert_eq!(found.get(name), Some(booking), "{name} was acknowledged before");
    }
    let (status, again) = college.get(&format!("/convention/{first}/original.pdf")).await;
    assert!(status == 200 && again == original, "to the byte");
    let (status, deposit) = college.get(&format!("/convention/{first}/depot.pdf")).await;
    assert!(status == 200 && deposit.starts_with(&original), "the last deposit");
    // It is a log that goes on.
    let (_, another) = convention(&to, &college, &slot, "Dernier").await;
    assert_eq!(college.get(&format!("/convention/{another}/conv.pdf")).await.0, 200);
    to.done(&["projections", "verify"]);
    to.done(&["log", "verify"]);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sqlite_to_sqlite_with_its_read_models() {
    let to = Installation::new(Backend::Sqlite).await;
    let from = Installation::ready(Backend::Sqlite).await;
    taken_under_load_and_restored(from, to, &["--with-read-models"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_sqlite_to_postgresql() {
    let to = Installation::new(Backend::Postgres).await;
    taken_under_load_and_restored(Installation::ready(Backend::Sqlite).await, to, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_postgresql_to_sqlite() {
    let to = Installation::new(Backend::Sqlite).await;
    taken_under_load_and_restored(Installation::ready(Backend::Postgres).await, to, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn from_postgresql_to_postgresql_with_the_keys_there_too() {
    let to = Installation::sharing_keys().await;
    let from = Installation::sharing_keys().await.opened();
    taken_under_load_and_restored(from, to, &["--with-read-models"]).await;
}
