//! The list of the day, the attendance sheet and the certificate of attendance: what is on them,
//! and for whom they are.

use domain::{
    kernel::ids::SlotId,
    ministages::slot::{Slot, SlotCommand},
    operations::erasure::ErasureGround,
    platforms::platform::{Platform, PlatformCommand, PlatformRole},
};
use fixtures::schools::{COLLEGE_MOULIN, LYCEE_DELAUNAY, LYCEE_VILAR};
use serde_json::json;

use crate::{
    specimen::words,
    support::{
        Backend, Person, on_both,
        stage::{Stage, operate, platform, sign_up},
    },
};

/// A day with one who came, one who did not, and one who waits.
struct Day {
    stage: Stage,
    sheet: String,
    list: String,
    came: String,
    absent: String,
}

impl Day {
    async fn on(backend: Backend) -> Self {
        let stage = Stage::set(backend).await;
        let slot = stage.slot(2).await;
        let (came, _) = stage.book(slot, "Témoin", "Zoélie").await;
        let (absent, _) = stage.book(slot, "Absent", "Marceau").await;
        assert!(stage.book(slot, "Attente", "Lucie").await.1, "the slot has two seats");
        record(&stage, slot, &came, true).await;
        record(&stage, slot, &absent, false).await;
        let certificate = |booking: &str| format!("/reservation/{booking}/attestation.pdf");
        Self {
            sheet: format!("/creneau/{slot}/emargement.pdf"),
            list: list_of(LYCEE_VILAR.code, "2027-01-27.pdf"),
            came: certificate(&came),
            absent: certificate(&absent),
            stage,
        }
    }

    /// What `person` is answered for sheet, list, certificate of who came, and of who did not.
    async fn answers(&self, person: &Person) -> [u16; 4] {
        let mut answers = [0; 4];
        let papers = [&self.sheet, &self.list, &self.came, &self.absent];
        for (answer, paper) in answers.iter_mut().zip(papers) {
            *answer = person.get(paper).await.0;
        }
        answers
    }
}

fn list_of(host: &str, date: &str) -> String {
    format!("/plateforme/{}/hote/{host}/liste-du-jour/{date}", platform())
}

/// On the day, once the placement is over.
async fn record(stage: &Stage, slot: SlotId, booking: &str, present: bool) {
    let after = "2027-01-27T13:00:00Z".parse().unwrap();
    let command = SlotCommand::RecordAttendance {
        booking: booking.parse().unwrap(),
        present,
        now: gateway::clock::moment(after, "Europe/Paris"),
    };
    operate::<Slot>(&stage.app, &slot.uuid().to_string(), command).await;
    stage.app.drain().await;
}

async fn read(person: &Person, paper: &str) -> String {
    let (status, pdf) = person.get(paper).await;
    assert_eq!(status, 200, "{paper}");
    words(&pdf).split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn papers_say_who_is_expected_and_who_came(backend: Backend) {
    let day = Day::on(backend).await;
    let lycee = &day.stage.lycee;

    let sheet = read(lycee, &day.sheet).await;
    for printed in ["Feuille d’émargement", "CAP Ébéniste", "TÉMOIN Zoélie", "ABSENT Marceau"]
    {
        assert!(sheet.contains(printed), "{printed} is not in {sheet}");
    }
    assert!(!sheet.contains("ATTENTE"), "who waits has no line: {sheet}");
    let first = sheet.find("ABSENT").zip(sheet.find("TÉMOIN"));
    assert!(first.is_some_and(|(absent, came)| absent < came), "by name: {sheet}");

    let list = read(lycee, &day.list).await;
    for printed in ["TÉMOIN Zoélie", "ABSENT Marceau", "Convention non validée"] {
        assert!(list.contains(printed), "{printed} is not in {list}");
    }
    assert!(!list.contains("ATTENTE"), "{list}");
    let other = read(lycee, &list_of(LYCEE_VILAR.code, "2027-01-28.pdf")).await;
    assert!(!other.contains("TÉMOIN"), "{other}");

    let certificate = read(&day.stage.college, &day.came).await;
    for printed in ["Attestation de présence", "TÉMOIN Zoélie", "mercredi 27 janvier 2027"] {
        assert!(certificate.contains(printed), "{printed} is not in {certificate}");
    }
    assert!(!certificate.contains("ABSENT"), "{certificate}");
}

async fn papers_are_for_those_who_may_read_what_is_on_them(backend: Backend) {
    let day = Day::on(backend).await;
    let app = &day.stage.app;
    let other_college = sign_up(app, &COLLEGE_MOULIN).await;
    let other_lycee = sign_up(app, &LYCEE_DELAUNAY).await;

    assert_eq!(day.answers(&day.stage.lycee).await, [200, 200, 200, 404], "nobody was absent here");
    assert_eq!(day.answers(&day.stage.college).await, [404, 404, 200, 404]);
    for stranger in [&app.person(), &other_college, &other_lycee] {
        assert_eq!(day.answers(stranger).await, [404; 4]);
    }
    let me = other_college.ask("{ me { account { id } } }", json!({})).await;
    let account = me["me"]["account"]["id"].as_str().unwrap().parse().unwrap();
    for role in [PlatformRole::Auditor, PlatformRole::Admin] {
        let command = PlatformCommand::GrantRole { account, role };
        operate::<Platform>(app, platform().as_str(), command).await;
        app.drain().await;
        assert_eq!(day.answers(&other_college).await, [200, 200, 200, 404], "{role:?}");
        let command = PlatformCommand::RevokeRole { account, role };
        operate::<Platform>(app, platform().as_str(), command).await;
        app.drain().await;
        assert_eq!(day.answers(&other_college).await, [404; 4], "{role:?}, no longer");
    }
}

async fn what_is_no_paper_is_not_found(backend: Backend) {
    let day = Day::on(backend).await;
    let unknown = gateway::ids::draw();
    for address in [
        "/creneau/rien/emargement.pdf".to_owned(),
        format!("/creneau/{}/emargement.pdf", SlotId::new(unknown)),
        "/reservation/rien/attestation.pdf".to_owned(),
        list_of(LYCEE_VILAR.code, "2027-02-30.pdf"),
        list_of(LYCEE_VILAR.code, "2027-01-27"),
        list_of("rien", "2027-01-27.pdf"),
    ] {
        assert_eq!(day.stage.lycee.get(&address).await.0, 404, "{address}");
    }
}

async fn who_was_erased_has_no_certificate_and_no_name_on_any_paper(backend: Backend) {
    let day = Day::on(backend).await;
    let app = &day.stage.app;
    assert!(read(&day.stage.lycee, &day.sheet).await.contains("Zoélie"));
    let booking = day.came.split('/').nth(2).unwrap();
    let person = app.pupil_of(booking).await;
    let (ground, context) = (ErasureGround::Request, app.operator(None));
    app.app.journal.erase(person, ground, &context).await.unwrap();
    app.drain().await;

    let (status, page) = day.stage.lycee.get(&day.came).await;

    assert_eq!(status, 410, "{}", String::from_utf8_lossy(&page));
    for paper in [&day.sheet, &day.list] {
        let said = read(&day.stage.lycee, paper).await;
        assert!(!said.contains("Zoélie") && said.contains("Marceau"), "{said}");
    }
}

on_both!(
    papers_say_who_is_expected_and_who_came,
    papers_are_for_those_who_may_read_what_is_on_them,
    what_is_no_paper_is_not_found,
    who_was_erased_has_no_certificate_and_no_name_on_any_paper,
);
