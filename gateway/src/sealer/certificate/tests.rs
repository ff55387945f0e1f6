//! The service’s own certificate: made once, kept sealed, renewed in time.

use std::fmt::Write as _;

use documents::{
    seal,
    signatures::{Trust, verify},
};
use journal::Settings;

use super::*;

const KEY: [u8; 32] = [7; 32];

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn rows() -> Rows {
    Journal::open(Settings::memory()).await.unwrap().rows()
}

async fn open(rows: &Rows, key: [u8; 32], now: &str) -> Result<Pair, BadSeal> {
    Pair::own(rows, &key, "https://stages.example.fr", at(now)).await
}

#[tokio::test]
async fn a_certificate_is_made_at_first_start_and_kept() {
    let rows = rows().await;

    let first = open(&rows, KEY, "2026-11-26T08:00:00Z").await.unwrap();
    let again = open(&rows, KEY, "2030-11-26T08:00:00Z").await.unwrap();

    let key = SealingKey::from_pem(first.current(), first.secret()).unwrap();
    assert_eq!(key.expires(), Some(at("2036-11-26T00:00:00Z")));
    assert_eq!(first.certificates, again.certificates);
    let shown = format!("{key:?}");
    assert!(shown.contains("CN=Escale · stages.example.fr"), "{shown}");
}

#[tokio::test]
async fn the_key_is_not_in_the_row_and_another_master_key_does_not_read_it() {
    let rows = rows().await;
    open(&rows, KEY, "2026-11-26T08:00:00Z").await.unwrap();

    let kept: Vec<(String, String)> = rows.list(KIND).await.unwrap();
    let other = open(&rows, [8; 32], "2026-11-26T08:00:00Z").await;

    let bytes = STANDARD.decode(&kept[0].1).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("BEGIN"));
    assert!(matches!(other, Err(BadSeal::OtherMasterKey)));
}

#[tokio::test]
async fn a_certificate_near_its_end_is_renewed_and_its_seals_stay_ours() {
    let rows = rows().await;
    let pdf = specimen();
    let old = open(&rows, KEY, "2026-11-26T08:00:00Z").await.unwrap();
    let key = SealingKey::from_pem(old.current(), old.secret()).unwrap();
    let sealed = seal::seal(&pdf, &key, at("2027-01-01T08:00:00Z")).unwrap();

    let new = open(&rows, KEY, "2036-01-01T08:00:00Z").await.unwrap();

    assert_ne!(new.current().trim(), old.current().trim());
    assert!(new.certificates.contains(old.certificates.trim()));
    let trust = Trust::nobody(at("2036-01-01T08:00:00Z")).and_ours(&new.certificates).unwrap();
    assert!(verify(&sealed, &trust)[0].by_us);
}

#[tokio::test]
async fn gateways_that_start_together_have_one() {
    let rows = rows().await;
    let now = "2026-11-26T08:00:00Z";

    let (one, other) = tokio::join!(open(&rows, KEY, now), open(&rows, KEY, now));

    assert_eq!(one.unwrap().certificates, other.unwrap().certificates);
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
