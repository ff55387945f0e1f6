//! Events that close a chain: a reaction to one of them could go on for ever.

use super::*;
use crate::{
    conventions::signing::{SigningEnd, SigningEvent},
    correspondence::letter::LetterEvent,
    kernel::ids::LetterId,
    ministages::slot::SlotEvent,
};

#[test]
fn what_a_reaction_brings_about_asks_for_nothing_more() {
    follows(SlotEvent::BookingConfirmed { slot: SLOT, booking: BOOKING }, &[]);
    follows(SlotEvent::BookingUnconfirmed { slot: SLOT, booking: BOOKING }, &[]);
    follows(SigningEvent::SigningClosed { convention: CONVENTION, cause: SigningEnd::Lapsed }, &[]);
    follows(
        LetterEvent::LetterRequested {
            letter: LetterId::from_u128(10),
            template: Template::BookingToHost,
            recipient: Recipient::Host,
            about: About::default(),
        },
        &[],
    );
}
