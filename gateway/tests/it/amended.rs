//! A convention that says something else: who signs again, which print counts, and what is said.

use domain::{
    kernel::ids::SlotId,
    platforms::platform::{Platform, PlatformCommand},
};
use fixtures::schools::COLLEGE_COLLINE;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::signed_paper::{bears_our_seal, verified};
use crate::signing::{Asked, HEAD, HOST, PARENT, request};
use crate::stacks::{self, contents, scanned, send, stack, two_pages};
use crate::support::{
    Backend, on_both,
    stage::{Stage, convention_of, operate, platform},
};

/// The lycée receives in another room, with a note for the pupils.
pub(crate) async fn move_to(stage: &Stage, slot: SlotId, room: &str, note: &str) {
    let details = json!({
        "date": "2027-01-27", "start": "9:15", "end": "12:00", "seats": 4, "room": room,
        "note": note,
    });
    let input = json!({ "slot": slot.to_string(), "details": details });
    stage.lycee.give("changeSlot", "", input).await;
    stage.app.drain().await;
}

/// Where the convention stands.
async fn stands(stage: &Stage, convention: &str) -> Value {
    let query = "query($id: String!) { convention(id: $id) { state print changed
        booking { status } signing { state round signers { role standing } }
        history { sentence } } }";
    stage.college.ask(query, json!({ "id": convention })).await["convention"].clone()
}

fn standings(convention: &Value) -> Vec<(&str, &str)> {
    let signers = convention["signing"]["signers"].as_array().unwrap();
    signers
        .iter()
        .map(|it| (it["role"].as_str().unwrap(), it["standing"].as_str().unwrap()))
        .collect()
}

async fn original(stage: &Stage, convention: &str) -> Vec<u8> {
    let (status, pdf) = stage.college.get(&format!("/convention/{convention}/original.pdf")).await;
    assert_eq!(status, 200);
    pdf
}

fn text_of(pdf: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("read.pdf");
    std::fs::write(&file, pdf).unwrap();
    let read = std::process::Command::new("pdftotext").arg(&file).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap()
}

async fn another_room_asks_everybody_again(backend: Backend) {
    let asked = Asked::on(backend).await;
    let stage = &asked.stage;
    let visitor = stage.app.person();
    asked.sign(PARENT, "Claire Témoin").await;
    let (first, of_the_host) = (original(stage, &asked.convention).await, asked.token(HOST));

    move_to(stage, asked.slot, "Atelier fer", "").await;

    let now = stands(stage, &asked.convention).await;
    assert_eq!((&now["print"], &now["changed"]), (&json!(2), &json!("la salle")));
    assert_eq!((&now["signing"]["state"], &now["signing"]["round"]), (&json!("OPEN"), &json!(2)));
    let everybody = [("ORIGIN", "AWAITED"), ("GUARDIAN", "AWAITED"), ("HOST", "AWAITED")];
    assert_eq!(standings(&now), everybody);
    // The links of before are dead; the new ones say what changed, and show the new print.
    assert_eq!(request(&visitor, &of_the_host).await["code"], "LINK_EXPIRED");
    let link = asked.link(PARENT);
    let letters = stage.app.letters_to(PARENT);
    assert!(letters.last().unwrap().text.contains("a changé (la salle)"), "{letters:#?}");
    let (_, page) = visitor.get(&link).await;
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("La convention a changé depuis sa version précédente"), "{page}");
    let (_, shown) = visitor.get(&format!("{link}/convention.pdf")).await;
    assert_ne!(shown, first);
    let text = text_of(&shown);
    assert!(text.contains("version 2") && text.contains("Atelier fer"), "{text}");
    // The school of origin has it by mail.
    let told = stage.app.letters_to(COLLEGE_COLLINE.mail);
    let subjects: Vec<_> = told.iter().map(|it| it.subject.clone()).collect();
    let told = told.iter().find(|it| it.subject.starts_with("Convention modifiée"));
    let told = told.unwrap_or_else(|| panic!("{subjects:?}"));
    assert!(told.text.contains("a changé\u{202f}: la salle"), "{}", told.text);
    assert_eq!(told.attachments.len(), 1);

    asked.sign_all().await;
    let now = stands(stage, &asked.convention).await;
    assert_eq!(now["state"], "DEPOSITED");
    stage.verify().await;
}

