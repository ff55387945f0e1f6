//! A platform with one lycée and one collège that signed up, as most journeys begin.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use domain::{
    kernel::{
        decider::Decider,
        ids::{ConventionId, FormationId, SlotId, derived},
        slug::Slug,
    },
    ministages::slot::{Slot, SlotCommand, SlotDetails},
    platforms::{
        platform::{FormationLevel, Platform, PlatformCommand},
        rules::Rules,
    },
};
use fixtures::schools::{COLLEGE_COLLINE, LYCEE_VILAR, School};
use gateway::directory::{LoggedSchools, Options, Reader, Source, import};
use jiff::civil::{date, time};
use serde_json::{Value, json};

use super::{Backend, Person, TestApp, link_in};

pub(crate) const PASSWORD: &str = "Colline-2027!";

/// A service with its platform, and the two who use it.
pub(crate) struct Stage {
    pub(crate) app: TestApp,
    pub(crate) lycee: Person,
    pub(crate) college: Person,
    formation: FormationId,
}

pub(crate) fn platform() -> Slug {
    "bassin-de-la-colline".parse().unwrap()
}

impl Stage {
    /// On `backend`, with the schools of `source`.
    pub(crate) async fn set(backend: Backend) -> Self {
        Self::set_on(TestApp::start(backend).await).await
    }

    /// The same on a service that was started.
    pub(crate) async fn set_on(app: TestApp) -> Self {
        let reader = Reader::open(&Source::from(fixtures::directory::PREPARED)).unwrap();
        let schools = LoggedSchools::by_import(&app.app.journal);
        import(reader, &schools, Options::default(), |_| {}).await.unwrap();
        let formation = FormationId::new(derived(&["ébéniste"]));
        for command in [
            PlatformCommand::OpenPlatform {
                platform: platform(),
                name: "Bassin de la Colline".to_owned(),
                time_zone: "Europe/Paris".to_owned(),
                rules: Rules::default(),
            },
            PlatformCommand::AttachHost { host: LYCEE_VILAR.uai() },
            PlatformCommand::AddFormation {
                formation,
                host: LYCEE_VILAR.uai(),
                level: FormationLevel::Cap,
                label: "Ébéniste".to_owned(),
            },
        ] {
            operate::<Platform>(&app, platform().as_str(), command).await;
        }
        app.drain().await;
        let lycee = sign_up(&app, &LYCEE_VILAR).await;
        let college = sign_up(&app, &COLLEGE_COLLINE).await;
        Self { app, lycee, college, formation }
    }

    /// A slot of `seats` seats on Wednesday 27 January 2027, 09:15 – 12:00.
    pub(crate) async fn slot(&self, seats: u16) -> SlotId {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed).to_string();
        let slot = SlotId::new(derived(&["slot", &number]));
        let command = SlotCommand::PublishSlot {
            slot,
            platform: platform(),
            host: LYCEE_VILAR.uai(),
            formation: self.formation,
            details: SlotDetails {
                date: date(2027, 1, 27),
                start: time(9, 15, 0, 0),
                end: time(12, 0, 0, 0),
                seats,
                room: Some("Atelier bois".to_owned()),
                teacher: None,
                note: None,
            },
            copied_from: None,
            now: gateway::clock::moment(self.app.clock.now(), "Europe/Paris"),
        };
        operate::<Slot>(&self.app, &slot.uuid().to_string(), command).await;
        self.app.drain().await;
        slot
    }

    /// The read models are what the log says, and the log is sound.
    pub(crate) async fn verify(&self) {
        let (progress, _) = tokio::sync::watch::channel((0, 0));
        let log = Arc::new(self.app.app.journal.clone());
        let found = self.app.app.read.verify(log, progress).await.unwrap();
        assert!(found.len() > 10);
        assert!(found.iter().all(projections::Verified::holds), "{found:#?}");
        assert!(self.app.app.journal.verify(|_, _| {}).await.unwrap().is_sound());
    }

    /// Books a seat for `last` `first`; answers the booking and whether the pupil waits.
    pub(crate) async fn book(&self, slot: SlotId, last: &str, first: &str) -> (String, bool) {
        let booked = self
            .college
            .give("bookSeat", "... on SeatBooked { bookingId waiting }", pupil(slot, last, first))
            .await;
        self.app.drain().await;
        let booking = booked["bookingId"].as_str().unwrap().to_owned();
        (booking, booked["waiting"].as_bool().unwrap())
    }
}

/// The input of a booking.
pub(crate) fn pupil(slot: SlotId, last: &str, first: &str) -> Value {
    json!({
        "slot": slot.to_string(), "origin": COLLEGE_COLLINE.code, "kind": "INTERNAL", "orWait": true,
        "pupil": {
            "lastName": last, "firstName": first, "birthDate": "2012-07-29", "class": "3e B",
            "guardianName": format!("Parent {last}"), "guardianEmail": "parent@courriel.example",
        },
    })
}

/// The convention of a booking.
pub(crate) fn convention_of(booking: &str) -> String {
    ConventionId::of(booking.parse().unwrap()).to_string()
}

/// A school signs up by its code, reads its mail, verifies and signs in.
pub(crate) async fn sign_up(app: &TestApp, school: &School) -> Person {
    let person = app.person();
    register(&person, school).await;
    app.drain().await;
    verify_address(&person, &verification_link(app, school)).await;
    app.drain().await;
    sign_in(&person, school).await;
    person
}

/// Asks for the account of a school.
pub(crate) async fn register(person: &Person, school: &School) {
    register_with(person, school, PASSWORD).await;
}

/// The same, with a password of one's own.
pub(crate) async fn register_with(person: &Person, school: &School, password: &str) {
    let input = json!({
        "rne": school.code, "civility": "MADAME", "lastName": "Bertin", "firstName": "Sophie",
        "password": password, "passwordConfirmation": password,
    });
    person.give("registerAccount", "", input).await;
}

/// Follows the link of the letter that asks to verify an address.
pub(crate) async fn verify_address(person: &Person, letter: &str) {
    let link = link_in(letter, "/lien/verification/");
    let (status, page) = person.get(&link).await;
    assert_eq!(status, 200, "{}", String::from_utf8_lossy(&page));
    let form = [("choice", "verify"), ("password", PASSWORD)];
    let (status, page) = person.press(&link, &form).await;
    assert_eq!(status, 200);
    assert!(page.contains("Votre adresse est vérifiée"), "{page}");
}

/// The link in the last letter to the school.
pub(crate) fn verification_link(app: &TestApp, school: &School) -> String {
    let letters = app.letters_to(school.mail);
    let letter = letters.last().unwrap_or_else(|| panic!("no letter to {}", school.mail));
    link_in(&letter.text, "/lien/verification/")
}

/// Signs in with the password of the tests.
pub(crate) async fn sign_in(person: &Person, school: &School) {
    let input = json!({ "email": school.mail, "password": PASSWORD, "keep": true });
    person.give("signIn", "", input).await;
}

/// What the operator does at the command line.
pub(crate) async fn operate<D: Decider>(app: &TestApp, id: &str, command: D::Command) {
    let context = app.operator(Some(platform().to_string()));
    app.app.journal.handle::<D>(id, command, &context).await.unwrap();
}
