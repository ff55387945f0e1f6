//! The rules, and the table of every state with every command.

mod amended;

use super::{
    Convention, ConventionCommand as Command, ConventionEvent as Event, ConventionLapse,
    ConventionRefusal, ConventionState, ConventionTab, Parties, Recognition, SignatureCheck,
    current_document, tab,
};
use crate::{
    conventions::terms::{Change, Terms},
    kernel::{
        decider::Decider as _,
        document::StoredDocument,
        ids::{BookingId, ConventionId, PersonId, SlotId},
        personal::Personal,
        spec::given,
    },
    ministages::slot::{PupilIdentity, Side},
};
use jiff::{
    Timestamp,
    civil::{date, time},
};

const ZOE: PersonId = PersonId::from_u128(1);
const BOOKING: BookingId = BookingId::from_u128(2);

fn convention() -> ConventionId {
    ConventionId::of(BOOKING)
}

fn document(blob: &str) -> StoredDocument {
    StoredDocument {
        blob: blob.to_owned(),
        length: 31_744,
        digest: Personal::new(ZOE, format!("clear-{blob}")),
    }
}

fn parties() -> Parties {
    Parties {
        platform: "lycee-demo-paul".parse().unwrap(),
        slot: SlotId::from_u128(3),
        booking: BOOKING,
        host: "0491234A".parse().unwrap(),
        origin: "0590121L".parse().unwrap(),
        pupil: ZOE,
    }
}

fn generated() -> Event {
    Event::ConventionGenerated {
        convention: convention(),
        parties: parties(),
        reference: "C-7F3K-92QD".to_owned(),
        original: document("original"),
        pages: 2,
        template: "1".to_owned(),
        terms: Some(terms("B 204")),
    }
}

fn terms(room: &str) -> Personal<Terms> {
    let terms = Terms {
        date: date(2027, 1, 13),
        start: time(9, 0, 0, 0),
        end: time(12, 0, 0, 0),
        room: Some(room.to_owned()),
        teacher: None,
        pupil: PupilIdentity {
            last_name: "Témoin".to_owned(),
            first_name: "Zoé".to_owned(),
            birth_date: None,
            class: None,
            guardian: None,
        },
        rest: "aa".repeat(32),
    };
    Personal::new(ZOE, terms)
}

fn amended(print: u16, changes: &[Change]) -> Event {
    Event::ConventionAmended {
        convention: convention(),
        print,
        original: document("amended"),
        pages: 2,
        template: "1".to_owned(),
        terms: terms("B 207"),
        changes: changes.to_vec(),
        at: now(),
    }
}

fn now() -> Timestamp {
    "2026-12-20T08:15:00Z".parse().unwrap()
}

fn deposited(blob: &str) -> Event {
    Event::ConventionDeposited {
        convention: convention(),
        document: document(blob),
        pages: 2,
        side: Side::Origin,
        recognised: Recognition::ByHand,
        signatures: SignatureCheck::NotLooked,
    }
}

fn signed_online() -> Event {
    let Event::ConventionDeposited { convention, document, pages, side, signatures, .. } =
        deposited("one")
    else {
        panic!("not a deposit")
    };
    let recognised = Recognition::SignedOnline;
    Event::ConventionDeposited { convention, document, pages, side, recognised, signatures }
}

fn validated() -> Event {
    Event::ConventionValidated { convention: convention() }
}

fn invalidated(was_validated: bool) -> Event {
    Event::ConventionInvalidated { convention: convention(), reason: reason(), was_validated }
}

fn regenerated() -> Event {
    Event::ConventionRegenerated { convention: convention() }
}

fn lapsed() -> Event {
    Event::ConventionLapsed { convention: convention(), cause: ConventionLapse::BookingCancelled }
}

fn reminder_sent() -> Event {
    Event::ReminderSent { convention: convention() }
}

fn reason() -> Personal<String> {
    Personal::new(ZOE, "la signature du responsable manque".to_owned())
}

