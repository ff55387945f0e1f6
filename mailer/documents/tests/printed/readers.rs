//! Sealed documents in the programs that people open them with, and signatures of pyHanko.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use documents::attendance::{render_certificate, render_sheet};
use documents::convention::{render, render_signed};
use documents::seal;
use documents::signatures::{self, Integrity, Trust, unchanged_since};
use jiff::Timestamp;
use tempfile::TempDir;

use crate::attendance;
use crate::authority::{clock, person, platform, time_stamp};
use crate::sample::{self, KEY};
use crate::tools::{ask, ask_bytes};

fn later() -> Timestamp {
    "2100-01-01T00:00:00Z".parse().unwrap()
}

fn at() -> Timestamp {
    "2026-12-07T09:00:32Z".parse().unwrap()
}

/// Every document of ours: plain, signed online, sealed, sealed with a time stamp.
fn documents() -> Vec<(&'static str, Vec<u8>)> {
    let key = platform().sealing();
    let online = render_signed(&sample::stamped(), &sample::signing(), KEY).unwrap();
    let sealed = seal::seal(&online, &key, at()).unwrap();
    let prepared = seal::prepare(&online, &key, at()).unwrap();
    let answer = time_stamp(&prepared.time_stamp_request().unwrap());
    vec![
        ("empty boxes", render(&sample::convention(), KEY).unwrap()),
        ("stored signatures", render(&sample::signed(), KEY).unwrap()),
        ("signed online", online),
        ("sealed", sealed),
        ("sealed with a time stamp", prepared.time_stamped(&answer).unwrap()),
    ]
}

/// Papers that nobody sends back.
fn papers() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("attendance sheet", render_sheet(&attendance::sheet()).unwrap()),
        ("certificate", render_certificate(&attendance::certificate()).unwrap()),
    ]
}

#[test]
fn every_document_opens_without_a_warning_in_qpdf_poppler_and_mupdf() {
    for (name, pdf) in documents().into_iter().chain(papers()) {
        let checked = ask("qpdf", &["--check", "{}"], &pdf);
        assert!(checked.contains("No syntax or stream encoding errors"), "{name}: {checked}");
        assert!(!checked.contains("WARNING"), "{name}: {checked}");

        // Each of these fails the test by itself when it complains.
        ask_bytes("pdftoppm", &["-r", "40", "-png", "{}"], &pdf);
        mutool(&["draw", "-q", "-r", "40", "-F", "png", "-o", "/dev/null"], &pdf);
        mutool(&["info"], &pdf);
    }
}

/// What mutool complains of, but for what it says of itself: Debian builds it without ICC.
fn mutool(arguments: &[&str], pdf: &[u8]) {
    let folder = desk(pdf);
    let output = Command::new("mutool")
        .args(arguments)
        .arg(folder.path().join("document.pdf"))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let complaint: Vec<&str> =
        said.lines().filter(|line| *line != "warning: ICC support is not available").collect();
    assert!(output.status.success() && complaint.is_empty(), "mutool {arguments:?}: {complaint:?}");
}

#[test]
fn chromium_shows_a_sealed_document() {
    let (_, pdf) = documents().swap_remove(3);
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("document.pdf"), &pdf).unwrap();
    let picture = folder.path().join("picture.png");

    let output = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--window-size=800,1000"])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("--screenshot={}", picture.display()))
        .arg(format!("file://{}", folder.path().join("document.pdf").display()))
        .stdin(Stdio::null())
        .output()
        .unwrap();

    assert!(output.status.success());
    let shown = image::open(&picture).unwrap().to_luma8();
    let dark = shown.pixels().filter(|pixel| pixel.0[0] < 60).count();
    assert!(dark > 2_000, "{dark} dark pixels");
}

