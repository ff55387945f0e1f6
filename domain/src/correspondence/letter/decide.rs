//! What a command does.

use jiff::{SignedDuration, Timestamp};

use super::{
    DeliveryFault, DeliveryFaultKind,
    LetterCommand::{self, RecordFailure, RecordSent, RequestLetter, ResendLetter},
    LetterEvent::{self, LetterAbandoned, LetterFailed, LetterResendRequested, LetterSent},
    LetterRefusal::{self, NoSuchLetter, NotOnItsWay, OfASignatory, OnItsWay},
    LetterState::{self, Abandoned, Sent, Unrequested, Waiting},
};
use crate::kernel::ids::LetterId;

/// A letter is given up after so many attempts.
pub const MOST_ATTEMPTS: u16 = 8;

/// How long after the first attempt the second comes, in milliseconds; doubled each time.
const FIRST_DELAY_MS: i64 = 30_000;

pub(super) fn decide(
    state: &LetterState,
    command: LetterCommand,
) -> Result<Vec<LetterEvent>, LetterRefusal> {
    match (*state, command) {
        (Unrequested, RequestLetter { letter, template, recipient, about }) => {
            Ok(vec![LetterEvent::LetterRequested { letter, template, recipient, about }])
        }
        (Waiting { .. } | Sent { .. } | Abandoned { .. }, RequestLetter { .. })
        | (Sent { .. }, RecordSent) => Ok(Vec::new()),
        (Waiting { letter, failed, .. }, RecordSent) => {
            Ok(vec![LetterSent { letter, attempt: failed.saturating_add(1) }])
        }
        (Waiting { letter, failed, .. }, RecordFailure { error, at, jitter }) => {
            Ok(vec![failure(letter, failed, error, at, jitter)])
        }
        // One that never arrived gets around nothing.
        (Sent { template, .. }, ResendLetter) if template.is_of_a_signatory() => Err(OfASignatory),
        (Sent { letter, .. } | Abandoned { letter, .. }, ResendLetter) => {
            Ok(vec![LetterResendRequested { letter }])
        }
        (Unrequested, RecordSent | RecordFailure { .. } | ResendLetter) => Err(NoSuchLetter),
        (Sent { .. }, RecordFailure { .. })
        | (Abandoned { .. }, RecordSent | RecordFailure { .. }) => Err(NotOnItsWay),
        (Waiting { .. }, ResendLetter) => Err(OnItsWay),
    }
}

fn failure(
    letter: LetterId,
    failed: u16,
    error: DeliveryFault,
    at: Timestamp,
    jitter: u16,
) -> LetterEvent {
    let attempt = failed.saturating_add(1);
    if is_final(error.kind) || attempt >= MOST_ATTEMPTS {
        return LetterAbandoned { letter, attempt, error };
    }
    LetterFailed { letter, attempt, error, next_attempt: next_attempt(at, failed, jitter) }
}

/// Whether another attempt would come to the same.
fn is_final(kind: DeliveryFaultKind) -> bool {
    match kind {
        DeliveryFaultKind::Unreachable | DeliveryFaultKind::Deferred => false,
        DeliveryFaultKind::Rejected
        | DeliveryFaultKind::NoAddress
        | DeliveryFaultKind::NothingToSay => true,
    }
}

fn next_attempt(at: Timestamp, failed: u16, jitter: u16) -> Timestamp {
    let doubled = FIRST_DELAY_MS << failed.min(MOST_ATTEMPTS);
    let delay = doubled + doubled * i64::from(jitter.min(999)) / 1000;
    at.checked_add(SignedDuration::from_millis(delay)).unwrap_or(Timestamp::MAX)
}
