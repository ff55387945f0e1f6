//! The rules, one test each; then every state × command, and random deliveries.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::{
    About, DeliveryFault, DeliveryFaultKind, Letter, LetterCommand, LetterEvent, LetterRefusal,
    LetterState, Recipient,
};
use crate::{
    conventions::signing::Signatory,
    correspondence::template::Template,
    kernel::{
        decider::Decider as _,
        ids::{AccountId, LetterId, LinkId},
        spec::{given, replayed},
        table::table,
    },
};

const LETTER: LetterId = LetterId::from_u128(1);
const NOON: Timestamp = Timestamp::constant(1_800_000_000, 0);

fn request() -> LetterCommand {
    LetterCommand::RequestLetter {
        letter: LETTER,
        template: Template::VerifyEmail,
        recipient: Recipient::Account { account: AccountId::from_u128(2) },
        about: About { link: Some(LinkId::from_u128(3)), ..About::default() },
    }
}

fn requested() -> LetterEvent {
    LetterEvent::LetterRequested {
        letter: LETTER,
        template: Template::VerifyEmail,
        recipient: Recipient::Account { account: AccountId::from_u128(2) },
        about: About { link: Some(LinkId::from_u128(3)), ..About::default() },
    }
}

fn fault(kind: DeliveryFaultKind) -> DeliveryFault {
    DeliveryFault { kind, code: None }
}

fn fail(kind: DeliveryFaultKind, jitter: u16) -> LetterCommand {
    LetterCommand::RecordFailure { error: fault(kind), at: NOON, jitter }
}

fn failed(attempt: u16, seconds: i64) -> LetterEvent {
    LetterEvent::LetterFailed {
        letter: LETTER,
        attempt,
        error: fault(DeliveryFaultKind::Unreachable),
        next_attempt: NOON + SignedDuration::from_secs(seconds),
    }
}

fn sent(attempt: u16) -> LetterEvent {
    LetterEvent::LetterSent { letter: LETTER, attempt }
}

fn abandoned(attempt: u16, kind: DeliveryFaultKind) -> LetterEvent {
    LetterEvent::LetterAbandoned { letter: LETTER, attempt, error: fault(kind) }
}

const RESENT: LetterEvent = LetterEvent::LetterResendRequested { letter: LETTER };

#[test]
fn a_letter_is_requested_once_for_one_cause() {
    given::<Letter>(&[]).when(request()).then(&[requested()]);
    given::<Letter>(&[requested()]).when(request()).then_nothing();
}

/// A letter of a signatory arrived, or was given up.
fn of_a_signatory(then: LetterEvent) -> [LetterEvent; 2] {
    let requested = LetterEvent::LetterRequested {
        letter: LETTER,
        template: Template::SigningInvitation,
        recipient: Recipient::Signatory { role: Signatory::Guardian },
        about: About { link: Some(LinkId::from_u128(3)), ..About::default() },
    };
    [requested, then]
}

#[test]
fn a_signatorys_link_that_arrived_is_not_sent_once_more() {
    given::<Letter>(&of_a_signatory(sent(1)))
        .when(LetterCommand::ResendLetter)
        .then_refused(&LetterRefusal::OfASignatory);
    given::<Letter>(&of_a_signatory(abandoned(8, DeliveryFaultKind::Unreachable)))
        .when(LetterCommand::ResendLetter)
        .then(&[RESENT]);
}

#[test]
fn the_first_attempt_may_succeed() {
    given::<Letter>(&[requested()]).when(LetterCommand::RecordSent).then(&[sent(1)]);
}

#[test]
fn a_success_after_failures_says_at_which_attempt() {
    given::<Letter>(&[requested(), failed(1, 30), failed(2, 60)])
        .when(LetterCommand::RecordSent)
        .then(&[sent(3)]);
}

#[test]
fn what_was_sent_is_noted_once() {
    given::<Letter>(&[requested(), sent(1)]).when(LetterCommand::RecordSent).then_nothing();
}

#[test]
fn the_delay_doubles_from_thirty_seconds() {
    let unreachable = || fail(DeliveryFaultKind::Unreachable, 0);
    let delays = [30, 60, 120, 240, 480, 960, 1920];

    let mut log = vec![requested()];
    for (attempt, seconds) in (1..).zip(delays) {
        let expected = failed(attempt, seconds);
        given::<Letter>(&log).when(unreachable()).then(std::slice::from_ref(&expected));
        log.push(expected);
    }

    given::<Letter>(&log).when(unreachable()).then(&[abandoned(8, DeliveryFaultKind::Unreachable)]);
}

#[test]
fn the_jitter_adds_its_thousandths_of_the_delay() {
    given::<Letter>(&[requested(), failed(1, 30)])
        .when(fail(DeliveryFaultKind::Unreachable, 500))
        .then(&[failed(2, 90)]);
}