async fn what_was_signed_by_all_counts_no_longer_and_the_seat_stays(backend: Backend) {
    let asked = Asked::on(backend).await;
    let stage = &asked.stage;
    asked.sign_all().await;
    let path = format!("/convention/{}/depot.pdf", asked.convention);
    let before = stage.lycee.get(&path).await.1;
    stage.lycee.give("validateConvention", "", json!({ "convention": asked.convention })).await;
    stage.app.drain().await;

    move_to(stage, asked.slot, "Atelier fer", "").await;

    let now = stands(stage, &asked.convention).await;
    assert_eq!((&now["state"], &now["signing"]["state"]), (&json!("GENERATED"), &json!("OPEN")));
    assert_eq!(now["booking"]["status"], "CONFIRMED", "nobody loses a seat by it");
    let told = verified(&stage.app.person(), &before).await;
    assert_eq!((&told["authentic"], &told["replaced"]), (&json!(true), &json!(true)));
    asked.sign_all().await;
    let now = stands(stage, &asked.convention).await;
    assert_eq!((&now["state"], &now["print"]), (&json!("DEPOSITED"), &json!(2)), "{now:#}");
    let after = stage.lycee.get(&path).await.1;
    bears_our_seal(&stage.app, &after);
    let told = verified(&stage.app.person(), &after).await;
    assert_eq!((&told["authentic"], &told["replaced"]), (&json!(true), &json!(false)));
    assert!(text_of(&after).contains("Atelier fer"));
    let history = stands(stage, &asked.convention).await["history"].to_string();
    assert!(history.contains("version 2 (la salle)"), "{history}");
    stage.verify().await;
}

/// What nobody signed is not passed off as signed, and nothing waits for ever.
async fn other_texts_between_two_signatures_ask_everybody_again(backend: Backend) {
    let asked = Asked::on(backend).await;
    let stage = &asked.stage;
    asked.sign(PARENT, "Claire Témoin").await;
    asked.sign(HEAD, "Anne Colline").await;
    let command = PlatformCommand::ChangeConventionNotes {
        first: "Le stagiaire apporte une blouse.".to_owned(),
        second: String::new(),
    };
    operate::<Platform>(&stage.app, platform().as_str(), command).await;
    stage.app.drain().await;

    asked.sign(HOST, "Paul Vilar").await;

    let now = stands(stage, &asked.convention).await;
    assert_eq!((&now["state"], &now["print"]), (&json!("GENERATED"), &json!(2)));
    assert_eq!(now["changed"], "le texte de la convention");
    assert!(standings(&now).iter().all(|(_, standing)| *standing == "AWAITED"), "{now:#}");
    asked.sign_all().await;
    let now = stands(stage, &asked.convention).await;
    assert_eq!((&now["state"], &now["print"]), (&json!("DEPOSITED"), &json!(2)));
    let parked = stage.app.app.journal.rows().list::<Value>("parked_reaction").await.unwrap();
    assert_eq!(parked.len(), 0);
}

async fn a_note_for_the_pupils_changes_no_convention(backend: Backend) {
    let asked = Asked::on(backend).await;
    let stage = &asked.stage;
    let (first, link) = (original(stage, &asked.convention).await, asked.token(PARENT));
    let command = PlatformCommand::ChangeConventionNotes {
        first: "Le stagiaire apporte une blouse.".to_owned(),
        second: String::new(),
    };
    operate::<Platform>(&stage.app, platform().as_str(), command).await;

    move_to(stage, asked.slot, "Atelier bois", "Venir en chaussures fermées.").await;

    assert_eq!(stands(stage, &asked.convention).await["print"], 1);
    assert_eq!(original(stage, &asked.convention).await, first);
    let still = request(&stage.app.person(), &link).await;
    assert_eq!(still["__typename"], "SigningRequest");
}

async fn a_print_of_before_is_refused_by_its_name(backend: Backend) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Temoin", "Zoelie").await;
    let convention = convention_of(&booking);
    let before = original(&stage, &convention).await;
    let pages = scanned(&before);
    move_to(&stage, slot, "Atelier fer", "").await;
    let after = original(&stage, &convention).await;

    let signed = [before.as_slice(), b"\n% signed by hand\n"].concat();
    for input in [json!({ "convention": convention }), json!({ "school": COLLEGE_COLLINE.code })] {
        let done = stage.college.upload("depositConvention", "", input, &signed).await;
        assert_eq!(done["code"], "SUPERSEDED", "{done:#}");
        let message = done["message"].as_str().unwrap();
        assert!(message.contains("version précédente"), "{message}");
    }
    // Its pages on paper neither: the code says of which print they are.
    let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
    let sent = send(&stage.college, &stack(&pages)).await;
    let scan = sent["scan"]["id"].as_str().unwrap().to_owned();
    stage.app.drain().await;
    let found = contents(&stage.college, &scan).await;
    let aside = found["contents"]["aside"].as_array().unwrap();
    assert!(!aside.is_empty() && aside.iter().all(|it| it["reason"] == "SUPERSEDED"), "{found:#}");
    assert_eq!(stands(&stage, &convention).await["state"], "GENERATED");

    let pages = scanned(&after);
    let pages: Vec<&[u8]> = pages.iter().map(Vec::as_slice).collect();
    send(&stage.college, &stack(&pages)).await;
    stage.app.drain().await;
    assert_eq!(stands(&stage, &convention).await["state"], "DEPOSITED");
    stage.verify().await;
}

