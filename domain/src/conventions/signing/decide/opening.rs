//! Asking for the signatures.

use std::collections::BTreeSet;

use super::{Outcome, way};
use crate::{
    conventions::signing::{
        command::{Opening, ToInvite},
        event::{Channel, Contact, Invited, LinkCause, Signatory, SigningEvent},
        refusal::SigningRefusal,
        required::{is_of_age, required},
        state::SigningState,
    },
    kernel::personal::Personal,
};

pub(super) fn open(state: &SigningState, it: Opening) -> Outcome {
    let round = match state {
        SigningState::NotOpened => 1,
        SigningState::Open(_) => return Err(SigningRefusal::AlreadyOpen),
        SigningState::Completed(_) => return Err(SigningRefusal::AlreadyComplete),
        SigningState::Declined(last) | SigningState::Closed(last) => last.round.saturating_add(1),
    };
    if it.ends <= it.at {
        return Err(SigningRefusal::PlacementOver);
    }
    let must = required(&it.rule, is_of_age(it.born, it.day));
    let stored: Vec<Signatory> =
        it.stored.iter().copied().filter(|role| must.contains(role)).collect();
    are_those_to_ask(&must, &stored, &it.invited)?;
    are_all_different(&it.invited)?;
    let invited = it.invited.iter().map(|invited| Invited {
        role: invited.role,
        contact: Personal::new(it.pupil, invited.contact.clone()),
    });
    let opened = SigningEvent::SigningOpened {
        convention: it.convention,
        round,
        document: it.document,
        invited: invited.collect(),
        stored,
        ends: it.ends,
    };
    let links = it.invited.iter().map(|invited| {
        let new =
            way::NewLink { link: invited.link, channel: Channel::Mail, cause: LinkCause::Opening };
        new.sent((it.convention, it.ends), invited.role, it.at)
    });
    Ok(std::iter::once(opened).chain(links).collect())
}

/// Each who must sign and has no stored signature, once; and nobody else.
pub(super) fn are_those_to_ask(
    must: &BTreeSet<Signatory>,
    stored: &[Signatory],
    invited: &[ToInvite],
) -> Result<(), SigningRefusal> {
    let mut left: BTreeSet<Signatory> =
        must.iter().copied().filter(|role| !stored.contains(role)).collect();
    for it in invited {
        if !left.remove(&it.role) {
            return Err(SigningRefusal::NotToAsk { role: it.role });
        }
    }
    left.first().map_or(Ok(()), |role| Err(SigningRefusal::NoContact { role: *role }))
}

/// One person does not sign twice: no two have one mail address or one telephone.
pub(super) fn are_all_different(invited: &[ToInvite]) -> Result<(), SigningRefusal> {
    for (at, it) in invited.iter().enumerate() {
        let before = invited.iter().take(at);
        is_no_other(it, before.map(|other| (other.role, &other.contact)))?;
    }
    Ok(())
}

/// None of the others is reached as `it` is.
pub(super) fn is_no_other<'a>(
    it: &ToInvite,
    mut others: impl Iterator<Item = (Signatory, &'a Contact)>,
) -> Result<(), SigningRefusal> {
    match others.find(|(_, other)| are_same(&it.contact, other)) {
        Some((other, _)) => Err(SigningRefusal::SameContact { role: it.role, other }),
        None => Ok(()),
    }
}

fn are_same(one: &Contact, other: &Contact) -> bool {
    let phone = |it: &Contact| it.phone.as_deref().map(digits).filter(|it| !it.is_empty());
    one.email == other.email || (phone(one).is_some() && phone(one) == phone(other))
}

/// A French number as it is dialled in France, `+33 6…` and `0033 6…` as `06…`.
fn digits(phone: &str) -> String {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let abroad = if phone.trim_start().starts_with('+') {
        digits.strip_prefix("33")
    } else {
        digits.strip_prefix("0033")
    };
    abroad.map_or_else(|| digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')))
}
