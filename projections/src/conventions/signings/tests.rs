//! The last round, and who stands where in it.

use domain::{
    conventions::signing::{Channel, Contact, LinkCause, SignatureMethod, SigningEnd},
    kernel::{ids::LinkId, personal::Personal},
};

use super::*;
use crate::{
    ministages::sample::{convention, person, world},
    spec::{Facts, forgets, given, unchanged_by_a_rebuild},
};

const LINK: LinkId = LinkId::from_u128(77);

fn personal(text: &str) -> Personal<String> {
    Personal::new(person(1), text.to_owned())
}

fn opened(round: u16) -> SigningEvent {
    let contact = Contact {
        name: "Claire Marqueur".to_owned(),
        email: "claire.marqueur@example.org".parse().unwrap(),
        phone: None,
    };
    SigningEvent::SigningOpened {
        convention: convention(11),
        round,
        document: personal("document-digest"),
        invited: vec![Invited {
            role: Signatory::Guardian,
            contact: Personal::new(person(1), contact),
        }],
        stored: vec![Signatory::Origin],
        ends: "2027-01-13T11:00:00Z".parse().unwrap(),
    }
}

fn link() -> SigningEvent {
    SigningEvent::SigningLinkSent {
        convention: convention(11),
        role: Signatory::Guardian,
        link: LINK,
        channel: Channel::Mail,
        cause: LinkCause::Opening,
        at: "2026-12-20T08:15:00Z".parse().unwrap(),
        expires: "2027-01-03T08:15:00Z".parse().unwrap(),
    }
}

fn applied() -> SigningEvent {
    SigningEvent::SignatureApplied {
        convention: convention(11),
        role: Signatory::Guardian,
        evidence: Evidence {
            name: personal("Claire Signataire"),
            method: SignatureMethod::Typed,
            picture: None,
            words: personal("lu et approuvé"),
            network: Some(personal("203.0.113.0/24")),
            document: personal("document-digest"),
            channel: Channel::Mail,
        },
    }
}

fn completed() -> SigningEvent {
    let roles = vec![Signatory::Guardian];
    SigningEvent::SigningCompleted { convention: convention(11), roles }
}

fn asked() -> Facts {
    let id = convention(11).uuid();
    world().then(id, opened(1)).then(id, link())
}

fn signed_by_all() -> Facts {
    let id = convention(11).uuid();
    asked().then(id, applied()).then(id, completed())
}

fn found(facts: &Facts) -> Signing {
    given::<Signings>(facts).query(|db| of_convention(db, convention(11))).unwrap()
}

/// The convention says something else: the guardian signs again.
fn asked_again() -> SigningEvent {
    let contact = Contact {
        name: "Claire Corrigée".to_owned(),
        email: "claire.corrigee@example.org".parse().unwrap(),
        phone: Some("06 00 00 00 02".to_owned()),
    };
    SigningEvent::SignaturesAskedAgain {
        convention: convention(11),
        round: 2,
        document: personal("second-digest"),
        changes: vec![Change::GuardianName],
        kept: vec![Signatory::Host],
        invited: vec![Invited {
            role: Signatory::Guardian,
            contact: Personal::new(person(1), contact),
        }],
        stored: vec![Signatory::Origin],
        ends: "2027-01-13T11:00:00Z".parse().unwrap(),
    }
}

fn signed_by_the_host() -> SigningEvent {
    let SigningEvent::SignatureApplied { convention, evidence, .. } = applied() else {
        panic!("not a signature")
    };
    SigningEvent::SignatureApplied { convention, role: Signatory::Host, evidence }
}

