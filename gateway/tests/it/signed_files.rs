//! Files that somebody signed in a PDF reader: looked at when they come, and told to both schools.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use fixtures::schools::COLLEGE_MOULIN;
use lopdf::{Dictionary, Document, IncrementalDocument, Object, Stream};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{
    ANSWERS_TOO_LATE, Backend, DIES, Person, TestApp, on_both,
    stage::{Stage, convention_of, sign_up},
};

/// A folder with certificates and keys of people, and one of those that the operator trusts.
struct Desk(TempDir);

impl Desk {
    fn set() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        std::fs::create_dir(desk.path("trusted")).unwrap();
        desk.certify("head", "/CN=Élodie Fournier/O=Collège de la Colline");
        desk.certify("stranger", "/CN=Jean Inconnu");
        std::fs::copy(desk.path("head.pem"), desk.path("trusted/head.pem")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn certify(&self, name: &str, subject: &str) {
        let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
        let usage = "keyUsage=critical,digitalSignature,nonRepudiation";
        self.run(
            "openssl".as_ref(),
            &[
                "req",
                "-x509",
                "-utf8",
                "-nodes",
                "-days",
                "36500",
                "-newkey",
                "rsa:2048",
                "-subj",
                subject,
                "-addext",
                usage,
                "-keyout",
                &key,
                "-out",
                &certificate,
            ],
        );
    }

    /// The PDF as `name` signs it, in a field of its own.
    fn signed(&self, name: &str, pdf: &[u8]) -> Vec<u8> {
        std::fs::write(self.path("plain.pdf"), pdf).unwrap();
        let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
        let field = format!("1/40,40,240,90/{name}");
        // Installed by `cargo xtask packages` beside what cargo builds.
        let pyhanko: PathBuf =
            [env!("CARGO_TARGET_TMPDIR"), "..", "pyhanko", "bin", "pyhanko"].iter().collect();
        self.run(
            &pyhanko,
            &[
                "sign",
                "addsig",
                "--field",
                &field,
                "--use-pades",
                "pemder",
                "--key",
                &key,
                "--cert",
                &certificate,
                "--no-pass",
                "plain.pdf",
                "signed.pdf",
            ],
        );
        std::fs::read(self.path("signed.pdf")).unwrap()
    }

    fn run(&self, program: &Path, arguments: &[&str]) {
        let output = Command::new(program).args(arguments).current_dir(&self.0).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} {arguments:?}: {said}", program.display());
    }
}

/// The file with a revision in which its first page shows nothing any more.
fn blanked(pdf: &[u8]) -> Vec<u8> {
    let document = Document::load_mem(pdf).unwrap();
    let page = document.page_iter().next().unwrap();
    let mut update = IncrementalDocument::create_from(pdf.to_vec(), document);
    let nothing = Stream::new(Dictionary::new(), b"BT ET".to_vec());
    let nothing = update.new_document.add_object(nothing);
    update.opt_clone_object_to_new_document(page).unwrap();
    let page = update.new_document.get_dictionary_mut(page).unwrap();
    page.set("Contents", Object::Reference(nothing));
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).unwrap();
    bytes
}

const CHECK: &str = "signatureCheck { outcome original signatures {
    signer organisation claimedAt timeStampedAt integrity trusted byPlatform } }";

/// What is told beside the deposits of a convention: of each, and of the last by itself.
async fn told(person: &Person, convention: &str) -> (Vec<Value>, Value) {
    let query = format!(
        "query($id: String!) {{ convention(id: $id) {{
            deposits {{ {CHECK} }} deposit {{ {CHECK} }} }} }}"
    );
    let data = person.ask(&query, json!({ "id": convention })).await;
    let deposits = data["convention"]["deposits"].as_array().unwrap().iter();
    let all = deposits.map(|it| it["signatureCheck"].clone()).collect();
    (all, data["convention"]["deposit"]["signatureCheck"].clone())
}

/// A convention that waits to be returned, and its original.
async fn awaited(stage: &Stage) -> (String, Vec<u8>) {
    let slot = stage.slot(4).await;
    let (booking, _) = stage.book(slot, "Papa", "Paul").await;
    let convention = convention_of(&booking);
    let (status, original) =
        stage.college.get(&format!("/convention/{convention}/original.pdf")).await;
    assert_eq!(status, 200);
    (convention, original)
}

async fn deposit(stage: &Stage, convention: &str, pdf: &[u8]) {
    let input = json!({ "convention": convention });
    let done = stage.college.upload("depositConvention", "", input, pdf).await;
    assert_ne!(done["__typename"], "Refused", "{done:#}");
    stage.app.drain().await;
}