async fn a_stack_of_before_deposits_nothing_after_the_change(backend: Backend) {
    let stage = Stage::set(backend).await;
    two_pages(&stage.app).await;
    let slot = stage.slot(4).await;
    let (convention, pages) = stacks::convention(&stage, slot, "Temoin").await;
    let sent = send(&stage.college, &stack(&[&pages[0]])).await;
    let scan = sent["scan"]["id"].as_str().unwrap().to_owned();
    stage.app.drain().await;
    stage.app.forward(SignedDuration::from_mins(1)).await;
    move_to(&stage, slot, "Atelier fer", "").await;

    let incomplete = json!({ "scan": scan, "convention": convention });
    stage.college.give("depositIncomplete", "", incomplete).await;
    stage.app.drain().await;

    let found = contents(&stage.college, &scan).await;
    assert_eq!(found["contents"]["conventions"][0]["state"], "REFUSED", "{found:#}");
    assert_eq!(stands(&stage, &convention).await["state"], "GENERATED");
}

/// The school of origin corrects who the pupil or the guardian is.
async fn correct(asked: &Asked, last: &str, guardian: &str) {
    let pupil = json!({
        "lastName": last, "firstName": "Zoelie", "birthDate": "2012-07-29", "class": "3e B",
        "guardianName": guardian, "guardianEmail": "parent@courriel.example",
    });
    let input = json!({ "booking": asked.booking, "pupil": pupil });
    asked.stage.college.give("correctPupil", "", input).await;
    asked.stage.app.drain().await;
}

async fn a_misspelt_name_is_signed_again_by_whom_it_concerns_alone(backend: Backend) {
    let asked = Asked::on(backend).await;
    let stage = &asked.stage;
    asked.sign_all().await;
    let asked_of_the_head = asked.token(HEAD);

    correct(&asked, "Temoin", "Parent Temoine").await;

    let now = stands(stage, &asked.convention).await;
    assert_eq!((&now["state"], &now["print"]), (&json!("GENERATED"), &json!(2)));
    assert_eq!(now["changed"], "l’écriture du nom du responsable légal");
    let kept = [("ORIGIN", "SIGNED"), ("GUARDIAN", "AWAITED"), ("HOST", "SIGNED")];
    assert_eq!(standings(&now), kept);
    assert_eq!(asked.token(HEAD), asked_of_the_head, "nobody else is written to");
    asked.sign(PARENT, "Claire Témoin").await;
    let now = stands(stage, &asked.convention).await;
    assert_eq!(now["state"], "DEPOSITED");
    let signed = stage.lycee.get(&format!("/convention/{}/depot.pdf", asked.convention)).await.1;
    bears_our_seal(&stage.app, &signed);
    let text = text_of(&signed);
    assert!(text.contains("Parent Temoine"), "{text}");
    assert_eq!(text.matches("ce qui a été corrigé depuis").count(), 2, "{text}");
    stage.verify().await;
}

async fn another_guardian_is_not_reached_where_the_one_before_was(backend: Backend) {
    let asked = Asked::on(backend).await;
    let before = asked.stage.app.letters_to(PARENT).len();

    correct(&asked, "Temoin", "Ahmed Benali").await;

    let now = stands(&asked.stage, &asked.convention).await;
    assert_eq!(now["changed"], "le responsable légal");
    assert!(standings(&now).iter().all(|(_, standing)| *standing == "AWAITED"), "{now:#}");
    assert_eq!(asked.stage.app.letters_to(PARENT).len(), before);
    let letters = asked.stage.app.letters_to("parent@courriel.example");
    assert!(letters.last().unwrap().text.contains("a changé (le responsable légal)"));
}

async fn on_paper_a_misspelt_name_leaves_what_came_back(backend: Backend) {
    let stage = Stage::set(backend).await;
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Temoin", "Zoelie").await;
    let convention = convention_of(&booking);
    let before = original(&stage, &convention).await;
    let signed = [before.as_slice(), b"\n% signed by hand\n"].concat();
    let input = json!({ "convention": convention });
    let done = stage.college.upload("depositConvention", "", input.clone(), &signed).await;
    assert_ne!(done["__typename"], "Refused", "{done:#}");
    stage.app.drain().await;
    stage.lycee.give("validateConvention", "", input).await;
    stage.app.drain().await;
    let asked = Asked { stage, slot, booking, convention };

    correct(&asked, "Temoin", "Parent Temoine").await;
    let now = stands(&asked.stage, &asked.convention).await;
    assert_eq!((&now["state"], &now["print"]), (&json!("VALIDATED"), &json!(1)));

    correct(&asked, "Autrement", "Parent Temoine").await;
    let now = stands(&asked.stage, &asked.convention).await;
    assert_eq!((&now["state"], &now["print"]), (&json!("GENERATED"), &json!(2)));
    asked.stage.verify().await;
}

on_both!(
    a_misspelt_name_is_signed_again_by_whom_it_concerns_alone,
    another_guardian_is_not_reached_where_the_one_before_was,
    on_paper_a_misspelt_name_leaves_what_came_back,
    a_stack_of_before_deposits_nothing_after_the_change,
    another_room_asks_everybody_again,
    what_was_signed_by_all_counts_no_longer_and_the_seat_stays,
    other_texts_between_two_signatures_ask_everybody_again,
    a_note_for_the_pupils_changes_no_convention,
    a_print_of_before_is_refused_by_its_name,
);
