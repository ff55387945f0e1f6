//! The service’s own certificate: made once, kept sealed, renewed in time.

use std::fmt::Write as _;

use documents::{
    seal,
    signatures::{Trust, verify},
};
use tempfile::TempDir;

use super::*;

const KEY: [u8; 32] = [7; 32];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn open(folder: &TempDir, key: [u8; 32], now: &str) -> Result<Pair, BadSeal> {
    Pair::own(folder.path().join(FILE), &key, "https://stages.example.fr", at(now))
}

#[test]
fn a_certificate_is_made_at_first_start_and_kept() {
    let folder = TempDir::new().unwrap();

    let first = open(&folder, KEY, "2026-11-26T08:00:00Z").unwrap();
    let again = open(&folder, KEY, "2030-11-26T08:00:00Z").unwrap();

    let key = SealingKey::from_pem(first.current(), first.secret()).unwrap();
    assert_eq!(key.expires(), Some(at("2036-11-26T00:00:00Z")));
    assert_eq!(first.certificates, again.certificates);
    let shown = format!("{key:?}");
    assert!(shown.contains("CN=Escale · stages.example.fr"), "{shown}");
}

#[test]
fn the_key_is_not_in_the_file_and_another_master_key_does_not_read_it() {
    let folder = TempDir::new().unwrap();
    open(&folder, KEY, "2026-11-26T08:00:00Z").unwrap();

    let bytes = std::fs::read(folder.path().join(FILE)).unwrap();
    let other = open(&folder, [8; 32], "2026-11-26T08:00:00Z");

    assert!(!String::from_utf8_lossy(&bytes).contains("BEGIN"));
    assert!(matches!(other, Err(BadSeal::OtherMasterKey { .. })));
}

#[test]
fn a_certificate_near_its_end_is_renewed_and_its_seals_stay_ours() {
    let folder = TempDir::new().unwrap();
    let pdf = specimen();
    let old = open(&folder, KEY, "2026-11-26T08:00:00Z").unwrap();
    let key = SealingKey::from_pem(old.current(), old.secret()).unwrap();
    let sealed = seal::seal(&pdf, &key, at("2027-01-01T08:00:00Z")).unwrap();

    let new = open(&folder, KEY, "2036-01-01T08:00:00Z").unwrap();

    assert_ne!(new.current().trim(), old.current().trim());
    assert!(new.certificates.contains(old.certificates.trim()));
    let trust = Trust::nobody(at("2036-01-01T08:00:00Z")).and_ours(&new.certificates).unwrap();
    assert!(verify(&sealed, &trust)[0].by_us);
}

/// The smallest PDF with a page.
fn specimen() -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    ];
    let mut text = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in (1..).zip(objects) {
        writeln!(table, "{:010} 00000 n ", text.len()).unwrap();
        writeln!(text, "{number} 0 obj\n{object}\nendobj").unwrap();
    }
    let start = text.len();
    writeln!(text, "xref\n0 4\n{table}trailer\n<< /Size 4 /Root 1 0 R >>").unwrap();
    writeln!(text, "startxref\n{start}\n%%EOF").unwrap();
    text.into_bytes()
}
