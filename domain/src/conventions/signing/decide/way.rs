//! Links and codes: what leaves, how often, and until when it counts.

use jiff::{SignedDuration, Timestamp};

use super::{Outcome, awaited};
use crate::{
    conventions::signing::{
        event::{Channel, LinkCause, Signatory, SigningEvent},
        refusal::SigningRefusal,
        state::{
            CODE_LASTS, CODES_AN_HOUR, LINK_LASTS, LOST_AN_HOUR, SCHOOL_WAITS, Seat, SigningState,
        },
    },
    kernel::ids::{CodeId, ConventionId, LinkId},
};

const AN_HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A link about to leave.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewLink {
    pub(super) link: LinkId,
    pub(super) channel: Channel,
    pub(super) cause: LinkCause,
}

impl NewLink {
    /// That it leaves, for a placement of `convention` that is over at `ends`.
    pub(super) fn sent(
        self,
        (convention, ends): (ConventionId, Timestamp),
        role: Signatory,
        at: Timestamp,
    ) -> SigningEvent {
        SigningEvent::SigningLinkSent {
            convention,
            role,
            link: self.link,
            channel: self.channel,
            cause: self.cause,
            at,
            expires: after(at, LINK_LASTS).min(ends),
        }
    }
}

pub(super) fn send_link(
    state: &SigningState,
    role: Signatory,
    new: NewLink,
    at: Timestamp,
) -> Outcome {
    let (round, seat) = awaited(state, role)?;
    if round.ends <= at {
        return Err(SigningRefusal::PlacementOver);
    }
    match new.cause {
        LinkCause::Opening | LinkCause::School | LinkCause::Amended | LinkCause::Corrected => {
            let last = seat.sent.iter().find(|(channel, _)| *channel == new.channel);
            let next = last.map(|(_, sent)| after(*sent, SCHOOL_WAITS));
            if let Some(after) = next.filter(|next| *next > at) {
                return Err(SigningRefusal::TooSoon { after });
            }
        }
        // Whoever asks knows a reference and a birth date, and may not be who signs: their mailbox
        // is not to be flooded, nor each link killed by the next.
        LinkCause::Lost => {
            if let Some(after) = full(&seat.lost, LOST_AN_HOUR, at) {
                return Err(SigningRefusal::TooSoon { after });
            }
        }
    }
    Ok(vec![new.sent((round.convention, round.ends), role, at)])
}

pub(super) fn send_code(
    state: &SigningState,
    (role, link): (Signatory, LinkId),
    (code, channel): (CodeId, Channel),
    at: Timestamp,
) -> Outcome {
    let (round, seat) = awaited(state, role)?;
    counts(seat, link, at)?;
    if let Some(after) = full(&seat.codes, CODES_AN_HOUR, at) {
        return Err(SigningRefusal::TooManyCodes { after });
    }
    Ok(vec![SigningEvent::SigningCodeSent {
        convention: round.convention,
        role,
        code,
        channel,
        at,
        expires: after(at, CODE_LASTS),
    }])
}

/// That `link` is the one that counts, and its time not over.
pub(super) fn counts(seat: &Seat, link: LinkId, at: Timestamp) -> Result<(), SigningRefusal> {
    match seat.link {
        Some((last, expires)) if last == link && at < expires => Ok(()),
        Some(_) | None => Err(SigningRefusal::LinkOver),
    }
}

/// When the next may leave, if `most` left within the hour before `at`.
fn full(sent: &[Timestamp], most: usize, at: Timestamp) -> Option<Timestamp> {
    let recent: Vec<Timestamp> =
        sent.iter().map(|sent| after(*sent, AN_HOUR)).filter(|over| *over > at).collect();
    recent.iter().min().copied().filter(|_| recent.len() >= most)
}

fn after(at: Timestamp, lasts: SignedDuration) -> Timestamp {
    at.saturating_add(lasts).unwrap_or(Timestamp::MAX)
}