#[test]
fn who_signs_again_awaits_and_the_signature_of_the_others_is_kept() {
    let id = convention(11).uuid();
    let SigningEvent::SigningOpened { convention: of, round, document, mut invited, stored, ends } =
        opened(1)
    else {
        panic!("not opened")
    };
    let host = Invited { role: Signatory::Host, contact: invited[0].contact.clone() };
    invited.push(host);
    let opened =
        SigningEvent::SigningOpened { convention: of, round, document, invited, stored, ends };
    let facts = world().then(id, opened).then(id, applied()).then(id, signed_by_the_host());
    let facts = facts.then(id, completed()).then(id, asked_again());

    let round = given::<Signings>(&facts).query(|db| of_convention(db, convention(11))).unwrap();

    assert_eq!((round.round, round.state, round.completed_at), (2, SigningStanding::Open, None));
    assert_eq!(round.changes, [Change::GuardianName]);
    assert_eq!(round.document.as_deref(), Some("second-digest"));
    let found: Vec<_> = round.signers.iter().map(|it| (it.role, it.standing)).collect();
    assert_eq!(
        found,
        [
            (Signatory::Origin, SignerStanding::Stored),
            (Signatory::Guardian, SignerStanding::Awaited),
            (Signatory::Host, SignerStanding::Signed),
        ]
    );
    let guardian = &round.signers[1];
    assert_eq!(guardian.email.as_ref().unwrap().as_str(), "claire.corrigee@example.org");
    assert_eq!(guardian.phone.as_deref(), Some("06 00 00 00 02"));
    assert_eq!((guardian.signed.clone(), guardian.link), (None, None));
    let kept = round.signers[2].signed.as_ref().unwrap();
    assert_eq!(kept.document.as_deref(), Some("document-digest"));
    forgets::<Signings>(&facts, person(1), &["claire.corrigee", "06 00 00 00 02", "second-digest"]);
    unchanged_by_a_rebuild::<Signings>(&facts);
}

#[test]
fn it_says_who_is_awaited_and_by_which_link() {
    let signing = found(&asked());

    assert_eq!((signing.round, signing.state), (1, SigningStanding::Open));
    assert_eq!(signing.document.as_deref(), Some("document-digest"));
    let [origin, guardian] = signing.signers.as_slice() else { panic!("two boxes") };
    assert_eq!((origin.role, origin.standing), (Signatory::Origin, SignerStanding::Stored));
    assert_eq!((guardian.role, guardian.standing), (Signatory::Guardian, SignerStanding::Awaited));
    assert_eq!((guardian.link, guardian.name.as_deref()), (Some(LINK), Some("Claire Marqueur")));
}

#[test]
fn a_signature_is_kept_with_what_proves_it_and_the_link_is_gone() {
    let signing = found(&signed_by_all());

    assert_eq!(signing.state, SigningStanding::Completed);
    assert!(signing.completed_at.is_some());
    let guardian = &signing.signers[1];
    let signed = guardian.signed.as_ref().unwrap();
    assert_eq!((guardian.standing, guardian.link), (SignerStanding::Signed, None));
    assert_eq!(signed.name.as_deref(), Some("Claire Signataire"));
    assert_eq!(signed.network.as_deref(), Some("203.0.113.0/24"));
}

#[test]
fn another_round_begins_with_nothing_signed() {
    let id = convention(11).uuid();
    let closed =
        SigningEvent::SigningClosed { convention: convention(11), cause: SigningEnd::Regenerated };
    let facts = signed_by_all().then(id, closed);
    assert_eq!(found(&facts).state, SigningStanding::Closed);

    let signing = found(&facts.then(id, opened(2)));

    assert_eq!((signing.round, signing.state), (2, SigningStanding::Open));
    assert!(signing.signers.iter().all(|signer| signer.signed.is_none()));
}

#[test]
fn a_rebuild_gives_the_same_signings() {
    unchanged_by_a_rebuild::<Signings>(&signed_by_all());
}

#[test]
fn an_erased_pupils_signing_names_nobody() {
    let names = ["Claire Marqueur", "claire.marqueur", "Claire Signataire", "203.0.113"];

    forgets::<Signings>(&signed_by_all(), person(1), &names);
}