fn generate() -> Command {
    Command::GenerateConvention {
        convention: convention(),
        parties: parties(),
        reference: "C-7F3K-92QD".to_owned(),
        original: document("original"),
        pages: 2,
        template: "1".to_owned(),
        terms: terms("B 204"),
    }
}

fn amend(print: u16, changes: &[Change]) -> Command {
    Command::AmendConvention {
        print,
        original: document("amended"),
        pages: 2,
        template: "1".to_owned(),
        terms: terms("B 207"),
        changes: changes.to_vec(),
        at: now(),
    }
}

fn deposit(blob: &str) -> Command {
    Command::DepositConvention {
        document: document(blob),
        pages: 2,
        side: Side::Origin,
        recognised: Recognition::ByHand,
        signatures: SignatureCheck::NotLooked,
        print: None,
    }
}

fn invalidate() -> Command {
    Command::InvalidateConvention { reason: reason() }
}

fn lapse() -> Command {
    Command::LapseConvention { cause: ConventionLapse::BookingCancelled }
}

fn state_after(events: &[Event]) -> ConventionState {
    events.iter().fold(ConventionState::default(), Convention::evolve)
}

/// How each state is reached.
fn history(state: &str) -> Vec<Event> {
    match state {
        "NotGenerated" => vec![],
        "Generated" => vec![generated()],
        "Generated, reminded" => vec![generated(), reminder_sent()],
        "Generated again" => vec![generated(), deposited("one"), regenerated()],
        "Deposited" => vec![generated(), deposited("one")],
        "Deposited, signed online" => vec![generated(), signed_online()],
        "Validated, signed online" => vec![generated(), signed_online(), validated()],
        "Amended" => vec![generated(), amended(2, &[Change::Place])],
        "Deposited, reminded" => vec![generated(), reminder_sent(), deposited("one")],
        "Deposited, non conforming" => vec![generated(), deposited("one"), invalidated(false)],
        "Validated" => vec![generated(), deposited("one"), validated()],
        "Reopened" => vec![generated(), deposited("one"), validated(), invalidated(true)],
        "Lapsed" => vec![generated(), lapsed()],
        "Lapsed when validated" => vec![generated(), deposited("one"), validated(), lapsed()],
        other => panic!("no state is called {other}"),
    }
}

/// What came of a command, in a word.
fn word(outcome: &Result<Vec<Event>, ConventionRefusal>) -> &'static str {
    match outcome.as_deref() {
        Ok([]) => "-",
        Ok([Event::ConventionGenerated { .. }]) => "generated",
        Ok([Event::ConventionAmended { .. }]) => "amended",
        Ok([Event::ConventionDeposited { .. }]) => "deposited",
        Ok([Event::ConventionValidated { .. }]) => "validated",
        Ok([Event::ConventionInvalidated { was_validated: false, .. }]) => "invalidated",
        Ok([Event::ConventionInvalidated { was_validated: true, .. }]) => "reopened",
        Ok([Event::ConventionRegenerated { .. }]) => "regenerated",
        Ok([Event::ConventionLapsed { .. }]) => "lapsed",
        Ok([Event::ReminderSent { .. }]) => "reminded",
        Ok([_, _, ..]) => "several events",
        Err(ConventionRefusal::NotPossible { .. }) => "REFUSED",
        Err(ConventionRefusal::AlreadyNonConforming) => "ALREADY",
        Err(ConventionRefusal::Superseded { .. }) => "SUPERSEDED",
    }
}

