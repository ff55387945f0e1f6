//! What the rules need to know of a signing.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::event::{Channel, Signatory};
use crate::kernel::ids::{CodeId, ConventionId, LinkId, PersonId};

/// How long a link may be used, at most.
pub const LINK_LASTS: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long a school waits before it sends another link by the same channel.
pub const SCHOOL_WAITS: SignedDuration = SignedDuration::from_hours(24);
/// The most links an hour, and one role, that are sent because the last was lost.
pub const LOST_AN_HOUR: usize = 3;
/// How long a code may be used.
pub const CODE_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// The most codes an hour, and one role.
pub const CODES_AN_HOUR: usize = 5;
/// The most corrections of contacts, one round.
pub const CORRECTIONS: u16 = 10;
/// The wrong codes that burn a code.
pub const FAILURES: u8 = 5;

/// Where a signing stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum SigningState {
    /// Nobody was asked.
    #[default]
    NotOpened,
    /// Signatures are awaited.
    Open(Round),
    /// Someone declined: the school may open another round.
    Declined(Round),
    /// All have signed.
    Completed(Round),
    /// It counts no longer.
    Closed(Round),
}

/// One round of signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Of which convention.
    pub convention: ConventionId,
    /// Whose key seals what is about people.
    pub pupil: PersonId,
    /// Which, from 1.
    pub round: u16,
    /// When the placement is over.
    pub ends: Timestamp,
    /// How often a contact was corrected in it.
    pub corrections: u16,
    /// Who must sign, and where each stands.
    pub(super) seats: BTreeMap<Signatory, Seat>,
}

/// Where one signatory stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) standing: Standing,
    /// The only link that counts, and until when.
    pub(super) link: Option<(LinkId, Timestamp)>,
    /// When a link last left by each channel, whoever asked for it.
    pub(super) sent: Vec<(Channel, Timestamp)>,
    /// When the last links left because the one before was lost.
    pub(super) lost: Vec<Timestamp>,
    /// The only code that counts.
    pub(super) code: Option<Code>,
    /// When the last codes left.
    pub(super) codes: Vec<Timestamp>,
}

/// Whether someone has signed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// Not yet.
    #[default]
    Awaited,
    /// A school’s stored signature is printed on the document.
    Stored,
    /// Online.
    Signed,
}

/// A code that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) id: CodeId,
    pub(super) channel: Channel,
    pub(super) expires: Timestamp,
    pub(super) failures: u8,
}

impl SigningState {
    /// The last round, whatever became of it.
    pub fn round(&self) -> Option<&Round> {
        match self {
            Self::NotOpened => None,
            Self::Open(round)
            | Self::Declined(round)
            | Self::Completed(round)
            | Self::Closed(round) => Some(round),
        }
    }

    /// The code that `role` was sent last, if one still counts.
    pub fn code_of(&self, role: Signatory) -> Option<(CodeId, Channel)> {
        let code = self.round()?.seats.get(&role)?.code?;
        Some((code.id, code.channel))
    }
}

impl Round {
    /// Whether nobody is awaited any more.
    pub(super) fn is_complete(&self) -> bool {
        self.seats.values().all(|seat| seat.standing != Standing::Awaited)
    }

    /// Who must sign, in the order of the boxes, and whether they have.
    pub fn standings(&self) -> impl Iterator<Item = (Signatory, Standing)> {
        self.seats.iter().map(|(role, seat)| (*role, seat.standing))
    }

    /// Who signed online.
    pub(super) fn signed(&self) -> Vec<Signatory> {
        let signed = self.seats.iter().filter(|(_, seat)| seat.standing == Standing::Signed);
        signed.map(|(role, _)| *role).collect()
    }
}
