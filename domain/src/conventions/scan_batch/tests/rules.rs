//! What a stack takes, and what it refuses, one rule a test.

use super::*;
use crate::{
    conventions::scan_batch::{DueDeposit, NotDeposited, ScanFlaw, ScanState},
    kernel::{
        decider::Decider as _,
        spec::{given, replayed},
    },
};

fn recognised(page: u16, of: u128, number: u16) -> Event {
    Event::PageRecognised { batch: BATCH, page, place: place(of, number), ink: None }
}

fn unclassified(page: u16, reason: Unclassified) -> Event {
    let (place, guesses, picture) = (None, Vec::new(), None);
    Event::PageUnclassified { batch: BATCH, page, reason, place, guesses, picture }
}

fn assigned(page: u16, of: u128, number: u16) -> Event {
    Event::PageAssigned { batch: BATCH, page, place: place(of, number) }
}

fn deposited(of: u128, pages: &[u16]) -> Event {
    Event::PagesDeposited { batch: BATCH, convention: convention(of), pages: pages.to_vec() }
}

fn counts() -> ScanCounts {
    ScanCounts { pages: 5, recognised: 3, unclassified: 1, aside: 1 }
}

/// Convention 1 whole, page 1 of convention 2, a page without a code, a double.
fn sorted() -> Vec<Event> {
    vec![
        received(),
        recognised(1, 1, 1),
        recognised(2, 1, 2),
        recognised(3, 2, 1),
        unclassified(4, Unclassified::NoCode),
        unclassified(5, Unclassified::Double),
        Event::ScanSorted { batch: BATCH, counts: counts() },
    ]
}

fn and(event: Event) -> Vec<Event> {
    let mut events = sorted();
    events.push(event);
    events
}

fn reading() -> Command {
    let found = |of, number| PageFound::Recognised { place: place(of, number), ink: None };
    let lost = |reason| PageFound::Unclassified {
        reason,
        place: None,
        guesses: Vec::new(),
        picture: None,
    };
    Command::RecordReading {
        pages: vec![
            found(1, 1),
            found(1, 2),
            found(2, 1),
            lost(Unclassified::NoCode),
            lost(Unclassified::Double),
        ],
    }
}

fn receive() -> Command {
    Command::ReceiveScan {
        batch: BATCH,
        platform: None,
        sender: "0590121L".parse().unwrap(),
        side: Side::Origin,
        document: document("stack"),
        name: None,
    }
}

fn assign(page: u16, of: u128, number: u16) -> Command {
    Command::AssignPage { page, place: place(of, number) }
}

fn due(events: &[Event]) -> Vec<DueDeposit> {
    match events.iter().fold(ScanState::default(), ScanBatch::evolve) {
        ScanState::Sorted(sorting) => sorting.due(),
        ScanState::NotReceived | ScanState::Received { .. } | ScanState::Refused(_) => Vec::new(),
    }
}

fn deposit(of: u128, pages: &[u16]) -> DueDeposit {
    DueDeposit { convention: convention(of), pages: pages.to_vec() }
}

#[test]
fn a_file_is_received_once() {
    given::<ScanBatch>(&[]).when(receive()).then(&[received()]);
    given::<ScanBatch>(&[received()]).when(receive()).then_nothing();
    given::<ScanBatch>(&sorted()).when(receive()).then_nothing();
}

#[test]
fn all_its_pages_are_noted_together_and_once() {
    given::<ScanBatch>(&[received()]).when(reading()).then(&sorted()[1..]);
    given::<ScanBatch>(&sorted()).when(reading()).then_nothing();
    given::<ScanBatch>(&[]).when(reading()).then_refused(&Refusal::NoSuchScan);
}

#[test]
fn a_file_that_cannot_be_sorted_is_refused_once_and_takes_no_reading_after_that() {
    let refuse = Command::RefuseScan { flaw: ScanFlaw::Unreadable, page: Some(12) };
    let refused = Event::ScanRefused { batch: BATCH, flaw: ScanFlaw::Unreadable, page: Some(12) };

    given::<ScanBatch>(&[received()]).when(refuse.clone()).then(std::slice::from_ref(&refused));
    given::<ScanBatch>(&[received(), refused.clone()]).when(refuse.clone()).then_nothing();
    given::<ScanBatch>(&[received(), refused]).when(reading()).then_nothing();
    given::<ScanBatch>(&sorted()).when(refuse).then_nothing();
}

#[test]
fn nothing_is_sorted_by_hand_before_the_stack_is_read() {
    let by_hand = [
        assign(4, 2, 2),
        Command::DiscardPage { page: 4 },
        Command::DepositIncomplete { convention: convention(2) },
        Command::RecordPages { convention: convention(1), pages: vec![1, 2], refused: None },
    ];
    for command in by_hand {
        given::<ScanBatch>(&[]).when(command.clone()).then_refused(&Refusal::NoSuchScan);
        given::<ScanBatch>(&[received()]).when(command).then_refused(&Refusal::ScanNotSorted);
    }
}