/// pyHanko, installed by `cargo xtask packages` beside what cargo builds.
fn pyhanko(folder: &Path, arguments: &[&str]) -> String {
    let program: PathBuf =
        [env!("CARGO_TARGET_TMPDIR"), "..", "pyhanko", "bin", "pyhanko"].iter().collect();
    let output = Command::new(&program)
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap_or_else(|error| panic!("{}: {error}: run cargo xtask packages", program.display()));
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said).into_owned();
    assert!(output.status.success(), "pyhanko {arguments:?}: {said}");
    said
}

/// A folder with a document, the platform's certificate, and a person's.
fn desk(pdf: &[u8]) -> TempDir {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, content: &[u8]| std::fs::write(folder.path().join(name), content);
    write("document.pdf", pdf).unwrap();
    write("platform.pem", platform().certificate.as_bytes()).unwrap();
    write("clock.pem", clock().certificate.as_bytes()).unwrap();
    write("person.pem", person().certificate.as_bytes()).unwrap();
    write("person.key", person().key.as_bytes()).unwrap();
    folder
}

const CHECK: &str = "sign validate --pretty-print --no-revocation-check --trust-replace \
    --trust platform.pem --trust clock.pem document.pdf";

#[test]
fn pyhanko_says_that_a_sealed_document_is_whole_and_by_whom() {
    for (name, pdf) in documents().into_iter().skip(3) {
        let said = pyhanko(desk(&pdf).path(), &CHECK.split_whitespace().collect::<Vec<_>>());

        assert!(said.contains("Escale · Démo Paul"), "{name}: {said}");
        assert!(said.contains("The signature is judged VALID."), "{name}: {said}");
        assert!(said.contains("The signature covers the entire file."), "{name}: {said}");
    }
}

/// The original of a convention, signed by a person with pyHanko as in a PDF reader.
fn signed_by_a_person(pdf: &[u8]) -> Vec<u8> {
    let folder = desk(pdf);
    let sign = ["sign", "addsig", "--field", "1/40,40,240,90/Signature", "--use-pades", "pemder"];
    let with =
        ["--key", "person.key", "--cert", "person.pem", "--no-pass", "document.pdf", "signed.pdf"];
    pyhanko(folder.path(), &[&sign[..], &with].concat());
    std::fs::read(folder.path().join("signed.pdf")).unwrap()
}

fn original() -> &'static [u8] {
    static ORIGINAL: LazyLock<Vec<u8>> = LazyLock::new(|| render(&sample::signed(), KEY).unwrap());
    &ORIGINAL
}

#[test]
fn a_signature_of_pyhanko_is_intact_and_trusted_if_its_root_is() {
    let signed = signed_by_a_person(original());

    let unknown = signatures::verify(&signed, &Trust::nobody(later()));
    let known = signatures::verify(
        &signed,
        &Trust::nobody(later()).and_roots(&person().certificate).unwrap(),
    );

    let [one] = &unknown[..] else { panic!("{unknown:?}") };
    assert_eq!(one.integrity, Integrity::Intact);
    assert_eq!(one.signer.as_deref(), Some("Élodie Fournier"));
    assert_eq!(one.organisation.as_deref(), Some("Collège de la Colline"));
    assert!(one.covers_whole_file && !one.trusted && !one.by_us && one.claimed.is_some());
    assert!(known[0].trusted);
    assert!(signed.starts_with(original()) && unchanged_since(&signed, original().len()));
}

#[test]
fn a_seal_and_a_signature_of_pyhanko_leave_each_other_intact() {
    let sealed = seal::seal(original(), &platform().sealing(), at()).unwrap();

    for signed in [
        signed_by_a_person(&sealed),
        seal::seal(&signed_by_a_person(original()), &platform().sealing(), at()).unwrap(),
    ] {
        let found = signatures::verify(&signed, &Trust::nobody(later()));
        let integrities: Vec<Integrity> = found.iter().map(|one| one.integrity).collect();

        assert_eq!(integrities, [Integrity::Intact, Integrity::Intact]);
        let said = ask("pdfsig", &["-nocert", "{}"], &signed);
        assert_eq!(said.matches("Signature is Valid.").count(), 2, "{said}");
    }
}
