//! What can be asked of a letter.

use jiff::Timestamp;

use super::event::{About, DeliveryFault, Recipient};
use crate::{correspondence::template::Template, kernel::ids::LetterId};

/// What can be asked of a letter.
#[derive(Debug, Clone, PartialEq)]
pub enum LetterCommand {
    /// Has it sent. Nothing to do when it was requested already.
    RequestLetter {
        /// The new letter.
        letter: LetterId,
        /// What it says.
        template: Template,
        /// To whom.
        recipient: Recipient,
        /// What about.
        about: About,
    },
    /// The server took it. Nothing to do when it was noted.
    RecordSent,
    /// An attempt came to nothing: another follows after 30 s · 2ⁿ (and `jitter`), unless the
    /// fault is final or it was the last attempt.
    RecordFailure {
        /// Why.
        error: DeliveryFault,
        /// Now.
        at: Timestamp,
        /// A random share of the delay, from 0 to 999 thousandths.
        jitter: u16,
    },
    /// Sends once more one that was sent or abandoned.
    ResendLetter,
}
