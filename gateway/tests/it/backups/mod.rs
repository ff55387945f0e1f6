//! `escale backup` and `escale restore`, as processes of their own beside the service.

mod erased;
mod refused;
mod under_load;

use std::path::PathBuf;

use fixtures::schools::COLLEGE_COLLINE;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    Person,
    binary::{Installation, Said, wish},
    stage::{convention_of, sign_in},
};

/// Where backups go: the log and the documents here, the keys there.
struct Safe {
    dir: TempDir,
}

impl Safe {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn log(&self) -> PathBuf {
        self.dir.path().join("log")
    }

    fn keys(&self) -> PathBuf {
        self.dir.path().join("keys")
    }

    /// Runs `escale backup`, which must succeed; answers what it says.
    fn take(&self, from: &Installation, more: &[&str]) -> Value {
        let (log, keys) = (self.log(), self.keys());
        let places = ["backup", "--json", "--to", text(&log), "--keys-to", text(&keys)];
        serde_json::from_str(&from.done(&[&places, more].concat())).unwrap()
    }

    /// Runs `escale restore`.
    fn put_back(&self, to: &Installation, more: &[&str]) -> Said {
        let (log, keys) = (self.log(), self.keys());
        let places = ["restore", "--from", text(&log), "--keys-from", text(&keys)];
        to.run(&[&places, more].concat())
    }

    /// The same, which must succeed.
    fn put_back_well(&self, to: &Installation, more: &[&str]) -> String {
        let said = self.put_back(to, more);
        assert_eq!(said.code, Some(0), "{said:#?}");
        assert!(said.out.contains("Le journal est intact."), "{said:#?}");
        said.out
    }

    /// The file of a copy of the log, or of the keys.
    fn file(&self, taken: &Value, name: &str) -> PathBuf {
        let folder = if name == "log.db" { self.log() } else { self.keys() };
        folder.join(name_of(taken)).join(name)
    }
}

fn text(path: &std::path::Path) -> &str {
    path.to_str().unwrap()
}

/// What a backup is called.
fn name_of(taken: &Value) -> &str {
    taken["name"].as_str().unwrap()
}

/// Books a seat, and waits until the convention has come; answers the booking and the convention.
async fn convention(
    from: &Installation,
    college: &Person,
    slot: &str,
    name: &str,
) -> (String, String) {
    let wanted = "... on SeatBooked { bookingId }";
    let booked = college.give("bookSeat", wanted, wish(slot, name, "Ana")).await;
    from.letter(COLLEGE_COLLINE.mail, &format!("{} Ana", name.to_uppercase())).await;
    let booking = booked["bookingId"].as_str().unwrap().to_owned();
    let convention = convention_of(&booking);
    (booking, convention)
}

/// The collège, signed in at another installation by the password of old.
async fn college_at(installation: &Installation) -> Person {
    let person = Person::at(&installation.url());
    sign_in(&person, &COLLEGE_COLLINE).await;
    person
}

/// The id of a booking's pupil.
async fn pupil_of(college: &Person, booking: &str) -> String {
    let asks = "query($id: ID!) { booking(id: $id) { pupil { id } } }";
    let found = college.ask(asks, json!({ "id": booking })).await;
    found["booking"]["pupil"]["id"].as_str().unwrap().to_owned()
}
