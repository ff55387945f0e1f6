//! The life of a convention, as its row tells it.

use domain::conventions::{
    convention::{ConventionLapse, ConventionTab},
    terms::Change,
};
use domain::kernel::personal::Personal;

use super::*;
use crate::{
    ministages::sample::{
        AT, HOST, ORIGIN, OTHER, amended, booking, convention, deposited, document, generated,
        person, uai, world,
    },
    spec::{Facts, forgets, given, unchanged_by_a_rebuild},
};

fn made() -> Facts {
    world().then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN))
}

fn then(facts: Facts, event: ConventionEvent) -> Facts {
    facts.then(convention(11).uuid(), event)
}

fn returned() -> Facts {
    then(made(), deposited(11, person(1), "first-digest"))
}

fn validated() -> Facts {
    then(returned(), ConventionEvent::ConventionValidated { convention: convention(11) })
}

fn invalidated(was_validated: bool) -> ConventionEvent {
    ConventionEvent::ConventionInvalidated {
        convention: convention(11),
        reason: Personal::new(person(1), "Signature-unique".to_owned()),
        was_validated,
    }
}

fn read(facts: &Facts) -> Convention {
    given::<Conventions>(facts).query(|db| by_id(db, convention(11))).unwrap()
}

#[test]
fn a_new_convention_is_not_returned_and_serves_its_original() {
    let row = read(&made());

    assert_eq!((row.state, row.tab()), (Standing::Generated, Some(ConventionTab::NotReturned)));
    assert_eq!(row.current_document(), (&document(person(1), "original-digest"), 2));
    assert_eq!((row.deposits, row.deposit.clone()), (0, None));
    assert_eq!(row.reference, "C-7F3K-0011");
}

#[test]
fn a_deposit_waits_and_the_original_is_still_served() {
    let row = read(&returned());

    assert_eq!(row.tab(), Some(ConventionTab::AwaitingValidation));
    assert_eq!(row.current_document().1, 2);
    let deposit = row.deposit.unwrap();
    assert_eq!((deposit.document, deposit.pages), (document(person(1), "first-digest"), 3));
    assert_eq!(row.deposits, 1);
}

#[test]
fn a_deposit_found_wrong_stays_where_it_is_with_the_reason() {
    let wrong = then(returned(), invalidated(false));
    let again = then(wrong.clone(), deposited(11, person(1), "second-digest"));

    let row = read(&wrong);
    assert_eq!(row.tab(), Some(ConventionTab::AwaitingValidation));
    assert_eq!((row.non_conforming, row.reason.as_deref()), (true, Some("Signature-unique")));
    let row = read(&again);
    assert_eq!((row.non_conforming, row.reason), (false, None));
    assert_eq!((row.deposits, row.invalidations), (2, 1));
}

#[test]
fn a_validated_convention_serves_what_was_deposited_until_it_is_invalidated() {
    let row = read(&validated());
    assert_eq!(row.tab(), Some(ConventionTab::Validated));
    assert_eq!(row.current_document().0.blob, "bfirst-digest");

    let row = read(&then(validated(), invalidated(true)));
    assert_eq!((row.state, row.tab()), (Standing::Reopened, Some(ConventionTab::NotReturned)));
    assert_eq!((row.non_conforming, row.reason.as_deref()), (false, Some("Signature-unique")));
    assert_eq!(row.current_document().0.blob, "boriginal-digest");
    assert!(row.deposit.is_some(), "what was deposited is kept");
}

#[test]
fn a_regeneration_brings_the_original_state_back() {
    let regenerated = ConventionEvent::ConventionRegenerated { convention: convention(11) };

    let row = read(&then(then(returned(), invalidated(false)), regenerated));

    assert_eq!(row.state, Standing::Generated);
    assert_eq!((row.deposit, row.reason, row.non_conforming), (None, None, false));
    assert_eq!((row.deposits, row.invalidations), (1, 1));
}

