//! The demonstration: a platform with schools, slots and a few conventions in each tab, set up
//! through the API by people who sign up, and the main job played before one’s eyes. Nothing
//! takes a shortcut: what the demonstration does, anybody could do with a browser.

mod person;
mod play;
mod setup;

pub use person::{Answer, Person, PersonFault};
pub use play::{completed, play};
pub use setup::accounts;

use jiff::{SignedDuration, Timestamp};
use journal::Clock;

/// How long before today the demonstration begins: a slot that is over was booked in time.
const LEAD: SignedDuration = SignedDuration::from_hours(10 * 24);

/// The clock of a demonstration: held before its past slot, until [`play`] lets it go.
pub fn opening_clock() -> Clock {
    Clock::held(Clock::system().now().checked_sub(LEAD).unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Whom one may sign in as.
#[derive(Debug, Clone)]
pub struct DemoAccount {
    /// « Lycée des métiers Jean Vilar (accueil) ».
    pub who: String,
    /// The login.
    pub login: String,
    /// The password.
    pub password: String,
}

/// Why the demonstration stopped.
#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    /// Someone’s request did not go through.
    #[error(transparent)]
    Person(#[from] PersonFault),
    /// A step did not have the effect it should have.
    #[error("l’étape « {step} » n’a pas eu l’effet attendu : {found}")]
    Unexpected {
        /// Which.
        step: &'static str,
        /// What was found.
        found: String,
    },
    /// The service failed.
    #[error("le service ne répond pas")]
    Service(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl DemoFault {
    /// The service failed.
    pub(crate) fn service<E>(err: E) -> Self
    where
        E: std::error::Error + Send + Sync + 'static,
    {
        Self::Service(Box::new(err))
    }

    /// A step did not have the effect it should have.
    pub(crate) fn unexpected(step: &'static str, found: impl Into<String>) -> Self {
        Self::Unexpected { step, found: found.into() }
    }
}
