//! Reaching a signatory elsewhere than was said.

use super::{Outcome, awaited, opening::is_no_other, way::NewLink};
use crate::{
    conventions::signing::{
        command::Correction,
        event::{Channel, Invited, LinkCause, Signatory, SigningEvent},
        refusal::SigningRefusal,
        state::{CORRECTIONS, SigningState},
    },
    kernel::personal::Personal,
};

pub(super) fn correct(state: &SigningState, it: Correction) -> Outcome {
    let role = it.to.role;
    let (round, _) = awaited(state, role)?;
    if round.ends <= it.at {
        return Err(SigningRefusal::PlacementOver);
    }
    if role == Signatory::Guardian {
        return Err(SigningRefusal::OfBooking);
    }
    if round.corrections != it.corrections {
        return Err(SigningRefusal::ContactsChanged);
    }
    if round.corrections >= CORRECTIONS {
        return Err(SigningRefusal::TooManyCorrections);
    }
    let others = it.others.iter().filter(|(other, _)| *other != role);
    is_no_other(&it.to, others.map(|(other, contact)| (*other, contact)))?;
    let link = NewLink { link: it.to.link, channel: Channel::Mail, cause: LinkCause::Corrected };
    let link = link.sent((round.convention, round.ends), role, it.at);
    let contact = Personal::new(round.pupil, it.to.contact);
    let to = Invited { role, contact };
    Ok(vec![SigningEvent::SignatoryCorrected { convention: round.convention, to }, link])
}