#[test]
fn what_says_something_else_is_a_new_print_and_the_one_before_is_known_as_replaced() {
    let origin = uai(ORIGIN);
    let replaced = |facts: &Facts, scope, of: &str| {
        let found = given::<Conventions>(facts).query(|db| superseded(db, scope, of));
        found.into_iter().map(|it| (it.print, it.original.digest)).collect::<Vec<_>>()
    };
    let facts = then(validated(), amended(11, person(1), 2));

    let row = read(&facts);
    assert_eq!((row.state, row.print, row.deposit.clone()), (Standing::Generated, 2, None));
    assert_eq!(row.changes, [Change::Place, Change::Class]);
    assert_eq!((row.amended_at, row.validated_at), (Some(AT), None));
    assert_eq!(row.current_document().0, &document(person(1), "amended-digest-2"));
    let current = given::<Conventions>(&facts).query(|db| candidates_of_origin(db, &origin));
    assert_eq!((current[0].print, &current[0].original), (2, &row.original));
    let first = [(1, document(person(1), "original-digest").digest)];
    assert_eq!(replaced(&facts, Scope::Origin, ORIGIN), first);
    assert_eq!(replaced(&facts, Scope::Host, HOST), first);
    assert_eq!(replaced(&facts, Scope::Named, &convention(11).uuid().to_string()), first);
    assert_eq!(replaced(&facts, Scope::Origin, OTHER), []);
    assert_eq!(replaced(&validated(), Scope::Origin, ORIGIN), []);
    forgets::<Conventions>(&facts, person(1), &["original-digest"]);
    unchanged_by_a_rebuild::<Conventions>(&facts);
}

#[test]
fn a_void_convention_shows_in_no_tab_and_serves_what_had_been_validated() {
    let lapsed = ConventionEvent::ConventionLapsed {
        convention: convention(11),
        cause: ConventionLapse::BookingCancelled,
    };

    let row = read(&then(validated(), lapsed.clone()));
    assert_eq!((row.state, row.tab()), (Standing::Lapsed, None));
    assert_eq!(row.lapse, Some(ConventionLapse::BookingCancelled));
    assert_eq!(row.current_document().0.blob, "bfirst-digest");
    let row = read(&then(returned(), lapsed));
    assert_eq!(row.current_document().0.blob, "boriginal-digest");
}

#[test]
fn a_convention_is_found_by_its_booking_its_reference_and_among_many() {
    let rows = given::<Conventions>(&made());

    assert!(rows.query(|db| of_booking(db, booking(11))).is_some());
    assert!(rows.query(|db| by_reference(db, "C-7F3K-0011")).is_some());
    assert_eq!(rows.query(|db| by_reference(db, "C-0000-0000")), None);
    assert_eq!(rows.query(|db| by_ids(db, &[convention(11), convention(12)])).len(), 1);
}

#[test]
fn candidates_are_those_for_which_a_deposit_may_come() {
    let of = |facts: &Facts, school: &str| {
        given::<Conventions>(facts).query(|db| candidates_of_origin(db, &uai(school)))
    };

    let expected = Candidate {
        convention: convention(11),
        original: document(person(1), "original-digest"),
        print: 1,
    };
    assert_eq!(of(&returned(), ORIGIN), std::slice::from_ref(&expected));
    assert_eq!(of(&made(), OTHER), []);
    assert_eq!(of(&validated(), ORIGIN), []);
    let hosted = given::<Conventions>(&made()).query(|db| candidates_of_host(db, &uai(HOST)));
    assert_eq!(hosted, [expected]);
}

#[test]
fn a_reminder_is_dated() {
    let row = read(&then(made(), ConventionEvent::ReminderSent { convention: convention(11) }));

    assert!(row.reminded_at > Some(row.generated_at));
}

#[test]
fn a_rebuild_gives_the_same_conventions() {
    unchanged_by_a_rebuild::<Conventions>(&then(validated(), invalidated(true)));
}

#[test]
fn an_erased_pupil_is_forgotten() {
    let facts = then(returned(), invalidated(false));

    forgets::<Conventions>(&facts, person(1), &["Signature-unique"]);

    let row = read(&facts.then_erased(person(1)));
    assert_eq!(row.original.digest, Personal::erased(person(1)));
}
