//! Files that break whoever reads them: each is refused with its reason, nothing of it is stored,
//! and the service goes on.

use std::io::Write as _;

use fixtures::schools::COLLEGE_COLLINE;
use flate2::{Compression, write::ZlibEncoder};
use image::ImageFormat;
use serde_json::{Value, json};

use crate::{
    hostile_stacks::{CATALOGUE, pdf},
    journey::walk,
    photographs::{self, picture},
    stacks::{letter, send, stack},
    support::{
        ANSWERS_TOO_LATE, Backend, DIES, Person, TestApp, on_both,
        stage::{Stage, convention_of},
    },
};

const TOLD: &str = "Ce fichier n’a pas pu être lu jusqu’au bout\u{202f}: enregistrez-le de nouveau ou \
                    numérisez-le, puis déposez-le.";

/// Three objects, each an array of four million noughts, packed: some kilobytes, and more than a
/// gigabyte for whoever parses them, within the time that there is.
fn arrays() -> Vec<u8> {
    let noughts = [b"9 0 [".as_slice(), "0 ".repeat(4_000_000).as_bytes(), b"]"].concat();
    let mut into = ZlibEncoder::new(Vec::new(), Compression::best());
    into.write_all(&noughts).unwrap();
    let packed = into.finish().unwrap();
    let head =
        format!("<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>stream\n", packed.len());
    let packed = [head.as_bytes(), &packed, b"\nendstream "].concat();
    let tree = b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec();
    let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>".to_vec();
    let mut objects = vec![CATALOGUE.to_vec(), tree, page];
    objects.extend(std::iter::repeat_n(packed, 3));
    pdf(&objects)
}

async fn booked(stage: &Stage) -> String {
    let slot = stage.slot(4).await;
    convention_of(&stage.book(slot, "Papa", "Paul").await.0)
}

async fn deposit(person: &Person, convention: &str, file: &[u8]) -> Value {
    let input = json!({ "convention": convention });
    person.upload("depositConvention", "", input, file).await
}

fn stored(stage: &Stage) -> usize {
    walk(&stage.app.dir.path().join("documents"))
}

fn is_refused(answer: &Value, field: &str) {
    let told = [&answer["code"], &answer["message"], &answer["field"]];
    assert_eq!(told, [&json!("FILE_UNREADABLE"), &json!(TOLD), &json!(field)], "{answer:#}");
}

/// Whichever door a PDF comes by.
async fn a_pdf_that_breaks_its_reader_is_refused(backend: Backend, how: &str) {
    let stage = Stage::set_on(TestApp::start_with_child(backend, "Inspect", how).await).await;
    let convention = booked(&stage).await;
    let file = stack(&[&letter()]);
    let before = stored(&stage);

    let (named, sent) =
        tokio::join!(deposit(&stage.college, &convention, &file), send(&stage.college, &file));

    is_refused(&named, "file");
    is_refused(&sent, "file");
    assert_eq!(stored(&stage), before);
    assert_eq!(stage.college.get(&format!("/convention/{convention}/depot.pdf")).await.0, 404);

    // Nothing else is harmed: what the next child reads is taken.
    stage.app.mend_child();
    let taken = deposit(&stage.college, &convention, &file).await;
    assert_eq!(taken["__typename"], "ConventionDeposited", "{taken:#}");
    stage.app.drain().await;
    stage.verify().await;
}

async fn a_pdf_that_kills_its_reader_is_refused(backend: Backend) {
    a_pdf_that_breaks_its_reader_is_refused(backend, DIES).await;
}

async fn a_pdf_that_is_read_for_ever_is_refused(backend: Backend) {
    a_pdf_that_breaks_its_reader_is_refused(backend, ANSWERS_TOO_LATE).await;
}

async fn photographs_that_break_their_reader_are_refused(backend: Backend) {
    let stage = Stage::set_on(TestApp::start_with_child(backend, "Bind", DIES).await).await;
    let convention = booked(&stage).await;
    let page = picture(ImageFormat::Jpeg);
    let before = stored(&stage);

    let done = photographs::deposit(&stage.college, &convention, &[&page, &page]).await;

    is_refused(&done["data"]["done"], "files.0");
    assert_eq!(stored(&stage), before);
    stage.app.mend_child();
    let done = photographs::deposit(&stage.college, &convention, &[&page, &page]).await;
    assert_eq!(done["data"]["done"]["convention"]["tab"], "AWAITING_VALIDATION", "{done:#}");
}

async fn a_signature_that_breaks_its_reader_is_refused(backend: Backend) {
    let stage = Stage::set_on(TestApp::start_with_child(backend, "Picture", DIES).await).await;
    let before = stored(&stage);
    let store = || {
        let input = json!({ "uai": COLLEGE_COLLINE.code });
        let picture = picture(ImageFormat::Png);
        let college = stage.college.clone();
        async move { college.upload("storeSignature", "", input, &picture).await }
    };

    is_refused(&store().await, "file");

    assert_eq!(stored(&stage), before);
    stage.app.mend_child();
    assert_eq!(store().await["__typename"], "SpaceChanged");
    assert_eq!(stored(&stage), before + 1);
}

on_both!(
    a_pdf_that_kills_its_reader_is_refused,
    a_pdf_that_is_read_for_ever_is_refused,
    photographs_that_break_their_reader_are_refused,
    a_signature_that_breaks_its_reader_is_refused,
);

#[tokio::test]
async fn a_small_pdf_that_needs_a_gigabyte_is_refused() {
    let stage = Stage::set(Backend::Sqlite).await;
    let convention = booked(&stage).await;
    let file = arrays();
    assert!(file.len() < 50_000);

    is_refused(&deposit(&stage.college, &convention, &file).await, "file");
}

#[tokio::test]
async fn without_a_child_nothing_is_known_of_the_file() {
    let stage = Stage::set_on(TestApp::start_without_child().await).await;
    let convention = booked(&stage).await;
    let before = stored(&stage);
    let input = json!({ "school": COLLEGE_COLLINE.code, "side": "ORIGIN" });

    let pages = photographs::deposit(&stage.college, &convention, &[&letter()]).await;
    let sent = stage.college.try_upload("receiveScan", "", input, &stack(&[&letter()])).await;

    for answer in [pages, sent] {
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{answer:#}");
    }
    assert_eq!(stored(&stage), before);
}