#[test]
fn a_person_says_where_a_page_without_a_code_belongs() {
    given::<ScanBatch>(&sorted()).when(assign(4, 2, 2)).then(&[assigned(4, 2, 2)]);
    given::<ScanBatch>(&and(assigned(4, 2, 2))).when(assign(4, 2, 2)).then_nothing();
    given::<ScanBatch>(&and(assigned(4, 2, 2))).when(assign(4, 3, 1)).then(&[assigned(4, 3, 1)]);
}

#[test]
fn a_page_stays_where_its_code_says() {
    let free = |page| Refusal::PageNotFree { page };

    given::<ScanBatch>(&sorted()).when(assign(1, 2, 2)).then_refused(&free(1));
    given::<ScanBatch>(&sorted()).when(assign(5, 2, 2)).then_refused(&free(5));
    given::<ScanBatch>(&sorted()).when(Command::DiscardPage { page: 1 }).then_refused(&free(1));
    let mut done = and(assigned(4, 2, 2));
    done.push(deposited(2, &[3, 4]));
    given::<ScanBatch>(&done).when(assign(4, 3, 1)).then_refused(&free(4));
}

#[test]
fn a_place_holds_one_page() {
    given::<ScanBatch>(&sorted())
        .when(assign(4, 1, 2))
        .then_refused(&Refusal::PlaceTaken { page: 2 });
    given::<ScanBatch>(&sorted())
        .when(assign(4, 2, 3))
        .then_refused(&Refusal::NoSuchPlace { number: 3, of: 2 });
    given::<ScanBatch>(&sorted())
        .when(assign(40, 2, 2))
        .then_refused(&Refusal::NoSuchPage { page: 40 });
}

#[test]
fn a_page_is_set_aside_and_may_be_taken_back() {
    let discard = |page| Command::DiscardPage { page };
    let discarded = |page| Event::PageDiscarded { batch: BATCH, page };

    given::<ScanBatch>(&sorted()).when(discard(4)).then(&[discarded(4)]);
    given::<ScanBatch>(&sorted()).when(discard(5)).then(&[discarded(5)]);
    given::<ScanBatch>(&and(discarded(4))).when(discard(4)).then_nothing();
    given::<ScanBatch>(&and(discarded(4))).when(assign(4, 2, 2)).then(&[assigned(4, 2, 2)]);
    given::<ScanBatch>(&and(assigned(4, 2, 2))).when(discard(4)).then(&[discarded(4)]);
    given::<ScanBatch>(&sorted()).when(discard(40)).then_refused(&Refusal::NoSuchPage { page: 40 });
}

#[test]
fn what_is_complete_is_due_until_it_is_deposited() {
    assert_eq!(due(&sorted()), [deposit(1, &[1, 2])]);
    assert_eq!(due(&and(deposited(1, &[1, 2]))), []);
    let mut more = and(assigned(4, 2, 2));
    assert_eq!(due(&more), [deposit(2, &[3, 4]), deposit(1, &[1, 2])]);
    more.push(Event::PagesRefused {
        batch: BATCH,
        convention: convention(1),
        pages: vec![1, 2],
        cause: NotDeposited::NotAwaited,
    });
    assert_eq!(due(&more), [deposit(2, &[3, 4])]);
}

#[test]
fn what_is_incomplete_is_due_once_a_person_wants_it_and_again_once_it_is_whole() {
    let want = Command::DepositIncomplete { convention: convention(2) };
    let wanted = Event::IncompleteAccepted { batch: BATCH, convention: convention(2) };

    given::<ScanBatch>(&sorted()).when(want.clone()).then(std::slice::from_ref(&wanted));
    given::<ScanBatch>(&and(wanted.clone())).when(want).then_nothing();
    given::<ScanBatch>(&sorted())
        .when(Command::DepositIncomplete { convention: convention(7) })
        .then_refused(&Refusal::NothingToDeposit);

    let mut events = and(wanted);
    events.push(deposited(1, &[1, 2]));
    assert_eq!(due(&events), [deposit(2, &[3])]);
    events.push(deposited(2, &[3]));
    assert_eq!(due(&events), []);
    events.push(assigned(4, 2, 2));
    assert_eq!(due(&events), [deposit(2, &[3, 4])]);
}

#[test]
fn what_became_of_pages_is_noted_once() {
    let record =
        Command::RecordPages { convention: convention(1), pages: vec![1, 2], refused: None };

    given::<ScanBatch>(&sorted()).when(record.clone()).then(&[deposited(1, &[1, 2])]);
    given::<ScanBatch>(&and(deposited(1, &[1, 2]))).when(record).then_nothing();
}

#[test]
fn its_events_tell_all_that_its_rules_need() {
    let events = and(assigned(4, 2, 2));
    let state = events.iter().fold(ScanState::default(), ScanBatch::evolve);

    assert_eq!(replayed::<ScanBatch>(&events).unwrap(), state);
}