async fn what_the_signatures_of_a_deposit_say_is_told_beside_it(backend: Backend) {
    let desk = Desk::set();
    let app = TestApp::start_trusting(backend, &desk.path("trusted")).await;
    let stage = Stage::set_on(app).await;
    let (convention, original) = awaited(&stage).await;
    let by_head = desk.signed("head", &original);
    let now = stage.app.clock.now();
    let mut forged = by_head.clone();
    forged[original.len() / 2] ^= 1;

    let files = [
        original.clone(),
        by_head.clone(),
        desk.signed("stranger", &by_head),
        blanked(&by_head),
        desk.signed("stranger", &blanked(&original)),
        stage.app.app.sealer.seal(original.clone(), now).await.unwrap(),
        forged,
    ];
    for file in &files {
        deposit(&stage, &convention, file).await;
    }

    let (all, last) = told(&stage.lycee, &convention).await;
    let seen: Vec<String> = all.iter().map(in_short).collect();
    assert_eq!(
        seen,
        [
            "Kept",
            "Kept; Élodie Fournier: INTACT trusted",
            "Kept; Élodie Fournier: INTACT trusted; Jean Inconnu: INTACT",
            "Altered; Élodie Fournier: ALTERED trusted",
            "Altered; Jean Inconnu: INTACT",
            "Kept; Escale: INTACT trusted ours",
            "Absent; Élodie Fournier: ALTERED trusted",
        ]
    );
    assert_eq!(last, all[6]);
    let first = &all[1]["signatures"][0];
    assert_eq!(first["organisation"], "Collège de la Colline");
    assert!(first["claimedAt"].is_string() && first["timeStampedAt"].is_null(), "{first}");

    // The school of origin is told the same; another does not know of the convention.
    assert_eq!(told(&stage.college, &convention).await, (all, last));
    let stranger = sign_up(&stage.app, &COLLEGE_MOULIN).await;
    let query =
        format!("query($id: String!) {{ convention(id: $id) {{ deposit {{ {CHECK} }} }} }}");
    let unseen = stranger.raw(&query, json!({ "id": convention })).await;
    assert!(unseen["data"]["convention"].is_null(), "{unseen}");
    stage.verify().await;
}

/// « Kept; Élodie Fournier: INTACT trusted »
fn in_short(check: &Value) -> String {
    assert_eq!(check["outcome"], "LOOKED", "{check}");
    let original = match check["original"].as_str().unwrap() {
        "KEPT" => "Kept",
        "ALTERED" => "Altered",
        "ABSENT" => "Absent",
        other => other,
    };
    let mut said = vec![original.to_owned()];
    for one in check["signatures"].as_array().unwrap() {
        // The seal is named after the address of the service.
        let name = one["signer"].as_str().unwrap().split(" · ").next().unwrap();
        let mut words = format!("{name}: {}", one["integrity"].as_str().unwrap());
        for (field, word) in [("trusted", " trusted"), ("byPlatform", " ours")] {
            if one[field] == true {
                words.push_str(word);
            }
        }
        said.push(words);
    }
    said.join("; ")
}

/// Deposits an original while looking for signatures is broken: it is taken, and that nothing is
/// known of its signatures is told beside it.
async fn a_look_does_not_end(backend: Backend, how: &str) {
    let stage = Stage::set_on(TestApp::start_with_child(backend, "Signatures", how).await).await;
    let (convention, original) = awaited(&stage).await;

    deposit(&stage, &convention, &original).await;

    let (_, last) = told(&stage.lycee, &convention).await;
    assert_eq!(last["outcome"], "UNFINISHED");
    assert!(last["original"].is_null() && last["signatures"] == json!([]), "{last}");
    let (_, kept) = stage.lycee.get(&format!("/convention/{convention}/depot.pdf")).await;
    assert_eq!(kept, original);
}

async fn a_look_that_breaks_is_told_and_the_file_is_kept(backend: Backend) {
    a_look_does_not_end(backend, DIES).await;
}

async fn a_look_that_hangs_is_ended_and_told_and_the_file_is_kept(backend: Backend) {
    a_look_does_not_end(backend, ANSWERS_TOO_LATE).await;
}

on_both!(
    what_the_signatures_of_a_deposit_say_is_told_beside_it,
    a_look_that_breaks_is_told_and_the_file_is_kept,
    a_look_that_hangs_is_ended_and_told_and_the_file_is_kept,
);