#[test]
fn a_jitter_out_of_bounds_never_doubles_the_delay() {
    let outcome = given::<Letter>(&[requested()])
        .when(fail(DeliveryFaultKind::Unreachable, u16::MAX))
        .outcome();

    assert_eq!(
        outcome,
        Ok(vec![LetterEvent::LetterFailed {
            letter: LETTER,
            attempt: 1,
            error: fault(DeliveryFaultKind::Unreachable),
            next_attempt: NOON + SignedDuration::from_millis(59_970),
        }])
    );
}

#[test]
fn a_fault_that_is_final_gives_up_at_once() {
    for kind in
        [DeliveryFaultKind::Rejected, DeliveryFaultKind::NoAddress, DeliveryFaultKind::NothingToSay]
    {
        given::<Letter>(&[requested()]).when(fail(kind, 0)).then(&[abandoned(1, kind)]);
    }
}

#[test]
fn a_letter_resent_has_all_its_attempts_again() {
    let gone = abandoned(8, DeliveryFaultKind::Deferred);

    given::<Letter>(&[requested(), gone.clone()]).when(LetterCommand::ResendLetter).then(&[RESENT]);
    given::<Letter>(&[requested(), gone, RESENT])
        .when(fail(DeliveryFaultKind::Unreachable, 0))
        .then(&[failed(1, 30)]);
}

#[test]
fn a_letter_on_its_way_is_not_sent_twice() {
    given::<Letter>(&[requested()])
        .when(LetterCommand::ResendLetter)
        .then_refused(&LetterRefusal::OnItsWay);
}

#[test]
fn every_state_meets_every_command() {
    let phases = [
        ("Unrequested", vec![]),
        ("Waiting", vec![requested()]),
        ("Sent", vec![requested(), sent(1)]),
        ("Abandoned", vec![requested(), abandoned(1, DeliveryFaultKind::Rejected)]),
        ("Resent", vec![requested(), sent(1), RESENT]),
    ];
    let commands = [
        ("RequestLetter", request()),
        ("RecordSent", LetterCommand::RecordSent),
        ("RecordFailure deferred", fail(DeliveryFaultKind::Deferred, 0)),
        ("RecordFailure rejected", fail(DeliveryFaultKind::Rejected, 0)),
        ("ResendLetter", LetterCommand::ResendLetter),
    ];

    assert_eq!(
        table::<Letter>(&phases, &commands),
        "
                        Unrequested      Waiting          Sent                   Abandoned              Resent
RequestLetter           LetterRequested  -                -                      -                      -
RecordSent              ✗NoSuchLetter    LetterSent       -                      ✗NotOnItsWay           LetterSent
RecordFailure deferred  ✗NoSuchLetter    LetterFailed     ✗NotOnItsWay           ✗NotOnItsWay           LetterFailed
RecordFailure rejected  ✗NoSuchLetter    LetterAbandoned  ✗NotOnItsWay           ✗NotOnItsWay           LetterAbandoned
ResendLetter            ✗NoSuchLetter    ✗OnItsWay        LetterResendRequested  LetterResendRequested  ✗OnItsWay"
    );
}

fn any_command() -> impl Strategy<Value = LetterCommand> {
    prop_oneof![
        1 => Just(request()),
        1 => Just(LetterCommand::RecordSent),
        8 => (0_u16..1200).prop_map(|jitter| fail(DeliveryFaultKind::Unreachable, jitter)),
        1 => Just(LetterCommand::ResendLetter),
    ]
}

proptest! {
    #[test]
    fn no_letter_is_tried_more_than_eight_times_between_two_requests(
        commands in prop::collection::vec(any_command(), 0..60)
    ) {
        let mut state = LetterState::default();
        let mut log = Vec::new();
        let mut tried = 0;
        for command in commands {
            let Ok(events) = Letter::decide(&state, command) else { continue };
            for event in &events {
                match event {
                    LetterEvent::LetterRequested { .. }
                    | LetterEvent::LetterResendRequested { .. } => tried = 0,
                    LetterEvent::LetterSent { attempt, .. }
                    | LetterEvent::LetterAbandoned { attempt, .. } => {
                        tried += 1;
                        prop_assert_eq!(*attempt, tried);
                    }
                    LetterEvent::LetterFailed { attempt, next_attempt, .. } => {
                        tried += 1;
                        prop_assert_eq!(*attempt, tried);
                        prop_assert!(*next_attempt >= NOON + SignedDuration::from_secs(30));
                    }
                }
                prop_assert!(tried <= 8);
            }
            state = events.iter().fold(state, Letter::evolve);
            log.extend(events);
        }

        prop_assert_eq!(replayed::<Letter>(&log).unwrap(), state);
    }
}
