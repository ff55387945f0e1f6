//! Asking again for signatures of a convention that says something else.

use std::collections::BTreeSet;

use super::{close, opening, way::NewLink};
use crate::{
    conventions::{
        signing::{
            command::{Opening, ToInvite},
            event::{Channel, Invited, LinkCause, Signatory, SigningEnd, SigningEvent},
            evolve,
            refusal::SigningRefusal,
            required::{is_of_age, required},
            state::{Round, SigningState, Standing},
        },
        terms::{Change, signs_again},
    },
    kernel::personal::Personal,
};

pub(super) fn ask(state: &SigningState, it: &Opening, changes: Vec<Change>) -> Vec<SigningEvent> {
    let round = match state {
        SigningState::Open(round) | SigningState::Completed(round) => round,
        SigningState::NotOpened | SigningState::Declined(_) | SigningState::Closed(_) => {
            return Vec::new();
        }
    };
    let Ok(stored) = who_is_stored(round, it) else {
        return close(state, SigningEnd::Amended);
    };
    let kept: Vec<Signatory> = round
        .standings()
        .filter(|(role, standing)| {
            *standing == Standing::Signed && !stored.contains(role) && !signs_again(*role, &changes)
        })
        .map(|(role, _)| role)
        .collect();
    let asked: Vec<&ToInvite> =
        it.invited.iter().filter(|invited| !kept.contains(&invited.role)).collect();
    let again = SigningEvent::SignaturesAskedAgain {
        convention: it.convention,
        round: round.round.saturating_add(1),
        document: it.document.clone(),
        changes,
        kept,
        invited: asked.iter().map(|asked| invited(it, asked)).collect(),
        stored,
        ends: it.ends,
    };
    let links = asked.into_iter().map(|asked| {
        let new = NewLink { link: asked.link, channel: Channel::Mail, cause: LinkCause::Amended };
        new.sent((it.convention, it.ends), asked.role, it.at)
    });
    let then = evolve::evolve(state.clone(), &again);
    let completed = then.round().filter(|round| round.is_complete());
    let completed = completed.map(|round| SigningEvent::SigningCompleted {
        convention: it.convention,
        roles: round.signed(),
    });
    std::iter::once(again).chain(links).chain(completed).collect()
}

fn invited(it: &Opening, asked: &ToInvite) -> Invited {
    Invited { role: asked.role, contact: Personal::new(it.pupil, asked.contact.clone()) }
}

/// Whose stored signature is on the new document; refused where who signs is to be said anew.
fn who_is_stored(round: &Round, it: &Opening) -> Result<Vec<Signatory>, SigningRefusal> {
    if it.ends <= it.at {
        return Err(SigningRefusal::PlacementOver);
    }
    let must = required(&it.rule, is_of_age(it.born, it.day));
    let seats: BTreeSet<Signatory> = round.standings().map(|(role, _)| role).collect();
    if let Some(role) = must.symmetric_difference(&seats).next() {
        return Err(SigningRefusal::NotToAsk { role: *role });
    }
    let stored: Vec<Signatory> =
        it.stored.iter().copied().filter(|role| must.contains(role)).collect();
    opening::are_those_to_ask(&must, &stored, &it.invited)?;
    opening::are_all_different(&it.invited)?;
    Ok(stored)
}