#[test]
fn every_command_not_drawn_is_refused_with_the_state_and_the_command_named() {
    let commands = [
        ("GenerateConvention", generate()),
        ("DepositConvention", deposit("two")),
        ("ValidateConvention", Command::ValidateConvention),
        ("InvalidateConvention", invalidate()),
        ("RegenerateConvention", Command::RegenerateConvention),
        ("LapseConvention", lapse()),
        ("RemindConvention", Command::RemindConvention),
        ("AmendConvention", amend(2, &[Change::Place])),
        ("AmendConvention", amend(2, &[Change::GuardianName])),
    ];
    // «-» is accepted with nothing to write.
    #[rustfmt::skip]
    let table = [
        //                             generate     deposit      validate     invalidate     regenerate     lapse      remind      amend      respell
        ("NotGenerated",              ["generated", "REFUSED",   "REFUSED",   "REFUSED",     "REFUSED",     "REFUSED", "REFUSED",  "REFUSED", "REFUSED"]),
        ("Generated",                 ["REFUSED",   "deposited", "REFUSED",   "REFUSED",     "-",           "lapsed",  "reminded", "amended", "amended"]),
        ("Generated, reminded",       ["REFUSED",   "deposited", "REFUSED",   "REFUSED",     "-",           "lapsed",  "-",        "amended", "amended"]),
        ("Generated again",           ["REFUSED",   "deposited", "REFUSED",   "REFUSED",     "-",           "lapsed",  "reminded", "amended", "amended"]),
        ("Deposited",                 ["REFUSED",   "deposited", "validated", "invalidated", "regenerated", "lapsed",  "reminded", "amended", "-"]),
        ("Deposited, reminded",       ["REFUSED",   "deposited", "validated", "invalidated", "regenerated", "lapsed",  "-",        "amended", "-"]),
        ("Deposited, non conforming", ["REFUSED",   "deposited", "validated", "ALREADY",     "regenerated", "lapsed",  "reminded", "amended", "-"]),
        ("Deposited, signed online",  ["REFUSED",   "deposited", "validated", "invalidated", "regenerated", "lapsed",  "reminded", "amended", "amended"]),
        ("Validated, signed online",  ["REFUSED",   "REFUSED",   "REFUSED",   "reopened",    "REFUSED",     "lapsed",  "-",        "amended", "amended"]),
        ("Amended",                   ["REFUSED",   "deposited", "REFUSED",   "REFUSED",     "-",           "lapsed",  "reminded", "SUPERSEDED", "SUPERSEDED"]),
        ("Validated",                 ["REFUSED",   "REFUSED",   "REFUSED",   "reopened",    "REFUSED",     "lapsed",  "-",        "amended", "-"]),
        ("Reopened",                  ["REFUSED",   "deposited", "REFUSED",   "REFUSED",     "regenerated", "lapsed",  "reminded", "amended", "amended"]),
        ("Lapsed",                    ["REFUSED",   "REFUSED",   "REFUSED",   "REFUSED",     "REFUSED",     "-",       "-",        "-",       "-"]),
        ("Lapsed when validated",     ["REFUSED",   "REFUSED",   "REFUSED",   "REFUSED",     "REFUSED",     "-",       "-",        "-",       "-"]),
    ];
    for (state, expected) in table {
        let state_name = state_after(&history(state)).name();
        for ((name, command), expected) in commands.iter().zip(expected) {
            let outcome = given::<Convention>(&history(state)).when(command.clone()).outcome();

            assert_eq!(word(&outcome), expected, "{name} when {state}");
            if let Err(ConventionRefusal::NotPossible { command, state }) = outcome {
                assert_eq!((command, state), (*name, state_name));
            }
        }
    }
}

