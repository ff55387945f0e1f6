//! Proofs from outside: an operator signs and proves, an auditor checks on another machine, and a log
//! that was rewritten since is found by the note that someone kept.

use std::{path::Path, process::Command};

use domain::platforms::platform::{Platform, PlatformCommand, PlatformRole};
use fixtures::schools::{COLLEGE_COLLINE, LYCEE_VILAR};
use projections::accounts::memberships;
use serde_json::{Value, json};

use crate::signing::{Asked, HEAD, HOST, PARENT};
use crate::support::{
    Backend, TestApp,
    binary::{Installation, wish},
    on_both,
    stage::{Stage, convention_of, operate, platform},
};

/// The program on a machine that has neither a log nor settings.
fn elsewhere(arguments: &[&str]) -> (Option<i32>, String) {
    let empty = tempfile::tempdir().unwrap();
    let mut escale = Command::new(env!("CARGO_BIN_EXE_escale"));
    let output = escale.args(arguments).env_clear().current_dir(empty.path()).output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    assert!(std::fs::read_dir(empty.path()).unwrap().next().is_none(), "nothing is written");
    (output.status.code(), String::from_utf8(text).unwrap())
}

fn rewritten(file: &Path, change: impl FnOnce(&mut Value)) {
    let mut bundle: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    change(&mut bundle);
    std::fs::write(file, bundle.to_string()).unwrap();
}

