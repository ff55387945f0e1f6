//! Where a letter stands.

use crate::{correspondence::template::Template, kernel::ids::LetterId};

/// Where a letter stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LetterState {
    /// Nobody asked for it.
    #[default]
    Unrequested,
    /// To be sent.
    Waiting {
        /// Which.
        letter: LetterId,
        /// What it says.
        template: Template,
        /// How many attempts came to nothing since it was last asked for.
        failed: u16,
    },
    /// The server took it.
    Sent {
        /// Which.
        letter: LetterId,
        /// What it says.
        template: Template,
    },
    /// Given up.
    Abandoned {
        /// Which.
        letter: LetterId,
        /// What it says.
        template: Template,
    },
}
