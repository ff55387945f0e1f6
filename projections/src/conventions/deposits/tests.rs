//! What was deposited stays.

use super::*;
use crate::{
    ministages::sample::{ORIGIN, convention, deposited, document, generated, person, world},
    spec::{Facts, forgets, given, unchanged_by_a_rebuild},
};

fn twice() -> Facts {
    let id = convention(11).uuid();
    world()
        .then(id, generated(1, 11, person(1), ORIGIN))
        .then(id, deposited(11, person(1), "first-digest"))
        .then(id, ConventionEvent::ConventionRegenerated { convention: convention(11) })
        .then(id, deposited(11, person(1), "second-digest"))
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
fn a_rebuild_gives_the_same_deposits() {
    unchanged_by_a_rebuild::<Deposits>(&twice());
}

#[test]
fn an_erased_pupils_digests_are_forgotten() {
    let facts = twice();
    let before = given::<Deposits>(&facts).query(|db| of_convention(db, convention(11)));
    assert!(before[0].document.digest.known().is_some());

    forgets::<Deposits>(&facts, person(1), &[]);

    let after = given::<Deposits>(&facts.then_erased(person(1)));
    let after = after.query(|db| of_convention(db, convention(11)));
    assert_eq!(after[0].document.digest, Personal::erased(person(1)));
}
