//! What was deposited stays.

use domain::conventions::convention::{
    FoundSignature, OriginalWithin, SignatureCheck, SignatureIntegrity,
};

use super::*;
use crate::{
    ministages::sample::{ORIGIN, convention, deposited, document, generated, person, world},
    spec::{Facts, forgets, given, unchanged_by_a_rebuild},
};

/// Somebody signed our original, with a certificate that nobody vouches for.
fn signed() -> SignatureCheck {
    let signature = FoundSignature {
        signer: Some(Personal::new(person(1), "Élodie Fournier".to_owned())),
        organisation: None,
        claimed: Some("2027-01-05T08:00:00Z".parse().unwrap()),
        time_stamped: None,
        integrity: SignatureIntegrity::Intact,
        trusted: false,
        by_platform: false,
    };
    let altered = FoundSignature {
        signer: None,
        integrity: SignatureIntegrity::Altered,
        ..signature.clone()
    };
    let signatures = vec![altered, signature];
    SignatureCheck::Looked { original: OriginalWithin::Kept, signatures }
}

fn with(check: SignatureCheck, event: ConventionEvent) -> ConventionEvent {
    let ConventionEvent::ConventionDeposited {
        convention, document, pages, side, recognised, ..
    } = event
    else {
        return event;
    };
    ConventionEvent::ConventionDeposited {
        convention,
        document,
        pages,
        side,
        recognised,
        signatures: check,
    }
}

fn twice() -> Facts {
    let id = convention(11).uuid();
    world()
        .then(id, generated(1, 11, person(1), ORIGIN))
        .then(id, deposited(11, person(1), "first-digest"))
        .then(id, ConventionEvent::ConventionRegenerated { convention: convention(11) })
        .then(id, with(signed(), deposited(11, person(1), "second-digest")))
}

#[test]
fn every_deposit_is_kept_in_order() {
    let rows = given::<Deposits>(&twice());

    let kept = rows.query(|db| of_convention(db, convention(11)));

    let sequences: Vec<_> = kept.iter().map(|it| it.sequence).collect();
    assert_eq!(sequences, [2, 4]);
    assert_eq!(kept[0].document, document(person(1), "first-digest"));
    assert_eq!((kept[1].pages, kept[1].side), (3, Side::Origin));
    assert_eq!(rows.query(|db| one(db, convention(11), 4)).as_ref(), Some(&kept[1]));
    assert_eq!(rows.query(|db| one(db, convention(11), 3)), None);
}

#[test]
fn what_the_signatures_of_each_said_is_kept_beside_it() {
    let rows = given::<Deposits>(&twice());
    let check = |sequence| rows.query(|db| check(db, convention(11), sequence));

    assert_eq!(check(Some(2)), Some(SignatureCheck::NotLooked));
    assert_eq!(check(Some(4)), Some(signed()));
    assert_eq!(check(None), Some(signed()), "of the last");
    assert_eq!(check(Some(3)), None);
}

#[test]
fn a_check_that_did_not_end_is_told_as_such() {
    let unfinished = with(SignatureCheck::Unfinished, deposited(11, person(1), "digest"));
    let facts = world()
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN))
        .then(convention(11).uuid(), unfinished);

    let rows = given::<Deposits>(&facts);

    let found = rows.query(|db| check(db, convention(11), None));
    assert_eq!(found, Some(SignatureCheck::Unfinished));
}

#[test]
fn a_rebuild_gives_the_same_deposits() {
    unchanged_by_a_rebuild::<Deposits>(&twice());
}

#[test]
fn an_erased_pupils_digests_are_forgotten() {
    let facts = twice();
    let before = given::<Deposits>(&facts).query(|db| of_convention(db, convention(11)));
    assert!(before[0].document.digest.known().is_some());

    forgets::<Deposits>(&facts, person(1), &["Élodie Fournier"]);

    let after = given::<Deposits>(&facts.then_erased(person(1)));
    let check = after.query(|db| check(db, convention(11), None));
    let Some(SignatureCheck::Looked { signatures, .. }) = check else { panic!("{check:?}") };
    assert!(signatures.iter().all(|one| one.signer.is_none()));
    let after = after.query(|db| of_convention(db, convention(11)));
    assert_eq!(after[0].document.digest, Personal::erased(person(1)));
}
