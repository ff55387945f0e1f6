//! Stacks of scans: sorted by the codes on their pages, the rest by hand; forgotten; a service that
//! is killed.

use std::process::Command;

use documents::{
    deposit::{Limits, inspect},
    photographs,
};
use domain::{
    operations::erasure::ErasureGround,
    platforms::platform::{Platform, PlatformCommand},
};
use fixtures::schools::{COLLEGE_COLLINE, COLLEGE_MOULIN};
use image::{ImageFormat, Rgb, RgbImage};
use jiff::civil::date;
use serde_json::{Value, json};

use crate::support::{
    Backend, Person, TestApp,
    binary::{Installation, wish},
    stage::{Stage, convention_of, operate, platform, sign_up},
};

const CONTENTS: &str = "state refusal contents {
    conventions { state pages missing convention { id } }
    toClassify { page reason hasPicture guesses { number convention { id } } }
    aside { page reason discarded }
}";

/// The pages of a PDF as a scanner sees them.
pub(crate) fn scanned(pdf: &[u8]) -> Vec<Vec<u8>> {
    scanned_at("120", pdf)
}

/// The same, with so many dots to the inch.
pub(crate) fn scanned_at(dots: &str, pdf: &[u8]) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("convention.pdf");
    std::fs::write(&file, pdf).unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-r", dots, "-jpeg"])
        .args([file, folder.path().join("page")])
        .status();
    assert!(drawn.unwrap().success());
    let mut pages: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "jpg"))
        .collect();
    pages.sort();
    pages.into_iter().map(|page| std::fs::read(page).unwrap()).collect()
}

/// The same page, whose codes nobody can read: a hand lay over both.
pub(crate) fn without_codes(page: &[u8]) -> Vec<u8> {
    let mut page = image::load_from_memory(page).unwrap().to_rgb8();
    let (width, height) = page.dimensions();
    for (x, y, pixel) in page.enumerate_pixels_mut() {
        let top_right = x > width * 2 / 3 && y < height / 3;
        let bottom_left = x < width / 3 && y > height / 2;
        if top_right || bottom_left {
            *pixel = Rgb([90, 90, 90]);
        }
    }
    jpeg(&page)
}

fn jpeg(page: &RgbImage) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    page.write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    bytes.into_inner()
}

/// A sheet that is no convention.
pub(crate) fn letter() -> Vec<u8> {
    let lines = |x: u32, y: u32| if y % 40 < 8 && x % 300 > 60 { 20 } else { 250 };
    jpeg(&RgbImage::from_fn(990, 1400, |x, y| Rgb([lines(x, y); 3])))
}

/// One file of these pages.
pub(crate) fn stack(pages: &[&[u8]]) -> Vec<u8> {
    let pages: Vec<_> = pages.iter().map(|page| photographs::accept(page).unwrap()).collect();
    photographs::bind(&pages, date(2027, 1, 4)).unwrap()
}

/// A platform whose conventions have two pages.
pub(crate) async fn two_pages(app: &TestApp) {
    let note = "Le stagiaire respecte le règlement de l’établissement d’accueil. ".repeat(12);
    let first = note.trim_end().to_owned();
    let command = PlatformCommand::ChangeConventionNotes { second: first.clone(), first };
    operate::<Platform>(app, platform().as_str(), command).await;
    app.drain().await;
}

/// Books for `name`; answers the convention and its pages on paper.
pub(crate) async fn convention(
    stage: &Stage,
    slot: domain::kernel::ids::SlotId,
    name: &str,
) -> (String, Vec<Vec<u8>>) {
    let (booking, _) = stage.book(slot, name, "Ana").await;
    let convention = convention_of(&booking);
    let (status, pdf) = stage.college.get(&format!("/convention/{convention}/original.pdf")).await;
    assert_eq!(status, 200);
    let pages = scanned(&pdf);
    assert_eq!(pages.len(), 2, "the conventions of this test have two pages");
    (convention, pages)
}

pub(crate) async fn send(person: &Person, file: &[u8]) -> Value {
    let input = json!({ "school": COLLEGE_COLLINE.code, "side": "ORIGIN" });
    person.upload("receiveScan", "... on ScanReceived { scan { id state } }", input, file).await
}

pub(crate) async fn contents(person: &Person, scan: &str) -> Value {
    let query = format!("query($id: ID!) {{ scan(id: $id) {{ {CONTENTS} }} }}");
    person.ask(&query, json!({ "id": scan })).await["scan"].clone()
}

async fn deposits(person: &Person, convention: &str) -> Value {
    let query = "query($id: String!) { convention(id: $id) { tab deposits { pages } } }";
    person.ask(query, json!({ "id": convention })).await["convention"].clone()
}

