//! A stack, its pages, and who would be shown by it.

use domain::{
    conventions::scan_batch::{NotDeposited, ScanCounts, Unclassified},
    kernel::personal::Personal,
};

use super::*;
use crate::{
    ministages::sample::{
        HOST, ORIGIN, convention, document, generated, person, platform, uai, world,
    },
    spec::{Facts, forgets, given, unchanged_by_a_rebuild},
};

const BATCH: ScanBatchId = ScanBatchId::from_u128(70);

fn received(batch: ScanBatchId) -> ScanEvent {
    ScanEvent::ScanReceived {
        batch,
        platform: Some(platform()),
        sender: uai(ORIGIN),
        side: Side::Origin,
        document: document(batch.key(), "stack-digest"),
        name: Some(Personal::new(batch.key(), "Zoé-Unique.pdf".to_owned())),
    }
}

fn recognised(page: u16, of: u128, number: u16) -> ScanEvent {
    ScanEvent::PageRecognised { batch: BATCH, page, place: place(of, number), ink: None }
}

fn place(of: u128, number: u16) -> PagePlace {
    PagePlace { convention: convention(of), number, of: 2 }
}

fn unclassified(page: u16, reason: Unclassified) -> ScanEvent {
    ScanEvent::PageUnclassified {
        batch: BATCH,
        page,
        reason,
        place: None,
        guesses: vec![place(11, 2)],
        picture: Some(document(BATCH.key(), "picture-digest")),
    }
}

fn end(pages: u16) -> ScanEvent {
    let counts = ScanCounts { pages, recognised: 1, unclassified: 1, aside: 0 };
    ScanEvent::ScanSorted { batch: BATCH, counts }
}

/// Conventions 11 of pupil 1 and 12 of pupil 2, both of the sender; a stack with page 1 of 11
/// and a page without a code.
fn stack() -> Facts {
    world()
        .then(convention(11).uuid(), generated(1, 11, person(1), ORIGIN))
        .then(convention(12).uuid(), generated(1, 12, person(2), ORIGIN))
        .then(BATCH.uuid(), received(BATCH))
        .then(BATCH.uuid(), recognised(1, 11, 1))
        .then(BATCH.uuid(), unclassified(2, Unclassified::NoCode))
        .then(BATCH.uuid(), end(2))
}

fn assigned(facts: Facts) -> Facts {
    let event = ScanEvent::PageAssigned { batch: BATCH, page: 2, place: place(11, 2) };
    facts.then(BATCH.uuid(), event)
}

#[test]
fn a_stack_waits_then_is_sorted() {
    let waiting = given::<Scans>(&world().then(BATCH.uuid(), received(BATCH)));
    assert_eq!(waiting.query(to_read), [BATCH]);
    assert_eq!(waiting.query(sorted), []);

    let rows = given::<Scans>(&stack());

    let scan = rows.query(|db| by_id(db, BATCH)).unwrap();
    assert_eq!((scan.state, scan.pages), (ScanStanding::Sorted, Some(2)));
    assert_eq!(scan.name.as_deref(), Some("Zoé-Unique.pdf"));
    assert_eq!(rows.query(to_read), []);
    assert_eq!(rows.query(sorted), [BATCH]);
    let pages = rows.query(|db| pages(db, BATCH));
    assert_eq!(pages[0].attached(), Some(place(11, 1)));
    assert_eq!((pages[1].attached(), pages[1].reason), (None, Some(Unclassified::NoCode)));
    assert_eq!(pages[1].guesses, [place(11, 2)]);
    assert_eq!(pages[1].picture, Some(document(BATCH.key(), "picture-digest")));
}

#[test]
fn a_school_finds_the_stacks_it_sent_on_its_side() {
    let rows = given::<Scans>(&stack());
    let sent = |school: &str, side, slug: &str| {
        let (school, slug) = (uai(school), slug.parse().unwrap());
        rows.query(move |db| of_school(db, &school, side, Some(&slug), Window::first(10))).total
    };

    assert_eq!(sent(ORIGIN, Side::Origin, platform().as_str()), 1);
    assert_eq!(sent(ORIGIN, Side::Host, platform().as_str()), 0);
    assert_eq!(sent(HOST, Side::Origin, platform().as_str()), 0);
    assert_eq!(sent(ORIGIN, Side::Origin, "ailleurs"), 0);
}

#[test]
fn a_page_is_assigned_or_set_aside_and_what_became_of_it_is_told() {
    let facts = assigned(stack())
        .then(
            BATCH.uuid(),
            ScanEvent::PagesRefused {
                batch: BATCH,
                convention: convention(11),
                pages: vec![1, 2],
                cause: NotDeposited::NotAwaited,
            },
        )
        .then(BATCH.uuid(), ScanEvent::PageDiscarded { batch: BATCH, page: 2 });
    let before = given::<Scans>(&assigned(stack()));
    let after = given::<Scans>(&facts);

    assert_eq!(before.query(|db| pages(db, BATCH))[1].attached(), Some(place(11, 2)));
    let discarded = &after.query(|db| pages(db, BATCH))[1];
    assert_eq!((discarded.state, discarded.place), (PageStanding::Discarded, None));
    let outcome = &after.query(|db| outcomes(db, BATCH))[0];
    assert_eq!(outcome.pages, [1, 2]);
    assert_eq!(outcome.refused, Some(NotDeposited::NotAwaited));
}

#[test]
fn a_stack_shows_whom_it_is_of_and_while_a_page_is_unknown_anyone_of_the_school() {
    let shown = |facts: &Facts, whom| {
        let definitions = crate::catalogue::ALL;
        crate::spec::given_all(definitions, facts).query(|db| showing(db, person(whom)))
    };

    assert_eq!(shown(&stack(), 1), [BATCH]);
    assert_eq!(shown(&stack(), 2), [BATCH]);
    assert_eq!(shown(&stack(), 3), []);
    assert_eq!(shown(&assigned(stack()), 1), [BATCH]);
    assert_eq!(shown(&assigned(stack()), 2), []);
    let unread = world()
        .then(convention(12).uuid(), generated(1, 12, person(2), ORIGIN))
        .then(BATCH.uuid(), received(BATCH));
    assert_eq!(shown(&unread, 2), [BATCH]);
    assert_eq!(shown(&stack().then_erased(BATCH.key()), 1), []);
}

#[test]
fn a_rebuild_gives_the_same_stacks() {
    unchanged_by_a_rebuild::<Scans>(&assigned(stack()));
}

#[test]
fn an_erased_stack_is_forgotten() {
    forgets::<Scans>(&stack(), BATCH.key(), &["Zoé-Unique"]);

    let rows = given::<Scans>(&stack().then_erased(BATCH.key()));

    assert!(rows.query(|db| by_id(db, BATCH)).unwrap().erased);
    let kept = rows.query(|db| kept_since(db, Timestamp::MAX));
    assert_eq!(kept, []);
    assert_eq!(given::<Scans>(&stack()).query(|db| kept_since(db, Timestamp::MAX)), [BATCH]);
}
