//! The seal of the platform, as other programs see it.

use std::sync::LazyLock;

use der::asn1::Int;
use der::{Decode, Encode};
use documents::convention::render_signed;
use documents::seal::{self, BadKey, SealFault, SealingKey};
use documents::signatures::{self, Integrity, Trust, unchanged_since};
use jiff::Timestamp;

use crate::authority::{clock, person, platform, time_stamp};
use crate::sample::{self, KEY};
use crate::tools::ask;

fn at() -> Timestamp {
    "2026-12-07T09:00:32Z".parse().unwrap()
}

fn plain() -> &'static [u8] {
    static PLAIN: LazyLock<Vec<u8>> =
        LazyLock::new(|| render_signed(&sample::stamped(), &sample::signing(), KEY).unwrap());
    &PLAIN
}

fn sealed() -> Vec<u8> {
    seal::seal(plain(), &platform().sealing(), at()).unwrap()
}

fn trust() -> Trust {
    // While the certificates of the tests, made when they run, are in force.
    let later = "2100-01-01T00:00:00Z".parse().unwrap();
    Trust::nobody(later).and_ours(&platform().certificate).unwrap()
}

#[test]
fn the_seal_goes_on_after_the_very_bytes_of_the_document() {
    let sealed = sealed();

    assert_eq!(&sealed[..plain().len()], plain());
    assert!(unchanged_since(&sealed, plain().len()));
    assert!(sealed.len() - plain().len() < 10_000, "{} bytes", sealed.len() - plain().len());
}

#[test]
fn we_know_our_own_seal() {
    let found = signatures::verify(&sealed(), &trust());

    let [seal] = &found[..] else { panic!("{found:?}") };
    assert_eq!(seal.integrity, Integrity::Intact);
    assert_eq!(seal.signer.as_deref(), Some("Escale · Démo Paul"));
    assert_eq!(seal.organisation.as_deref(), Some("Escale"));
    assert_eq!((seal.claimed, seal.time_stamped), (Some(at()), None));
    assert!(seal.by_us && seal.trusted && seal.covers_whole_file);
}

#[test]
fn pdfsig_says_that_it_is_whole() {
    let said = ask("pdfsig", &["-nocert", "{}"], &sealed());

    assert!(said.contains("Signature Validation: Signature is Valid."), "{said}");
    assert!(said.contains("Total document signed"), "{said}");
    assert!(said.contains("Signature Type: ETSI.CAdES.detached"), "{said}");
    assert!(said.contains("Signer Certificate Common Name: Escale · Démo Paul"), "{said}");
}

#[test]
fn an_rsa_key_seals_too() {
    let sealed = seal::seal(plain(), &person().sealing(), at()).unwrap();

    let said = ask("pdfsig", &["-nocert", "{}"], &sealed);
    let found = signatures::verify(&sealed, &trust());

    assert!(said.contains("Signature Validation: Signature is Valid."), "{said}");
    assert_eq!(found[0].integrity, Integrity::Intact);
    assert!(!found[0].by_us && !found[0].trusted);
}

#[test]
fn a_time_stamp_is_asked_for_checked_and_kept() {
    let prepared = seal::prepare(plain(), &platform().sealing(), at()).unwrap();
    let answer = time_stamp(&prepared.time_stamp_request().unwrap());
    let sealed = prepared.time_stamped(&answer).unwrap();

    let unknown = signatures::verify(&sealed, &trust());
    let known = signatures::verify(&sealed, &trust().and_roots(&clock().certificate).unwrap());

    assert_eq!(unknown[0].integrity, Integrity::Intact);
    assert_eq!(unknown[0].time_stamped, None);
    assert!(known[0].time_stamped.is_some_and(|stamped| stamped > Timestamp::UNIX_EPOCH));
    let said = ask("pdfsig", &["-nocert", "{}"], &sealed);
    assert!(said.contains("Signature Validation: Signature is Valid."), "{said}");
}

#[test]
fn the_time_stamp_of_something_else_is_refused() {
    let prepared = seal::prepare(plain(), &platform().sealing(), at()).unwrap();
    let other = seal::prepare(plain(), &platform().sealing(), at()).unwrap();
    let answer = time_stamp(&other.time_stamp_request().unwrap());

    assert!(matches!(prepared.time_stamped(&answer), Err(SealFault::BadTimeStamp)));
}

#[test]
fn a_time_stamp_that_answers_another_question_is_refused() {
    let prepared = seal::prepare(plain(), &platform().sealing(), at()).unwrap();
    let question = prepared.time_stamp_request().unwrap();
    let asked = x509_tsp::TimeStampReq::from_der(&question).unwrap();
    let without = x509_tsp::TimeStampReq { nonce: None, ..asked.clone() };
    let another = x509_tsp::TimeStampReq { nonce: Some(Int::new(&[0x40; 8]).unwrap()), ..asked };

    for other in [without, another] {
        let answer = time_stamp(&other.to_der().unwrap());
        assert!(matches!(prepared.time_stamped(&answer), Err(SealFault::BadTimeStamp)));
    }
    assert!(prepared.time_stamped(&time_stamp(&question)).is_ok());
}

#[test]
fn a_second_seal_leaves_the_first_intact() {
    let twice = seal::seal(&sealed(), &person().sealing(), at()).unwrap();

    let found = signatures::verify(&twice, &trust());

    let seen: Vec<(Integrity, bool)> =
        found.iter().map(|one| (one.integrity, one.covers_whole_file)).collect();
    assert_eq!(seen, [(Integrity::Intact, false), (Integrity::Intact, true)]);
    let said = ask("pdfsig", &["-nocert", "{}"], &twice);
    assert_eq!(said.matches("Signature is Valid.").count(), 2, "{said}");
    assert!(unchanged_since(&twice, plain().len()));
}

#[test]
fn the_same_input_gives_the_same_bytes_but_for_the_signature() {
    let (one, other) = (sealed(), sealed());

    let blank = |bytes: &[u8]| {
        let at = bytes.windows(10).rposition(|window| window == b"/Contents<").unwrap() + 10;
        let end = at + bytes[at..].iter().position(|byte| *byte == b'>').unwrap();
        [&bytes[..at], &bytes[end..]].concat()
    };
    assert_eq!(blank(&one), blank(&other));
}

#[test]
fn a_certificate_and_a_key_must_belong_together() {
    let (ours, theirs) = (platform(), person());
    let seals = |certificate: &str, key: &str| SealingKey::from_pem(certificate, key).err();

    assert_eq!(seals(&ours.certificate, &theirs.key), Some(BadKey::Mismatch));
    assert_eq!(seals("", &ours.key), Some(BadKey::Certificate));
    assert_eq!(seals(&ours.certificate, "no key"), Some(BadKey::Key));
}

#[test]
fn what_is_no_pdf_cannot_be_sealed() {
    let refused = seal::seal(b"%PDF-1.7\nnothing\n%%EOF", &platform().sealing(), at());

    assert!(matches!(refused, Err(SealFault::Unreadable)));
}