async fn a_stack_is_sorted_and_the_rest_by_hand(backend: Backend) {
    let stage = Stage::set(backend).await;
    two_pages(&stage.app).await;
    let slot = stage.slot(4).await;
    let (alpha, a) = convention(&stage, slot, "Alpha").await;
    let (beta, b) = convention(&stage, slot, "Beta").await;
    let (gamma, c) = convention(&stage, slot, "Gamma").await;
    let lost = without_codes(&a[1]);
    let strange = letter();
    let file = stack(&[&b[1], &a[0], &lost, &b[0], &strange, &a[0], &c[0]]);

    let sent = send(&stage.college, &file).await;
    let scan = sent["scan"]["id"].as_str().unwrap().to_owned();
    assert_eq!(sent["scan"]["state"], "RECEIVED");
    stage.app.drain().await;

    let found = contents(&stage.college, &scan).await;
    assert_eq!(found["state"], "SORTED", "{found:#}");
    let line = |found: &Value, of: &str| {
        let all = found["contents"]["conventions"].as_array().unwrap().clone();
        let it = all.into_iter().find(|it| it["convention"]["id"] == of).unwrap();
        (it["state"].clone(), it["pages"].clone(), it["missing"].clone())
    };
    assert_eq!(line(&found, &beta), (json!("DEPOSITED"), json!([4, 1]), json!([])));
    assert_eq!(line(&found, &alpha), (json!("INCOMPLETE"), json!([2]), json!([2])));
    assert_eq!(line(&found, &gamma), (json!("INCOMPLETE"), json!([7]), json!([2])));
    let waiting = &found["contents"]["toClassify"];
    assert_eq!(waiting.as_array().unwrap().len(), 2, "{waiting:#}");
    assert_eq!((&waiting[0]["page"], &waiting[0]["reason"]), (&json!(3), &json!("NO_CODE")));
    let guess = json!({ "number": 2, "convention": { "id": alpha } });
    assert_eq!(waiting[0]["guesses"][0], guess, "{waiting:#}");
    assert_eq!(found["contents"]["aside"][0]["reason"], "DOUBLE");
    assert_eq!(deposits(&stage.lycee, &beta).await["tab"], "AWAITING_VALIDATION");
    let (_, pdf) = stage.lycee.get(&format!("/convention/{beta}/depot.pdf")).await;
    assert_eq!(inspect(&pdf, &Limits::default()).map(|it| it.pages), Ok(2));

    the_picture_is_for_whoever_may_sort(&stage, &scan).await;

    // By hand: the lost page to its convention, the letter aside, what there is of the third.
    let assign = json!({ "scan": scan, "page": 3, "convention": alpha, "number": 2 });
    let taken = json!({ "scan": scan, "page": 5, "convention": alpha, "number": 1 });
    assert_eq!(stage.college.refused("assignScanPage", taken).await, "PLACE_TAKEN");
    stage.college.give("assignScanPage", "", assign).await;
    stage.college.give("discardScanPage", "", json!({ "scan": scan, "page": 5 })).await;
    let incomplete = json!({ "scan": scan, "convention": gamma });
    stage.college.give("depositIncomplete", "", incomplete).await;
    stage.app.drain().await;

    let found = contents(&stage.college, &scan).await;
    assert_eq!(line(&found, &alpha), (json!("DEPOSITED"), json!([2, 3]), json!([])));
    assert_eq!(line(&found, &gamma), (json!("DEPOSITED"), json!([7]), json!([2])));
    assert_eq!(found["contents"]["toClassify"], json!([]));
    for (convention, pages) in [(&alpha, 2), (&beta, 2), (&gamma, 1)] {
        let told = deposits(&stage.lycee, convention).await;
        assert_eq!(told["deposits"], json!([{ "pages": pages }]), "once");
        stage.lycee.give("validateConvention", "", json!({ "convention": convention })).await;
    }
    stage.app.drain().await;
    stage.verify().await;

    erased_with_one_of_its_pupils(&stage, &scan, [&alpha, &gamma]).await;
}

/// The picture of page 3 is for whoever may sort, and nobody else.
async fn the_picture_is_for_whoever_may_sort(stage: &Stage, scan: &str) {
    let stranger = sign_up(&stage.app, &COLLEGE_MOULIN).await;
    let picture = format!("/numerisation/{scan}/page/3");
    let (status, shown) = stage.college.get(&picture).await;
    assert_eq!((status, &shown[..2]), (200, &b"\xff\xd8"[..]));
    assert_eq!(stranger.get(&picture).await.0, 404);
    assert_eq!(stage.lycee.get(&picture).await.0, 404);
    assert_eq!(stage.app.person().get(&picture).await.0, 404);
}

/// The stack and its pictures are gone with one pupil; the other's deposit stays.
async fn erased_with_one_of_its_pupils(stage: &Stage, scan: &str, [kept, gone]: [&str; 2]) {
    let found = stage.college.ask(
        "query($id: String!) { convention(id: $id) { booking { id } } }",
        json!({ "id": gone }),
    );
    let booking = found.await["convention"]["booking"]["id"].as_str().unwrap().to_owned();
    let person = stage.app.pupil_of(&booking).await;
    let context = stage.app.operator(None);
    stage.app.app.journal.erase(person, ErasureGround::Request, &context).await.unwrap();
    stage.app.drain().await;

    for address in [format!("/numerisation/{scan}/page/3"), format!("/numerisation/{scan}/fichier")]
    {
        assert_eq!(stage.college.get(&address).await.0, 410, "{address}");
    }
    assert_eq!(stage.college.get(&format!("/convention/{gone}/depot.pdf")).await.0, 410);
    assert_eq!(stage.college.get(&format!("/convention/{kept}/depot.pdf")).await.0, 200);
    stage.verify().await;
}