#[test]
fn each_state_shows_in_one_tab_and_conv_serves_one_file() {
    let original = || Some(document("original"));
    let completed = || Some(document("one"));
    #[rustfmt::skip]
    let table = [
        ("NotGenerated",              "NotGenerated", None,                                    None,        None),
        ("Generated",                 "Generated",    Some(ConventionTab::NotReturned),        original(),  None),
        ("Generated again",           "Generated",    Some(ConventionTab::NotReturned),        original(),  None),
        ("Deposited",                 "Deposited",    Some(ConventionTab::AwaitingValidation), original(),  completed()),
        ("Deposited, non conforming", "Deposited",    Some(ConventionTab::AwaitingValidation), original(),  completed()),
        ("Validated",                 "Validated",    Some(ConventionTab::Validated),          completed(), completed()),
        ("Reopened",                  "Reopened",     Some(ConventionTab::NotReturned),        original(),  completed()),
        ("Lapsed",                    "Lapsed",       None,                                    original(),  None),
        ("Lapsed when validated",     "Lapsed",       None,                                    completed(), completed()),
    ];
    for (history_of, name, shown_in, conv, deposit) in table {
        let state = state_after(&history(history_of));

        assert_eq!(state.name(), name, "{history_of}");
        assert_eq!(tab(&state), shown_in, "{history_of}");
        assert_eq!(current_document(&state), conv.as_ref(), "{history_of}");
        assert_eq!(state.deposit(), deposit.as_ref(), "{history_of}");
    }
}

#[test]
fn a_convention_is_generated_once() {
    given::<Convention>(&[]).when(generate()).then(&[generated()]);
    given::<Convention>(&[generated()]).when(generate()).then_refused(
        &ConventionRefusal::NotPossible { command: "GenerateConvention", state: "Generated" },
    );
}

#[test]
fn a_new_deposit_replaces_the_one_found_wrong() {
    let before = [generated(), deposited("one"), invalidated(false)];

    given::<Convention>(&before).when(deposit("two")).then(&[deposited("two")]);

    let after = [before.as_slice(), &[deposited("two")]].concat();
    assert_eq!(
        state_after(&after),
        ConventionState::Deposited {
            of: state_after(&after).generation().unwrap().clone(),
            deposit: document("two"),
            non_conforming: false,
        }
    );
}

#[test]
fn invalidating_a_deposit_leaves_it_waiting_and_says_why() {
    given::<Convention>(&[generated(), deposited("one")])
        .when(invalidate())
        .then(&[invalidated(false)]);
    given::<Convention>(&[generated(), deposited("one"), invalidated(false)])
        .when(invalidate())
        .then_refused(&ConventionRefusal::AlreadyNonConforming);
}

#[test]
fn a_host_that_looked_too_fast_may_validate_what_it_found_wrong() {
    given::<Convention>(&[generated(), deposited("one"), invalidated(false)])
        .when(Command::ValidateConvention)
        .then(&[validated()]);
}

#[test]
fn invalidating_a_validated_convention_says_that_it_was_validated() {
    given::<Convention>(&[generated(), deposited("one"), validated()])
        .when(invalidate())
        .then(&[invalidated(true)]);
}

#[test]
fn a_validated_convention_is_not_regenerated_before_it_is_invalidated() {
    given::<Convention>(&[generated(), deposited("one"), validated()])
        .when(Command::RegenerateConvention)
        .then_refused(&ConventionRefusal::NotPossible {
            command: "RegenerateConvention",
            state: "Validated",
        });
    given::<Convention>(&[generated(), deposited("one"), validated(), invalidated(true)])
        .when(Command::RegenerateConvention)
        .then(&[regenerated()]);
}

#[test]
fn a_regenerated_convention_is_its_original_again() {
    let state = state_after(&[generated(), deposited("one"), invalidated(false), regenerated()]);

    assert_eq!(state, state_after(&[generated()]));
}

#[test]
fn a_school_is_reminded_once() {
    given::<Convention>(&[generated()]).when(Command::RemindConvention).then(&[reminder_sent()]);
    given::<Convention>(&[generated(), reminder_sent(), deposited("one"), regenerated()])
        .when(Command::RemindConvention)
        .then_nothing();
}

#[test]
fn a_void_convention_stays_void() {
    given::<Convention>(&[generated()]).when(lapse()).then(&[lapsed()]);
    given::<Convention>(&[generated(), lapsed()]).when(lapse()).then_nothing();
    given::<Convention>(&[generated(), lapsed()]).when(deposit("one")).then_refused(
        &ConventionRefusal::NotPossible { command: "DepositConvention", state: "Lapsed" },
    );
}
