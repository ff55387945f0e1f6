//! What the document that all have signed proves by itself: its seal, its printed address, its bytes.

use documents::{
    deposit::{Limits, inspect},
    signatures::{Integrity, Trust, verify},
};
use serde_json::{Value, json};

use crate::{
    signing::Asked,
    support::{Person, TestApp},
};

/// The signed document proves itself outside of Escale: one seal, ours, over all of it; Poppler,
/// which knows nothing of us, finds it whole too.
pub(crate) fn bears_our_seal(app: &TestApp, signed: &[u8]) {
    let ours = Trust::nobody(app.clock.now()).and_ours(app.app.sealer.certificates());
    let found = verify(signed, &ours.unwrap());
    let [seal] = found.as_slice() else { panic!("one seal: {found:#?}") };
    assert_eq!(seal.integrity, Integrity::Intact);
    assert!(seal.by_us && seal.trusted && seal.covers_whole_file);

    let file = app.dir.path().join("signed.pdf");
    std::fs::write(&file, signed).unwrap();
    let said = std::process::Command::new("pdfsig").arg("-nocert").arg(&file).output().unwrap();
    let said = String::from_utf8(said.stdout).unwrap();
    assert!(said.contains("Signature Validation: Signature is Valid."), "{said}");
    assert!(said.contains("Total document signed"), "{said}");
}

/// What is written on a document.
pub(crate) fn text_of(app: &TestApp, pdf: &[u8]) -> String {
    let file = app.dir.path().join("written.pdf");
    std::fs::write(&file, pdf).unwrap();
    let mut read = std::process::Command::new("pdftotext");
    let read = read.args(["-enc", "UTF-8"]).arg(&file).arg("-").output().unwrap();
    String::from_utf8(read.stdout).unwrap()
}

/// The code to photograph opens the page that verifies it, with what is to be typed there.
pub(crate) async fn bears_its_address(asked: &Asked, signed: &[u8]) {
    let file = asked.stage.app.dir.path().join("printed.pdf");
    std::fs::write(&file, signed).unwrap();
    let mut draw = std::process::Command::new("pdftoppm");
    let last = inspect(signed, &Limits::default()).unwrap().pages.to_string();
    let drawn = draw.args(["-gray", "-png", "-r", "150", "-f", &last]).arg(&file).output().unwrap();
    let picture = image::load_from_memory(&drawn.stdout).unwrap().into_luma8();
    let (width, height) = picture.dimensions();
    let codes = rxing::helpers::detect_multiple_in_luma(picture.into_raw(), width, height);
    let codes = codes.unwrap();
    let mut texts = codes.iter().map(rxing::RXingResult::getText);
    let link = texts.find(|text| text.contains("/verifier")).unwrap();
    let (page, typed) = link.split_once('#').unwrap();
    let (reference, code) = typed.split_once('/').unwrap();
    assert_eq!(reference, asked.reference().await);
    let anyone = asked.stage.app.person();
    let page = page.strip_prefix(&asked.stage.app.app.config.public_url).unwrap();
    let (_, said) = anyone.press(page, &[("reference", reference), ("code", code)]).await;
    assert!(said.contains("Ce document est authentique"), "{said}");
}

/// What anybody is told of a file.
pub(crate) async fn verified(person: &Person, file: &[u8]) -> Value {
    use sha2::{Digest as _, Sha256};
    let query = "query($input: VerifySignedConventionInput!) {
        done: verifySignedConvention(input: $input) { ... on ConventionVerified {
            authentic replaced reference signatures { role at method } } } }";
    let sha256 = hex::encode(Sha256::digest(file));
    let data = person.ask(query, json!({ "input": { "sha256": sha256 } })).await;
    data["done"].clone()
}