#[tokio::test]
async fn a_stack_is_sorted_and_the_rest_by_hand_in_sqlite() {
    a_stack_is_sorted_and_the_rest_by_hand(Backend::Sqlite).await;
}

#[tokio::test]
async fn a_stack_is_sorted_and_the_rest_by_hand_in_postgresql() {
    a_stack_is_sorted_and_the_rest_by_hand(Backend::Postgres).await;
}

#[tokio::test]
async fn a_stack_is_forgotten_after_thirty_days() {
    let stage = Stage::set(Backend::Sqlite).await;
    let sent = send(&stage.college, &stack(&[&letter()])).await;
    let scan = sent["scan"]["id"].as_str().unwrap().to_owned();
    stage.app.drain().await;
    let file = format!("/numerisation/{scan}/fichier");

    stage.app.forward(jiff::SignedDuration::from_hours(29 * 24)).await;
    assert_eq!(
        stage.app.app.read.query(projections::conventions::scans::sorted).await.unwrap().len(),
        1
    );
    stage.app.forward(jiff::SignedDuration::from_hours(2 * 24)).await;

    assert_eq!(
        stage.app.app.read.query(projections::conventions::scans::sorted).await.unwrap(),
        []
    );
    let again = sign_in_again(&stage).await;
    assert_eq!(again.get(&file).await.0, 410);
}

/// Sessions do not last as long as this test's clock.
async fn sign_in_again(stage: &Stage) -> Person {
    let person = stage.app.person();
    crate::support::stage::sign_in(&person, &COLLEGE_COLLINE).await;
    person
}

async fn a_service_killed_while_it_reads_loses_and_doubles_nothing(backend: Backend) {
    let installation = Installation::ready(backend).await;
    let mut service = installation.serve().await;
    let (_, college, slot) = installation.open_slot(8).await;
    let mut all = Vec::new();
    for name in ["Un", "Deux", "Trois"] {
        let wanted = "... on SeatBooked { bookingId }";
        let booked = college.give("bookSeat", wanted, wish(&slot, name, "Ana")).await;
        let convention = convention_of(booked["bookingId"].as_str().unwrap());
        all.push((convention.clone(), scanned(&original(&college, &convention).await)));
    }
    let mut pages: Vec<&[u8]> =
        all.iter().flat_map(|(_, pages)| pages).map(Vec::as_slice).collect();
    let strange = letter();
    pages.extend([strange.as_slice(); 4]);

    let sent = send(&college, &stack(&pages)).await;
    let scan = sent["scan"]["id"].as_str().unwrap().to_owned();
    some_pages_are_read(&college, &scan).await;
    service.kill();
    service = installation.serve().await;

    let found = loop {
        let found = contents(&college, &scan).await;
        let done = found["contents"]["conventions"].as_array().unwrap();
        let deposited = done.iter().filter(|it| it["state"] == "DEPOSITED").count();
        if found["state"] == "SORTED" && deposited == all.len() {
            break found;
        }
        assert_ne!(found["state"], "REFUSED", "{found:#}");
        tokio::task::yield_now().await;
    };
    assert_eq!(found["contents"]["toClassify"].as_array().unwrap().len(), 4);
    for (convention, pages) in &all {
        let told = deposits(&college, convention).await;
        assert_eq!(told["deposits"], json!([{ "pages": pages.len() }]), "once");
    }
    service.stop().await;
    installation.done(&["projections", "verify"]);
    installation.done(&["log", "verify"]);
}

/// Comes back in the middle of the reading: in the letters at the end every way of looking is tried.
async fn some_pages_are_read(college: &Person, scan: &str) {
    let query = "query($id: ID!) { scan(id: $id) { state progress { read } } }";
    loop {
        let found = college.ask(query, json!({ "id": scan })).await["scan"].clone();
        assert_eq!(found["state"], "RECEIVED", "{found:#}");
        if found["progress"]["read"].as_u64().is_some_and(|read| read > 0) {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// The convention's original, once it is made.
async fn original(college: &Person, convention: &str) -> Vec<u8> {
    loop {
        let (status, pdf) = college.get(&format!("/convention/{convention}/original.pdf")).await;
        if status == 200 {
            return pdf;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_killed_while_it_reads_loses_and_doubles_nothing_in_sqlite() {
    a_service_killed_while_it_reads_loses_and_doubles_nothing(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_killed_while_it_reads_loses_and_doubles_nothing_in_postgresql() {
    a_service_killed_while_it_reads_loses_and_doubles_nothing(Backend::Postgres).await;
}