async fn a_convention_is_proved_to_someone_elsewhere(backend: Backend) {
    let installation = Installation::ready(backend).await;
    let notes = installation.dir.path().join("notes");
    let notes = notes.to_str().unwrap();
    let exporting = [("ESCALE_AUDIT__EXPORT_URL", notes)];
    let service = installation.serve_with(&exporting).await;
    let (_, college, slot) = installation.open_slot(4).await;
    let booked = college
        .give("bookSeat", "... on SeatBooked { bookingId }", wish(&slot, "Témoin", "Zoélie"))
        .await;
    let convention = convention_of(booked["bookingId"].as_str().unwrap());
    installation.letter(COLLEGE_COLLINE.mail, "TÉMOIN Zoélie").await;
    service.stop().await;

    let key = installation.done(&["audit", "key"]);
    let sign = installation.escale(&["audit", "checkpoint"]).env(exporting[0].0, notes).output();
    let note = String::from_utf8(sign.unwrap().stdout).unwrap();
    assert!(note.contains("/journal\n"), "{note}");
    let file = installation.dir.path().join("preuve.json");
    let proof = file.to_str().unwrap();
    let since = std::fs::read_dir(notes).unwrap().next().unwrap().unwrap().path();
    let since = since.to_str().unwrap();
    installation.done(&[
        "audit",
        "proof",
        "--convention",
        &convention,
        "-o",
        proof,
        "--since",
        since,
    ]);

    let (code, said) = elsewhere(&["audit", "check", proof, "--key", key.trim()]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.starts_with("La preuve est valable.\n"), "{said}");
    assert!(said.contains("ConventionGenerated") && said.contains("SHA-256"), "{said}");
    assert!(said.contains("Il continue la note de "), "{said}");
    assert!(said.ends_with("C’est la clé que vous avez donnée.\n"), "{said}");
    let text = std::fs::read_to_string(&file).unwrap().to_lowercase();
    assert!(!text.contains("témoin") && !text.contains("zoélie"));

    rewritten(&file, |bundle| bundle["events"][0]["recordedAt"] = 1.into());
    let (code, said) = elsewhere(&["audit", "check", proof]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("il a été modifié"), "{said}");
    let (code, said) = elsewhere(&["audit", "check", since]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("n’est pas une preuve"), "{said}");

    let verified = installation.done(&["audit", "verify", "--since", notes]);
    assert!(verified.contains("Le journal est intact."), "{verified}");
    std::fs::write(since, std::fs::read_to_string(since).unwrap().replace("/journal", "/autre"))
        .unwrap();
    let refused = installation.run(&["audit", "verify", "--since", since]);
    assert!(refused.err.contains("n’est pas signée par la clé de ce journal"), "{refused:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_convention_is_proved_to_someone_elsewhere_from_sqlite() {
    a_convention_is_proved_to_someone_elsewhere(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_convention_is_proved_to_someone_elsewhere_from_postgresql() {
    a_convention_is_proved_to_someone_elsewhere(Backend::Postgres).await;
}

#[tokio::test]
async fn a_proof_is_for_those_who_audit_the_platform_and_the_note_for_everybody() {
    let stage = Stage::set(Backend::Sqlite).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Temoin", "Zoelie").await;
    stage.app.drain().await;
    let proof = format!("/convention/{}/preuve.json", convention_of(&booking));
    let visitor = stage.app.person();
    for nobody in [&visitor, &stage.college, &stage.lycee] {
        assert_eq!(nobody.get(&proof).await.0, 404);
    }
    assert_eq!(visitor.get("/journal/derniere.note").await.0, 404);
    stage.app.app.journal.checkpoint(&stage.app.app.config.log_origin()).await.unwrap();

    let (status, note) = visitor.get("/journal/derniere.note").await;
    let note: journal::Note = String::from_utf8(note).unwrap().parse().unwrap();
    let (_, key) = visitor.get("/journal/cle.txt").await;
    let key = String::from_utf8(key).unwrap().trim().parse().unwrap();

    assert!(status == 200 && note.is_signed_by(&key));
    assert_eq!(visitor.get("/convention/x/preuve.json").await.0, 404);
}

/// The college's manager gets a role on the platform; answers their address.
async fn grant(app: &TestApp, role: PlatformRole) -> String {
    let managers = app.app.read.query(|db| memberships::managers(db, &COLLEGE_COLLINE.uai()));
    let (account, mail) = managers.await.unwrap().remove(0);
    let command = PlatformCommand::GrantRole { account, role };
    operate::<Platform>(app, platform().as_str(), command).await;
    app.drain().await;
    mail.as_str().to_owned()
}

async fn the_proof_of_a_convention_proves_its_signing_too(backend: Backend) {
    let asked = Asked::on(backend).await;
    asked.sign_all().await;
    let (app, auditor) = (&asked.stage.app, &asked.stage.college);
    let proof = format!("/convention/{}/preuve.json", asked.convention);
    assert_eq!(auditor.get(&proof).await.0, 404, "a school is no auditor");
    grant(app, PlatformRole::Auditor).await;

    let (status, sealed) = auditor.get(&proof).await;
    let (_, told) = auditor.get(&format!("{proof}?recit=1")).await;

    assert_eq!(status, 200);
    let key = app.app.journal.verifier_key(&app.app.config.log_origin()).await.unwrap();
    let bundle: journal::Bundle = serde_json::from_slice(&sealed).unwrap();
    bundle.check(Some(&key)).unwrap();
    let streams: Vec<_> = bundle.streams.iter().map(|it| it.stream.as_str()).collect();
    assert_eq!(streams, ["convention", "signing"]);
    let named = |name: &str| bundle.events.iter().filter(|event| event.name == name).count();
    assert_eq!((named("SignatureApplied"), named("SigningCompleted")), (3, 1));
    assert_eq!(bundle.events.last().unwrap().name, "ConventionDeposited");
    assert!(!String::from_utf8(sealed).unwrap().contains("Claire"), "names are sealed");
    let told: journal::Bundle = serde_json::from_slice(&told).unwrap();
    told.check(Some(&key)).unwrap();
    let says = |event: &journal::BundledEvent| event.words.as_deref().unwrap().contains("Claire");
    assert_eq!(told.events.iter().filter(|event| says(event)).count(), 1);
}

on_both!(the_proof_of_a_convention_proves_its_signing_too);

#[tokio::test]
async fn an_administrator_of_the_platform_takes_a_proof_too() {
    let asked = Asked::on(Backend::Sqlite).await;
    grant(&asked.stage.app, PlatformRole::Admin).await;
    let proof = format!("/convention/{}/preuve.json", asked.convention);

    let (status, proof) = asked.stage.college.get(&proof).await;

    assert_eq!(status, 200);
    serde_json::from_slice::<journal::Bundle>(&proof).unwrap().check(None).unwrap();
}

/// Where the signing stood at a moment, and who had signed.
async fn then(asked: &Asked, at: jiff::Timestamp) -> Value {
    let query = "query($id: String!, $at: DateTime!) { conventionAt(id: $id, at: $at) {
        state signing { state round signers { role standing } } } }";
    let variables = json!({ "id": asked.convention, "at": at.to_string() });
    asked.stage.college.ask(query, variables).await["conventionAt"].clone()
}

#[tokio::test]
async fn an_auditor_sees_who_had_signed_at_each_moment() {
    let asked = Asked::on(Backend::Sqlite).await;
    let app = &asked.stage.app;
    grant(app, PlatformRole::Auditor).await;
    let standings = |it: &Value| {
        let signers = it["signing"]["signers"].as_array().unwrap().iter();
        signers.map(|one| format!("{} {}", one["role"], one["standing"])).collect::<Vec<_>>()
    };
    let minute = jiff::SignedDuration::from_mins(1);
    let opened = app.clock.now();
    app.forward(minute).await;
    asked.sign(PARENT, "Claire Témoin").await;
    let signed = app.clock.now();
    app.forward(minute).await;
    asked.sign(HEAD, "Anne Colline").await;
    asked.sign(HOST, "Paul Vilar").await;

    let before = then(&asked, opened - jiff::SignedDuration::from_hours(1)).await;
    assert_eq!((&before["state"], &before["signing"]), (&Value::Null, &Value::Null));
    let first = then(&asked, opened).await;
    assert_eq!(
        standings(&first),
        [r#""ORIGIN" "AWAITED""#, r#""GUARDIAN" "AWAITED""#, r#""HOST" "AWAITED""#]
    );
    let second = then(&asked, signed).await;
    assert_eq!(
        (&second["state"], &second["signing"]["state"]),
        (&json!("GENERATED"), &json!("OPEN"))
    );
    assert_eq!(standings(&second)[..2], [r#""ORIGIN" "AWAITED""#, r#""GUARDIAN" "SIGNED""#]);
    let last = then(&asked, app.clock.now()).await;
    assert_eq!(
        (&last["state"], &last["signing"]["state"]),
        (&json!("DEPOSITED"), &json!("COMPLETED"))
    );
    assert_eq!(standings(&last)[2], r#""HOST" "SIGNED""#);
}

async fn each_auditor_is_mailed_the_note_once_in_each_period(backend: Backend) {
    let stage = Stage::set_on(TestApp::start_mailing_notes(backend, 7).await).await;
    let (app, origin) = (&stage.app.app, stage.app.app.config.log_origin());
    let mail = grant(&stage.app, PlatformRole::Auditor).await;
    let notes = |to: &str| {
        let mut letters = stage.app.letters_to(to);
        letters.retain(|letter| letter.subject.contains("Note signée"));
        letters
    };
    stage.app.drain().await;
    assert_eq!(notes(&mail).len(), 0, "nothing was signed yet");

    let signed = app.journal.checkpoint(&origin).await.unwrap();
    stage.app.drain().await;
    stage.app.drain().await;
    let mut letters = notes(&mail);
    assert_eq!(letters.len(), 1);
    let [file] = letters.remove(0).attachments.try_into().unwrap();
    assert_eq!(file.name, format!("journal-{:012}.note", signed.note.size()));
    let note: journal::Note = String::from_utf8(file.bytes).unwrap().parse().unwrap();
    let key = app.journal.verifier_key(&origin).await.unwrap();
    assert!(note.is_signed_by(&key) && note.size() == signed.note.size());

    stage.app.forward(jiff::SignedDuration::from_hours(7 * 24)).await;
    assert_eq!(notes(&mail).len(), 2);
    assert_eq!(notes(LYCEE_VILAR.mail).len(), 0, "it audits nothing");
}

#[tokio::test]
async fn each_auditor_is_mailed_the_note_once_in_each_period_from_sqlite() {
    each_auditor_is_mailed_the_note_once_in_each_period(Backend::Sqlite).await;
}

#[tokio::test]
async fn each_auditor_is_mailed_the_note_once_in_each_period_from_postgresql() {
    each_auditor_is_mailed_the_note_once_in_each_period(Backend::Postgres).await;
}
