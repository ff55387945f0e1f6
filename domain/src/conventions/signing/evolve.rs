//! What an event changes. An event that does not fit the state (none is ever written) leaves it
//! as it is.

use std::collections::BTreeMap;

use super::{
    event::{Channel, LinkCause, Signatory, SigningEvent},
    state::{Code, Round, Seat, SigningState, Standing},
};
use crate::kernel::personal::Personal;

pub(super) fn evolve(state: SigningState, event: &SigningEvent) -> SigningState {
    if let SigningEvent::SigningOpened { .. } = event {
        return opened(event);
    }
    match state {
        SigningState::Open(round) | SigningState::Completed(round)
            if matches!(event, SigningEvent::SignaturesAskedAgain { .. }) =>
        {
            SigningState::Open(asked_again(round, event))
        }
        SigningState::Open(round) => change(round, event),
        SigningState::Completed(round) | SigningState::Declined(round)
            if matches!(event, SigningEvent::SigningClosed { .. }) =>
        {
            SigningState::Closed(round)
        }
        SigningState::NotOpened
        | SigningState::Declined(_)
        | SigningState::Completed(_)
        | SigningState::Closed(_) => state,
    }
}

fn opened(event: &SigningEvent) -> SigningState {
    let SigningEvent::SigningOpened { convention, round, document, invited, stored, ends } = event
    else {
        return SigningState::NotOpened;
    };
    let awaited = invited.iter().map(|it| (it.role, Seat::default()));
    let stored =
        stored.iter().map(|role| (*role, Seat { standing: Standing::Stored, ..Seat::default() }));
    SigningState::Open(Round {
        convention: *convention,
        pupil: Personal::person(document),
        round: *round,
        ends: *ends,
        corrections: 0,
        seats: awaited.chain(stored).collect::<BTreeMap<_, _>>(),
    })
}

/// Those asked begin anew; those kept stay as they were.
fn asked_again(last: Round, event: &SigningEvent) -> Round {
    let SigningEvent::SignaturesAskedAgain { round, invited, stored, kept, ends, .. } = event
    else {
        return last;
    };
    let seat = |standing: Standing| Seat { standing, ..Seat::default() };
    let awaited = invited.iter().map(|it| (it.role, seat(Standing::Awaited)));
    let stored = stored.iter().map(|role| (*role, seat(Standing::Stored)));
    let kept = kept.iter().map(|role| (*role, seat(Standing::Signed)));
    let seats = awaited.chain(stored).chain(kept).collect();
    Round { round: *round, ends: *ends, corrections: 0, seats, ..last }
}

fn change(mut round: Round, event: &SigningEvent) -> SigningState {
    match event {
        SigningEvent::SigningOpened { .. } | SigningEvent::SignaturesAskedAgain { .. } => {}
        SigningEvent::SignatoryCorrected { to, .. } => {
            round.corrections = round.corrections.saturating_add(1);
            at_seat(&mut round, to.role, |seat| (seat.link, seat.code) = (None, None));
        }
        SigningEvent::SigningLinkSent { role, link, channel, cause, at, expires, .. } => {
            at_seat(&mut round, *role, |seat| {
                seat.link = Some((*link, *expires));
                note(&mut seat.sent, *channel, *at);
                if *cause == LinkCause::Lost {
                    seat.lost.push(*at);
                }
            });
        }
        SigningEvent::SigningCodeSent { role, code, channel, at, expires, .. } => {
            let code = Code { id: *code, channel: *channel, expires: *expires, failures: 0 };
            at_seat(&mut round, *role, |seat| {
                seat.code = Some(code);
                seat.codes.push(*at);
            });
        }
        SigningEvent::SigningCodeFailed { role, code, .. } => {
            at_seat(&mut round, *role, |seat| {
                if let Some(sent) = seat.code.as_mut().filter(|sent| sent.id == *code) {
                    sent.failures = sent.failures.saturating_add(1);
                }
            });
        }
        SigningEvent::SignatureApplied { role, .. } => at_seat(&mut round, *role, |seat| {
            *seat = Seat { standing: Standing::Signed, ..Seat::default() };
        }),
        SigningEvent::SignatureDeclined { .. } => return SigningState::Declined(round),
        SigningEvent::SigningCompleted { .. } => return SigningState::Completed(round),
        SigningEvent::SigningClosed { .. } => return SigningState::Closed(round),
    }
    SigningState::Open(round)
}

fn at_seat(round: &mut Round, role: Signatory, change: impl FnOnce(&mut Seat)) {
    if let Some(seat) = round.seats.get_mut(&role) {
        change(seat);
    }
}

fn note(sent: &mut Vec<(Channel, jiff::Timestamp)>, channel: Channel, at: jiff::Timestamp) {
    sent.retain(|(other, _)| *other != channel);
    sent.push((channel, at));
}
